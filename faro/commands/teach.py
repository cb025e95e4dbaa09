"""``faro teach``: an operator adds a message to learn from, in their own words."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from content.languages import enabled_languages
from directory.yaml_lines import read_yaml
from faro.checking import UNTRAINED
from faro.errors import FaroError
from faro.root import LANGUAGES, ROOT, shown
from faro.taught import teach

_AUTHOR = re.compile(r"[a-z][a-z0-9-]{1,30}")


def command(
    text: Annotated[str, typer.Argument(help="The message, in your own words.")],
    language: Annotated[str, typer.Option(help="BCP 47 tag of an enabled language, such as es.")],
    intent: Annotated[str, typer.Option(help="What it means, such as cost_care.")],
    author: Annotated[str, typer.Option(help="A short name for you, such as ana-1.")],
) -> None:
    """Add a message to learn from; it counts after the next `make train`.

    Write it in your own words, as somebody else might say the same. Never paste what a person
    wrote to Faro: that is not ours to keep, and nothing here holds it.
    """
    languages = enabled_languages(LANGUAGES)
    if language not in languages:
        raise FaroError(f"{language} is no enabled language", f"Choose from {', '.join(languages)}")
    intents = read_yaml(ROOT / "domain" / "intents.yml").data["intents"]
    if intent not in intents or intent in UNTRAINED:
        raise FaroError(f"{intent} is no intent", "domain/intents.yml lists them")
    if not _AUTHOR.fullmatch(author):
        raise FaroError("An author is a short name", "Use small letters, numbers and hyphens")
    path = teach(ROOT / "data", language=language, intent=intent, author=author, text=text)
    print(f"{shown(path)}: added. make train takes it in.")

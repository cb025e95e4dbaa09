"""Every text of the console is there in Spanish, with the same values in it."""

from __future__ import annotations

import re

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from console.translation import LOCALES

CONSOLE = LOCALES.parent
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2.ext:babel_extract")]
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
VALUES = re.compile(r"%\(\w+\)[sd]")


def used() -> dict[str, str]:
    """Return every text in code and templates, and where it stands."""
    found = {}
    rows = extract_from_dir(
        CONSOLE,
        method_map=METHODS,
        keywords=KEYWORDS,
        options_map={"templates/**.html": {"silent": "false", "encoding": "utf-8"}},
    )
    for file, line, message, _, _ in rows:
        text = message[0] if isinstance(message, tuple) else message
        if text:
            found[text] = f"{file}:{line}"
    return found


def said(tag: str) -> dict[str, list[str]]:
    """Return every text of a language with its wordings."""
    told: dict[str, list[str]] = {}
    for file in sorted((LOCALES / tag / "LC_MESSAGES").glob("*.po")):
        with file.open("rb") as source:
            for message in read_po(source, locale=tag, abort_invalid=True):
                if not message.id:
                    continue
                assert not message.fuzzy, f"{file.name}: {message.id}"
                key = message.id[0] if isinstance(message.id, (tuple, list)) else message.id
                wordings = message.string
                told[key] = [*wordings] if isinstance(wordings, (tuple, list)) else [wordings]
    return told


def test_every_text_is_there_in_spanish():
    spanish = said("es")
    missing = {text: at for text, at in used().items() if not all(spanish.get(text, [""]))}
    assert missing == {}


def test_a_wording_holds_the_values_of_its_text():
    wrong = [
        text
        for text, wordings in said("es").items()
        for wording in wordings
        if {*VALUES.findall(wording)} - {*VALUES.findall(text), "%(num)d"}
    ]
    assert wrong == []
    lost = [
        text
        for text, wordings in said("es").items()
        if len(wordings) == 1 and {*VALUES.findall(wordings[0])} != {*VALUES.findall(text)}
    ]
    assert lost == []

"""What sheets say of themselves, in the operator's language.

English stands in the code; ``locales/<tag>/LC_MESSAGES/sheets.po`` says it in another language, so
a new language is a new file.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

LOCALES = Path(__file__).with_name("locales")
SOURCE = "en"


def N_(message: str) -> str:  # noqa: N802 -- gettext's own name for a mark
    """Return the text as it is: marks it for translators."""
    return message


def languages() -> tuple[str, ...]:
    """Return the languages that sheets speak."""
    return (SOURCE, *sorted(path.name for path in LOCALES.iterdir() if path.is_dir()))


def said(message: str, language: str, /, **values: object) -> str:
    """Return a text with its values filled in; in English where there is no translation."""
    return (_catalogue(language).get(message) or message).format(**values)


def said_as_it_is(message: str, language: str) -> str:
    """Return a text that has no values, and may be somebody's own."""
    return _catalogue(language).get(message) or message


@cache
def _catalogue(language: str) -> Mapping[str, str]:
    path = LOCALES / language / "LC_MESSAGES" / "sheets.po"
    if not path.exists():
        return {}
    with path.open("rb") as file:
        read = read_po(file, locale=language)
    return {str(one.id): str(one.string) for one in read if one.id and one.string}

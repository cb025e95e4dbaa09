"""The console's own words in the operator's language, from gettext catalogues.

English stands in code and templates: ``_("Sign in")`` is translated when it is said, and
``N_("Sign in")`` only marks a text that is said later. Every ``locales/<tag>/LC_MESSAGES/*.po``
is read, so that a group of pages may bring a file of its own.
"""

from __future__ import annotations

import gettext as library
import io
from collections.abc import Mapping
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from babel import Locale
from babel.core import negotiate_locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALES = Path(__file__).with_name("locales")
SOURCE = "en"
_language: ContextVar[str] = ContextVar("language", default=SOURCE)


def _(message: str) -> str:
    """Return a text in the language of this request."""
    return _catalogue().gettext(message)


def ngettext(one: str, many: str, number: int) -> str:
    """Return the form for a number, in the language of this request."""
    return _catalogue().ngettext(one, many, number)


def N_(message: str) -> str:  # noqa: N802 -- gettext's own name for a mark
    """Return the text as it is: marks it for translators."""
    return message


def language() -> str:
    """Return the language of this request, such as ``es``."""
    return _language.get()


def direction() -> str:
    """Return ``ltr`` or ``rtl``, as HTML wants it."""
    return Locale.parse(language(), sep="-").text_direction


def speak(tag: str) -> None:
    """Answer this request in a language; one without a catalogue leaves it as it is."""
    if tag in available():
        _language.set(tag)


@cache
def available() -> Mapping[str, str]:
    """Return the languages of the pages, each with its name in itself."""
    tags = sorted(path.name for path in LOCALES.iterdir() if path.is_dir())
    return {tag: _own_name(tag) for tag in tags}


def preferred(accept_language: str) -> str:
    """Return the first of our languages that a browser asks for, else English."""
    asked = [part.partition(";")[0].strip() for part in accept_language.split(",")]
    found = negotiate_locale([tag for tag in asked if tag], [*available()], sep="-")
    return found or SOURCE


def _own_name(tag: str) -> str:
    locale = Locale.parse(tag, sep="-")
    return (locale.get_display_name(locale) or tag).capitalize()


def _catalogue() -> library.NullTranslations:
    return _read(_language.get())


@cache
def _read(tag: str) -> library.NullTranslations:
    read: library.NullTranslations = library.NullTranslations()
    for file in sorted((LOCALES / tag / "LC_MESSAGES").glob("*.po")):
        with file.open("rb") as source:
            catalogue = read_po(source, locale=tag)
        compiled = io.BytesIO()
        write_mo(compiled, catalogue)
        compiled.seek(0)
        one = library.GNUTranslations(compiled)
        one.add_fallback(read)
        read = one
    return read

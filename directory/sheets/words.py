"""Codes as words and back, in any language that sheets are read in.

A word is the message that people read for the same code (``data/messages``), where there is one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from babel import Locale
from babel.messages.pofile import read_po

from directory.sheets.catalogue import N_, SOURCE, languages, said

_MESSAGES = Path(__file__).resolve().parents[2] / "data" / "messages"
_BETWEEN = re.compile(r"[;,\n]")
COUNTRY = "country"  # a family worded by CLDR
# What no message words, since nobody is told it in these words.
_OWN: Mapping[str, str] = {
    "scope.city": N_("one town"),
    "scope.region": N_("a region"),
    "scope.country": N_("the whole country"),
    "scope.remote": N_("from anywhere, at a distance"),
    "scope.unknown": N_("not known where"),
    "run_by.unknown": N_("not known who runs it"),
    "run_by.police": N_("police"),
    "run_by.consulate": N_("consulate"),
    "known.yes": N_("yes"),
    "known.no": N_("no"),
    "known.unknown": N_("not known"),
    "confidence.high": N_("sure"),
    "confidence.medium": N_("fairly sure"),
    "confidence.low": N_("not sure"),
    "precision.day": N_("to the day"),
    "precision.month": N_("to the month"),
    "precision.year": N_("to the year"),
    "capacity.open": N_("takes new people"),
    "capacity.limited": N_("few places left"),
    "capacity.full": N_("full"),
    "holidays.open": N_("open on holidays"),
    "holidays.closed": N_("closed on holidays"),
    "holidays.unknown": N_("holidays not known"),
    "accessibility.step_free": N_("no steps"),
    "accessibility.lift": N_("lift"),
    "accessibility.accessible_toilet": N_("accessible toilet"),
    "accessibility.sign_language": N_("sign language"),
    "accessibility.discreet_entrance": N_("discreet entrance"),
    "accessibility.child_friendly": N_("child-friendly"),
    "document.none_needed": N_("no document needed"),
}


# What programs and people write too; no drop-down offers it.
_OTHER_WORDS: Mapping[str, Mapping[str, str]] = {
    "known": {
        **dict.fromkeys(("true", "verdadero", "x", "1", "s", "y"), "yes"),
        **dict.fromkeys(("false", "falso", "0", "n"), "no"),
    },
}


def folded(text: str) -> str:
    """Return a text by which two writings of a word are the same."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = (one if one.isalnum() else " " for one in plain if not unicodedata.combining(one))
    return " ".join("".join(letters).split())


@cache
def words_of(family: str, codes: tuple[str, ...], language: str) -> Mapping[str, str]:
    """Return the word for each code; where two would be the same, with the code behind it."""
    words = {code: _word(family, code, language) for code in codes}
    seen = [folded(word) for word in words.values()]
    return {
        code: f"{word} ({code})" if seen.count(folded(word)) > 1 else word
        for code, word in words.items()
    }


@cache
def codes_by_word(family: str, codes: tuple[str, ...]) -> Mapping[str, str]:
    """Return the code of each word, in every language and as the code itself."""
    found: dict[str, str] = {}
    for language in languages():
        for code, word in words_of(family, codes, language).items():
            found.setdefault(folded(word), code)
    for language in languages():
        for code in codes:
            if own_word := _OWN.get(f"{family}.{code}"):
                found.setdefault(folded(said(own_word, language)), code)
    own = _names_of_countries(codes) if family == COUNTRY else _OTHER_WORDS.get(family, {})
    told = {word: code for word, code in own.items() if code in codes}
    return {**told, **found, **{folded(code): code for code in codes}}


@cache
def tags_by_name() -> Mapping[str, str]:
    """Return the tags of languages by their names, in every language that sheets speak."""
    return {
        folded(name): tag.replace("_", "-")
        for language in languages()
        for tag, name in Locale.parse(language, sep="-").languages.items()
    }


def coded_messages(family: str) -> tuple[str, ...]:
    """Return the codes that messages of a family word, such as documents."""
    start = f"{family}."
    return tuple(
        sorted(one.removeprefix(start) for one in _messages(SOURCE) if one[: len(start)] == start)
    )


def find_code(written: str, by_word: Mapping[str, str]) -> str | None:
    """Return the code of one written word, or None."""
    return by_word.get(folded(written))


def split_codes(written: str, by_word: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Return the codes of what is written, and what none of the words is.

    What separates words may also belong to one ("pharmacy, medicines"): the longest counts.
    """
    codes: list[str] = []
    unknown: list[str] = []
    rest = [piece.strip() for piece in _BETWEEN.split(written) if piece.strip()]
    while rest:
        for length in range(len(rest), 0, -1):
            code = find_code(" ".join(rest[:length]), by_word)
            if code is not None:
                codes.append(code)
                rest = rest[length:]
                break
        else:
            unknown.append(rest.pop(0))
    return list(dict.fromkeys(codes)), unknown


def _names_of_countries(codes: tuple[str, ...]) -> Mapping[str, str]:
    """Return the codes of countries by their names alone, in every language."""
    return {
        folded(name): code
        for language in languages()
        for code in codes
        if (name := Locale.parse(language, sep="-").territories.get(code))
    }


def _word(family: str, code: str, language: str) -> str:
    if family == COUNTRY:
        name = Locale.parse(language, sep="-").territories.get(code, code)
        return f"{name} ({code})"
    key = f"{family}.{code}"
    if text := _messages(language).get(key):
        return text
    return said(_OWN[key], language) if key in _OWN else code


@cache
def _messages(language: str) -> Mapping[str, str]:
    path = _MESSAGES / f"{language}.po"
    if not path.exists():
        return {}
    with path.open("rb") as file:
        read = read_po(file, ignore_obsolete=True)
    return {str(one.context): str(one.string) for one in read if one.context and one.string}

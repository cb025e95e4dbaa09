"""The situation of a form: labels, codes, languages and towns for one country and operator."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from babel import Locale
from rapidfuzz import process

from console import translation
from console.chat_words import ChatWords
from console.forms.code_labels import OWN
from console.forms.field import Situation
from console.translation import _
from content.messages import SOURCE_LANGUAGE
from directory.gazetteer import Gazetteer

_CITIES = 400  # suggestions; more would make the page slow on a slow line
_LIKE = 3
_ALIKE = 70  # of 100
_OF_A_COUNTRY = re.compile(r"([a-z]{2})_")
_EVERYWHERE = {"no", "on", "go"}  # words that begin codes, and are no country
_NOTHING_NEEDED = "none_needed"


def situation_for(
    words: ChatWords, places: Gazetteer, country: str, *, here: Sequence[str], today: date
) -> Situation:
    """Return the situation of a form in the operator's language.

    Args:
        words: Of the chat.
        places: Towns.
        country: ISO 3166-1 alpha-2 of the entry.
        here: Tags of the languages of the country, which come first.
        today: The day.
    """
    tongue = translation.language()
    tongue = tongue if tongue in words.whole.languages else SOURCE_LANGUAGE
    cities = [place.name for place in places.largest(country, _CITIES)]

    def label(family: str, code: str) -> str:
        message = f"{family}.{code}"
        if code == _NOTHING_NEEDED:
            message = f"documents.{code}"
        if words.messages.has(message, tongue):
            return words.messages.wording(message, tongue).text
        return _(OWN[message]) if message in OWN else code

    def codes(family: str) -> list[str]:
        prefix = f"{family}."
        ids = words.whole.ids(SOURCE_LANGUAGE)
        known = sorted(one.removeprefix(prefix) for one in ids if one.startswith(prefix))
        first = [_NOTHING_NEEDED] if family == "document" else []
        return [*first, *(code for code in known if _fits(code, country))]

    def city(name: str) -> str | None:
        found = places.named(name, country)
        return found.name if found else None

    def like(name: str) -> list[str]:
        found = process.extract(name, cities, limit=_LIKE, score_cutoff=_ALIKE)
        return [known for known, _score, _index in found]

    return Situation(country, today, label, codes, _languages(words, here), cities, city, like)


def _fits(code: str, country: str) -> bool:
    """Return whether a code is of no country, or of this one."""
    match = _OF_A_COUNTRY.match(code)
    return match is None or match[1] in _EVERYWHERE or match[1] == country.lower()


def _languages(words: ChatWords, here: Sequence[str]) -> dict[str, str]:
    """Return names of languages: of the country and the chat first, then all that have a name."""
    locale = Locale.parse(translation.language(), sep="-")
    near = dict.fromkeys([*here, *words.messages.languages])
    known = {tag.replace("_", "-"): name for tag, name in locale.languages.items()}
    first = {tag: known.get(tag, tag) for tag in near}
    return {**first, **{tag: name for tag, name in known.items() if tag not in first}}

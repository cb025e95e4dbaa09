"""What codes are called: countries, cities, languages, statuses, kinds, and choices."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from babel import Locale
from babel.lists import format_list

from content.messages import Messages
from content.tables import CityNames
from directory.gazetteer import Gazetteer
from wire.choice import read_choice

LABEL_LENGTH = 24  # WhatsApp's longest row in a list
# Slots whose codes have a label of their own, and the family of messages it stands in.
_FAMILIES = {"status": "status", "care": "care", "kind": "kind", "purpose": "purpose"}
_PRIVACY = "privacy_delete"
_IN_CLDR = {"prs": "fa_AF"}  # languages that CLDR knows by another tag


# Spanish "y" becomes "e" before the sound i, "o" becomes "u" before the sound o. The CLDR
# leaves that to whoever joins.
_BEFORE_I = re.compile(r"h?[ií](?![aeou])", re.IGNORECASE)
_BEFORE_O = re.compile(r"h?[oó]", re.IGNORECASE)


class Labels:
    """Names of codes in one language."""

    def __init__(
        self, messages: Messages, language: str, places: Gazetteer, cities: CityNames
    ) -> None:
        self._messages = messages
        self._language = language
        self._places = places
        self._cities = cities
        self._locale = Locale.parse(language, sep="-")

    def text(self, message: str, **values: str) -> str:
        """Return a message in this language."""
        return self._messages.text(message, self._language, **values)

    def country(self, code: str) -> str:
        """Return the name of a country; its code where CLDR has none."""
        return str(self._locale.territories.get(code, code))

    def language(self, tag: str) -> str:
        """Return the name of a language in this language."""
        name = _IN_CLDR.get(tag, tag.partition("-")[0])
        return str(self._locale.languages.get(name, tag))

    def own_name(self, tag: str) -> str:
        """Return the name of a language in itself."""
        name = Locale.parse(tag, sep="-").get_display_name() or tag
        return name[:1].upper() + name[1:]

    def city(self, number: str) -> str:
        """Return the name of a city by its GeoNames number; the number where it is unknown."""
        place = self._places.place(int(number)) if number.isdigit() else None
        return self.city_name(place.country, place.name) if place else number

    def city_name(self, country: str, name: str) -> str:
        """Return what a city is called in this language, by its name in the packs."""
        return self._cities.name(country, name, self._language)

    def title(self, entry: Mapping[str, Any]) -> str:
        """Return the name of a line or service; a description in words of this language."""
        return str((entry.get("names") or {}).get(self._language, entry["name"]))

    def city_and_country(self, number: str) -> str:
        """Return "Santa Ana, El Salvador" for a city's number."""
        place = self._places.place(int(number)) if number.isdigit() else None
        return f"{self.city(number)}, {self.country(place.country)}" if place else number

    def of(self, family: str, code: str) -> str:
        """Return the label of a code of the vocabulary, ``family.code`` among the messages."""
        return self.text(f"{family}.{code}")

    def each(self, family: str, codes: Sequence[str], *, style: str = "standard") -> str:
        """Return labels as a list in words ("a, b and c")."""
        return self.listed([self.of(family, code) for code in codes], style=style)

    def listed(self, words: Sequence[str], *, style: str = "standard") -> str:
        """Return words as a list, without repeats, in order."""
        unique = list(dict.fromkeys(words))
        text = format_list(unique, style=style, locale=self._locale)  # type: ignore[arg-type]  # Babel types the styles as literals
        return _spoken(text, unique[-1]) if unique and self._locale.language == "es" else text

    def can_name(self, choice: str) -> bool:
        """Return whether a choice has a label in this language."""
        message = label_message(choice)
        return message is None or self._messages.has(message, self._language)

    def choice(self, choice: str) -> str:
        """Return what is read on the button of a choice."""
        _, slots = read_choice(choice)
        if message := label_message(choice):
            return self.text(message)
        if "country" in slots:
            return self.country(slots["country"])
        if "city" in slots:
            return self.city_and_country(slots["city"])
        return self.own_name(slots["language"])


def label_message(choice: str) -> str | None:
    """Return the message that labels a choice, or None for a place or a language.

    Raises WireError: it is no id of a choice.
    """
    intent, slots = read_choice(choice)
    for slot, family in _FAMILIES.items():
        if slot in slots:
            return f"{family}.{slots[slot]}"
    if {"country", "city", "language"} & slots.keys():
        return None
    if "menu" in slots:
        part = "privacy" if intent == _PRIVACY else "menu"
        return f"choice.{part}_{slots['menu']}"
    return f"choice.{intent}"


def _spoken(text: str, last: str) -> str:
    before = text.removesuffix(last)
    if _BEFORE_I.match(last) and before.endswith(" y "):
        before = f"{before[:-2]}e "
    if _BEFORE_O.match(last) and before.endswith(" o "):
        before = f"{before[:-2]}u "
    return before + last

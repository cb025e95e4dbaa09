"""What codes are called: countries, cities, languages, statuses, kinds, and choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from babel import Locale

from content.choice_labels import label_message
from content.locales import country_name, joined, language_name
from content.messages import Messages
from content.tables import CityNames
from directory.gazetteer import Gazetteer
from wire.choice import read_choice

LABEL_LENGTH = 24  # WhatsApp's longest row in a list


class Labels:
    """Names of codes in one language."""

    def __init__(
        self, messages: Messages, language: str, places: Gazetteer, cities: CityNames
    ) -> None:
        self._messages = messages
        self._language = language
        self._places = places
        self._cities = cities

    def text(self, message: str, **values: str) -> str:
        """Return a message in this language."""
        return self._messages.text(message, self._language, **values)

    def country(self, code: str) -> str:
        """Return the name of a country; its code where CLDR has none."""
        return country_name(code, self._language)

    def language(self, tag: str) -> str:
        """Return the name of a language in this language."""
        return language_name(tag, self._language)

    def own_name(self, tag: str) -> str:
        """Return the name of a language in itself."""
        name = Locale.parse(tag, sep="-").get_display_name() or tag
        return name[:1].upper() + name[1:]

    def city(self, number: str) -> str:
        """Return the name of a city by its GeoNames number; the number where it is unknown."""
        place = self._places.numbered(number)
        return self.city_name(place.country, place.name) if place else number

    def city_name(self, country: str, name: str) -> str:
        """Return what a city is called in this language, by its name in the packs."""
        return self._cities.name(country, name, self._language)

    def title(self, entry: Mapping[str, Any]) -> str:
        """Return the name of a line or service; a description in words of this language."""
        return str((entry.get("names") or {}).get(self._language, entry["name"]))

    def city_and_country(self, number: str) -> str:
        """Return "Santa Ana, El Salvador" for a city's number."""
        place = self._places.numbered(number)
        return f"{self.city(number)}, {self.country(place.country)}" if place else number

    def of(self, family: str, code: str) -> str:
        """Return the label of a code of the vocabulary, ``family.code`` among the messages."""
        return self.text(f"{family}.{code}")

    def each(self, family: str, codes: Sequence[str], *, style: str = "standard") -> str:
        """Return labels as a list in words ("a, b and c")."""
        return self.listed([self.of(family, code) for code in codes], style=style)

    def listed(self, words: Sequence[str], *, style: str = "standard") -> str:
        """Return words as a list, without repeats, in order."""
        return joined(list(dict.fromkeys(words)), self._language, style)

    def can_name(self, choice: str) -> bool:
        """Return whether a choice has a label in this language."""
        message = label_message(choice)
        return message is None or self._messages.has(message, self._language)

    def choice(self, choice: str) -> str:
        """Return what is read on the button of a choice."""
        _, slots = read_choice(choice)
        if message := label_message(choice):
            return self.text(message)
        if country := slots.get("country") or slots.get("origin"):
            return self.country(country)
        if "city" in slots:
            return self.city_and_country(slots["city"])
        return self.own_name(slots["language"])

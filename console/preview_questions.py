"""The questions to which an entry is the answer: what a person would have asked in the chat."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from content.cards import MYTH, PRACTICE
from directory.gazetteer import Gazetteer
from directory.parts import CARDS, Part
from directory.withheld import is_withheld
from wire.strict import JsonValue

LIST, DETAILS, ANSWER = "list", "details", "answer"  # ways in which an entry is said
_PAGE = 3  # listings in one answer
_MOST_PAGES = 12  # nobody reads on for longer than this
_MENU = ("menu_help",)
_CARDS: Mapping[Part, str] = {Part.MYTHS: MYTH, Part.PRACTICES: PRACTICE}
_ANYBODY = ("undocumented", "asylum_seeker", "refugee", "regular_migrant", "prefer_not_to_say")


@dataclass(frozen=True)
class Asked:
    """One question.

    Attributes:
        way: ``list``, ``details`` or ``answer``.
        message: Id of the say that answers it.
        values: Of the say.
        about: The code that the question is about, and its message family; for the caption.
        city: Where, in the words of the entry; empty for the whole country.
        choices: Offered with the answer.
    """

    way: str
    message: str
    values: Mapping[str, JsonValue]
    about: tuple[str, str] | None = None
    city: str = ""
    choices: tuple[str, ...] = field(default=_MENU)

    def names(self, entry: str) -> dict[str, JsonValue]:
        """Return the value that names the entry, where the question does."""
        return {"listing": entry} if self.way == DETAILS else {}


def questions(
    part: Part, country: str, body: Mapping[str, Any], places: Gazetteer
) -> list[Sequence[Asked]]:
    """Return for each way of saying an entry what to ask, in turn until an answer tells it.

    Nothing for what is said in no answer of its own.
    """
    if part in CARDS:
        return [[_card(part, country, body)]] if part in _CARDS else []
    if part is Part.SERVICES:
        details = Asked(DETAILS, "services.details", {"country": country})
        return [[*_lists(country, body, places)], [details]]
    return [[*{Part.HELPLINES: _lines, Part.RIGHTS: _rights}[part](country, body)]]


def _card(part: Part, country: str, body: Mapping[str, Any]) -> Asked:
    values: dict[str, JsonValue] = {"card": str(body["id"]), "country": country or None}
    return Asked(ANSWER, f"{_CARDS[part]}.card", values, choices=(_CARDS[part], *_MENU))


def _lists(country: str, body: Mapping[str, Any], places: Gazetteer) -> Iterator[Asked]:
    city, number = _where(country, body, places)
    for kind in body["kinds"][:1]:
        values = {"country": country, "city": number, "kinds": [kind]}
        for page in range(_MOST_PAGES):
            asked: dict[str, JsonValue] = {**values, "offset": page * _PAGE}
            yield Asked(LIST, "services.list", asked, ("kind", kind), city)


def _where(country: str, body: Mapping[str, Any], places: Gazetteer) -> tuple[str, str | None]:
    """Return the first known city of a listing and its number; nothing for a withheld place."""
    for place in () if is_withheld(body) else body["places"]:
        found = places.named(place["city"], country) if place.get("city") else None
        if found:
            return str(place["city"]), str(found.id)
    return "", None


def _lines(country: str, body: Mapping[str, Any]) -> Iterator[Asked]:
    for purpose in body["purpose"]:
        values: dict[str, JsonValue] = {"country": country, "purposes": [purpose]}
        yield Asked(ANSWER, "helplines.list", values, ("purpose", purpose))


def _rights(country: str, body: Mapping[str, Any]) -> Iterator[Asked]:
    statuses = _ANYBODY if "any" in body["status"] else body["status"]
    cares = [None] if "any" in body["care"] else body["care"]
    for care in cares:
        for status in statuses:
            values: dict[str, JsonValue] = {
                "country": country, "city": None, "status": status, "care": care, "focus": "may",
            }  # fmt: skip
            yield Asked(ANSWER, "rights.answer", values, ("care", care or "any"))

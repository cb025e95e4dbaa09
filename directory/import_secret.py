"""Rows of an import that may be of a place that must not be found, though they do not say so.

A list of others may give the street of a house that is a protected one here. Whatever has the name
or the number of one is looked at by somebody, or kept without its place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from directory.models import PUBLISHED, ServiceRow
from directory.sheets.words import folded

_SHORTEST = 7  # digits; shorter numbers are lines that many places name
_NUMBER = "number"
_NAME = "name"


@dataclass(frozen=True)
class Secret:
    """A place that must not be found.

    Attributes:
        entry: Its id.
        country: ISO 3166-1 alpha-2.
        name: What it is called.
        numbers: Digits of its numbers.
    """

    entry: str
    country: str
    name: str
    numbers: frozenset[str] = field(repr=False)


class Secrets:
    """The published places that must not be found, by their names and numbers."""

    def __init__(self, places: Iterable[tuple[Secret, Iterable[str]]] = ()) -> None:
        self._by_name: defaultdict[str, list[Secret]] = defaultdict(list)
        self._by_end: defaultdict[str, list[Secret]] = defaultdict(list)
        for secret, names in places:
            for name in {folded(one) for one in names}:
                self._by_name[name].append(secret)
            for number in secret.numbers:
                self._by_end[number[-_SHORTEST:]].append(secret)

    @classmethod
    async def read(cls, session: AsyncSession) -> Secrets:
        """Return those that are published now."""
        body = ServiceRow.body
        query = select(
            ServiceRow.id, ServiceRow.country, body["name"], body["names"], body["phones"],
            body["whatsapp"],
        ).where(ServiceRow.protection, ServiceRow.state == PUBLISHED)  # fmt: skip
        found = []
        for entry, country, name, names, phones, whatsapp in await session.execute(query):
            lines = [*(phones or ()), *(whatsapp or ())]
            numbers = digits_of(
                number
                for line in lines
                for number in (
                    [line] if isinstance(line, str) else [line["number"], line.get("e164")]
                )
            )
            secret = Secret(entry, country, name, frozenset(numbers))
            found.append((secret, [name, *(names or {}).values()]))
        return cls(found)

    def like(
        self, names: Iterable[str], numbers: Iterable[str], country: str = ""
    ) -> Iterator[tuple[Secret, tuple[str, ...]]]:
        """Yield the places with one of some names or numbers, and by what they are alike.

        Args:
            names: As they are written.
            numbers: As they are written.
            country: Where to look; everywhere when not given.
        """
        found: dict[str, tuple[Secret, list[str]]] = {}
        for name in {folded(one) for one in names}:
            for secret in self._by_name.get(name, ()):
                found.setdefault(secret.entry, (secret, []))[1].append(_NAME)
        for number in digits_of(numbers):
            for secret in self._by_end.get(number[-_SHORTEST:], ()):
                reasons = found.setdefault(secret.entry, (secret, []))[1]
                if _NUMBER not in reasons and any(_same(number, n) for n in secret.numbers):
                    reasons.append(_NUMBER)
        for secret, reasons in found.values():
            if reasons and country in ("", secret.country):
                yield secret, tuple(dict.fromkeys(reasons))


def digits_of(numbers: Iterable[str | None]) -> set[str]:
    """Return the digits of numbers, without the zeros they begin with; short ones are left out."""
    found = {"".join(one for one in number if one.isdigit()) for number in numbers if number}
    return {short for one in found if len(short := one.lstrip("0")) >= _SHORTEST}


def _same(left: str, right: str) -> bool:
    """Return whether two numbers are one, of which one may be written without its country."""
    return left.endswith(right) or right.endswith(left)

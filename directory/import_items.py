"""From the rows of an import and what was decided about them to entries with their ids."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from directory.bodies import BodyError, demand_fit
from directory.bulk import Item
from directory.import_choices import Choice, Decision, choice_of, not_likely, not_right
from directory.import_report import Place, RowReport
from directory.numbering import last_number
from directory.parts import Part, entry_prefix, numbered_entry
from directory.published import Published, get_many
from directory.refusals import StaleError
from directory.whole_bodies import as_in_a_pack
from directory.withheld import is_withheld, kept_of

_CHUNK = 1000
# What a row cannot say of a place that must not be found.
_WHERE = {"kinds", "protection", "address_withheld", "addresses", "places", "point", "organisation"}


async def items_of(
    session: AsyncSession, rows: Sequence[RowReport], choices: Mapping[Place, Choice]
) -> dict[Part, list[Item]]:
    """Return what is to be published, by part.

    Raises:
        StaleError: Somebody changed an entry after the dry run.
        ImportRefusedError: Two rows would become the same entry.
    """
    numbers = await _Numbers.after(session, rows)
    items: defaultdict[Part, list[Item]] = defaultdict(list)
    taken: set[str] = set()
    for start in range(0, len(rows), _CHUNK):
        chunk = rows[start : start + _CHUNK]
        current = await _current(session, chunk, choices)
        for row in chunk:
            item = _item(row, choice_of(row, choices), current, numbers)
            if item.entry in taken:
                raise not_likely(row)
            taken.add(item.entry)
            items[row.part].append(item)
    return items


def _item(
    row: RowReport,
    choice: Choice,
    current: Mapping[tuple[Part, str], Published],
    numbers: _Numbers,
) -> Item:
    body = row.body
    if choice.decision is Decision.MERGE:
        into = current.get((row.part, choice.into))
        if into is None or into.is_retired:  # somebody retired it meanwhile
            raise not_likely(row)
        return _merged(row, into)
    now = current.get((row.part, row.entry))
    if (now.revision, now.changed_at) != row.seen if now else row.seen is not None:
        raise StaleError("somebody changed an entry of this file meanwhile: import it again")
    entry = row.entry or numbers.next(row.part, row.country)
    return Item(entry, row.country, {**body, "id": entry})


def _merged(row: RowReport, into: Published) -> Item:
    """Return an entry with what a row fills in; of a place that must not be found it stays one."""
    body, secret = row.body, row.part is Part.SERVICES and is_withheld(into.body)
    given = {name for name in row.given if name in body} - (_WHERE if secret else set())
    said = kept_of(row.part, {**into.body, **{name: body[name] for name in given}})
    try:
        demand_fit(row.part, as_in_a_pack(row.part, said), into.country)
    except BodyError:
        raise not_right(row) from None
    return Item(into.entry, into.country or "", {**said, "id": into.entry})


async def _current(
    session: AsyncSession, rows: Sequence[RowReport], choices: Mapping[Place, Choice]
) -> dict[tuple[Part, str], Published]:
    wanted: defaultdict[Part, set[str]] = defaultdict(set)
    for row in rows:
        wanted[row.part] |= {one for one in (row.entry, choice_of(row, choices).into) if one}
    found = {}
    for part, entries in wanted.items():
        if entries:
            many = await get_many(session, part, sorted(entries))
            found.update({(part, entry): one for entry, one in many.items()})
    return found


class _Numbers:
    """The numbers that new entries get, after every one that was ever given."""

    def __init__(self, last: dict[tuple[Part, str], int]) -> None:
        self._last = last

    @classmethod
    async def after(cls, session: AsyncSession, rows: Sequence[RowReport]) -> _Numbers:
        """Return the numbers after those of what is published, of drafts, and of rows."""
        last: dict[tuple[Part, str], int] = {}
        for part, country in {(row.part, row.country) for row in rows}:
            given = _given(rows, entry_prefix(part, country))
            last[part, country] = max([await last_number(session, part, country), *given])
        return cls(last)

    def next(self, part: Part, country: str) -> str:
        """Return the next id of a part in a country, such as ``sv-s104``."""
        self._last[part, country] += 1
        return numbered_entry(part, country, self._last[part, country])


def _given(rows: Sequence[RowReport], prefix: str) -> Iterator[int]:
    for row in rows:
        number = row.entry.removeprefix(prefix)
        if row.entry.startswith(prefix) and number.isdigit():
            yield int(number)

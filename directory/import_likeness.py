"""New rows of an import that are likely of a place that is there already, or twice in the file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from directory.duplicates import published_traits
from directory.import_report import Possible, RowReport
from directory.import_secret import Secrets
from directory.likeness import LIKELY, Traits, keys_of, likeness, pairs_by_key, traits_of
from directory.parts import Part
from directory.published import get_many

_MOST = 3  # that are shown for a row
_LARGEST = 40  # rows that share a mark; more tell nothing
_SURE = 100  # score that puts a place first
MayChange = Callable[[str | None, str | None], bool]  # owner organisation and country


class Newcomers:
    """The new rows of a file by the marks that they may share with others."""

    def __init__(self) -> None:
        self._rows: dict[str, RowReport] = {}
        self._blocks: defaultdict[int, list[Traits]] = defaultdict(list)
        self._open: dict[str, Traits] = {}  # rows that say where they are

    def add(self, row: RowReport, body: Mapping[str, Any]) -> None:
        """Remember a new row."""
        mark = f"{len(self._rows)}"
        self._rows[mark] = row
        traits = traits_of(mark, row.country, body)
        if not traits.withheld:
            self._open[mark] = traits
        for key in set(keys_of(traits)):
            self._blocks[key].append(traits)

    async def compare(self, session: AsyncSession, secrets: Secrets, may_change: MayChange) -> None:
        """Tell each row what it is likely the same as.

        Args:
            session: An open session.
            secrets: The places that must not be found.
            may_change: Whether whoever imports may touch what an organisation owns in a country.
        """
        found: defaultdict[str, list[Possible]] = defaultdict(list)
        for left, right, like in pairs_by_key(b for b in self._blocks.values() if b[1:]):
            first, second = sorted((left.entry, right.entry), key=int)
            other = self._rows[first]
            found[second].append(Possible("", other.name, other.row, like.score, like.reasons))
        for country in sorted({row.country for row in self._rows.values()}):
            async for one in published_traits(session, country):
                self._compare_with(one, found)
        for mark, traits in self._open.items():
            found[mark] += _secret(traits, secrets)
        reach = await _within_reach(session, found.values(), may_change)
        for mark, possible in found.items():
            ordered = sorted(possible, key=lambda one: (-one.score, one.entry))
            self._rows[mark].possible = tuple(
                replace(one, may_merge=one.entry in reach) for one in ordered[:_MOST]
            )

    def _compare_with(self, one: Traits, found: Mapping[str, list[Possible]]) -> None:
        near: dict[str, Traits] = {}
        for key in set(keys_of(one)):
            block = self._blocks.get(key, ())
            if len(block) <= _LARGEST:
                near |= {traits.entry: traits for traits in block}
        for mark, traits in near.items():
            like = likeness(traits, one)
            if like.score >= LIKELY:
                found[mark].append(Possible(one.entry, one.title, 0, like.score, like.reasons))


def _secret(traits: Traits, secrets: Secrets) -> Iterator[Possible]:
    """Yield the places that must not be found which a row may be of, though it does not say so."""
    for secret, reasons in secrets.like(traits.names, traits.numbers, traits.country):
        yield Possible(secret.entry, secret.name, 0, _SURE, reasons, is_secret=True)


async def _within_reach(
    session: AsyncSession, found: Iterable[Sequence[Possible]], may_change: MayChange
) -> set[str]:
    """Return the entries that whoever imports may change."""
    entries = sorted({one.entry for possible in found for one in possible if one.entry})
    known = await get_many(session, Part.SERVICES, entries)
    return {entry for entry, one in known.items() if may_change(one.body.get("owner"), one.country)}

"""How common the codes of listings are, from PostgreSQL's own statistics.

They choose between two ways to the same answer, so that old ones cost time and nothing else.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, repeat

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from directory.remembered import Remembered
from directory.search_tokens import any_of, codes_in, kind_of_pair, of_kind

_SECOND, _FURTHER = 2 / 3, 0.8  # what a second and a further code count
_STATISTICS = text("""
SELECT c.reltuples AS rows, s.most_common_elems::text::text[] AS codes,
    s.most_common_elem_freqs AS shares
FROM pg_class AS c LEFT JOIN pg_stats AS s ON s.schemaname = current_schema()
    AND s.tablename = c.relname AND s.attname = 'tokens'
WHERE c.oid = to_regclass('search_place')
""")


@dataclass(frozen=True)
class Frequencies:
    """How many rows there are, and which share of them has a code.

    Attributes:
        rows: In the search table; 0 where nobody has counted yet.
        shares: Code to its share, of those that are not rare.
        rare: The share that no other code exceeds.
    """

    rows: float = 0.0
    shares: Mapping[str, float] = field(default_factory=dict, repr=False)
    rare: float = 1.0

    def share(self, query: str) -> float:
        """Return at most which share of the rows has any code of a ``tsquery`` of ORs."""
        return min(1.0, sum(self.shares.get(code, self.rare) for code in codes_in(query)))

    def rarest(self, queries: Sequence[str]) -> list[str]:
        """Return conditions on codes, those that fewest rows fulfil first."""
        return sorted(queries, key=self.share)

    def guess(self, queries: Sequence[str]) -> float:
        """Return how many rows may fulfil all of some conditions, rather too many than too few.

        Codes go together (a kind and its audience), so that each further one counts for less. Of
        several pairs of the same kinds all but the rarest count as what they add to the kinds.
        """
        pairs = [one for one in self.rarest(queries) if _kinds(one)]
        shares = [self.share(one) for one in queries if one not in pairs[1:]]
        shares += [self.share(one) / (self.share(_kinds(one)) or 1.0) for one in pairs[1:]]
        weights = chain((1.0, _SECOND), repeat(_FURTHER))
        weighed = zip(sorted(shares), weights, strict=False)
        likely: float = self.rows * math.prod(min(1.0, one) ** weight for one, weight in weighed)
        return likely


def _kinds(query: str) -> str:
    """Return the ``tsquery`` for the kinds that a condition on pairs is about; empty for others."""
    kinds = {kind_of_pair(code) for code in codes_in(query)} - {""}
    return any_of(map(of_kind, sorted(kinds))) if kinds else ""


async def frequencies(session: AsyncSession) -> Frequencies:
    """Return how common codes are; read at most once in ten minutes for each database."""
    return await _remembered.of(session)


async def _read(session: AsyncSession) -> Frequencies:
    row = (await session.execute(_STATISTICS)).one()
    if not row.codes:
        return Frequencies()
    shares = dict(zip(row.codes, row.shares, strict=False))  # least and most stand behind
    return Frequencies(max(0.0, row.rows), shares, min(shares.values()))


_remembered = Remembered(_read, seconds=600.0)  # a table of this size changes slowly

"""Listings in the table that search reads. The caller commits, with what it publishes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, text
from sqlalchemy.ext.asyncio import AsyncSession

from directory.gazetteer import Gazetteer
from directory.search_cells import cells_of
from directory.search_models import SearchNearRow, SearchPlaceRow
from directory.search_near import COPY_NEAR, near_lines
from directory.search_rows import Indexed, indexed
from directory.search_tokens import vector

COPY = """
COPY search_place (service, position, country, place, point, tokens,
    zone, scope, week, open_on_holidays, paused_until, valid_from, valid_until, verified) FROM STDIN
"""
# Codes are only ever added to a spot: one too many costs time, one missing would hide a listing.
_SPOTS = text("""
INSERT INTO search_spot AS spot (longitude, latitude, tokens)
SELECT x, y, codes::tsvector
FROM unnest(CAST(:x AS float8[]), CAST(:y AS float8[]), CAST(:codes AS text[])) AS new(x, y, codes)
ORDER BY x, y
ON CONFLICT (longitude, latitude) DO UPDATE SET tokens = spot.tokens || excluded.tokens
WHERE spot.tokens || excluded.tokens <> spot.tokens
""")


async def index_many(
    session: AsyncSession,
    listings: Sequence[tuple[str, str, Mapping[str, Any]]],
    places: Gazetteer,
) -> None:
    """Let search find listings, each an id, a country and a body, as they now say.

    One of low confidence is found by nobody. All of them must be published already.
    """
    if not listings:
        return
    await forget_many(session, [entry for entry, _, _ in listings])
    rows = [indexed(entry, country, body, places) for entry, country, body in listings]
    connection = await (await session.connection()).get_raw_connection()
    driver: Any = connection.driver_connection
    async with driver.cursor() as cursor, cursor.copy(COPY) as copy:
        for row in rows:
            for line in lines(row):
                await copy.write_row(line)
    async with driver.cursor() as cursor, cursor.copy(COPY_NEAR) as copy:
        for row in rows:
            for line in lines_near(row):
                await copy.write_row(line)
    if spots := spots_of(rows):
        at = list(spots)
        values = {"x": [x for x, _ in at], "y": [y for _, y in at]}
        codes = [vector(sorted(spots[one])) for one in at]
        await session.execute(_SPOTS, {**values, "codes": codes})


async def forget_many(session: AsyncSession, entries: Sequence[str]) -> None:
    """Let nobody find some listings any more."""
    for table in (SearchPlaceRow, SearchNearRow):
        await session.execute(delete(table).where(table.service.in_(entries)))


def lines(row: Indexed) -> Iterable[tuple[Any, ...]]:
    """Yield the rows of a listing as they are copied."""
    if row.hidden:
        return
    for position, spot in enumerate(row.spots):
        point = f"({spot.at[0]!r},{spot.at[1]!r})" if spot.at else None
        codes = vector((*row.tokens, *(cells_of(*spot.at) if spot.at else ())))
        at = (row.country, spot.place, point, codes, spot.zone)
        yield (row.service, position, *at, *row.values)


def lines_near(row: Indexed) -> Iterable[tuple[Any, ...]]:
    """Yield the rows of a listing in ``search_near`` as they are copied."""
    for position, spot in enumerate(() if row.hidden else row.spots):
        if spot.at:
            yield from near_lines(row.service, position, spot.at, row.tokens)


def spots_of(rows: Iterable[Indexed]) -> dict[tuple[float, float], set[str]]:
    """Return the points of listings, each with the codes of those that are there."""
    found: dict[tuple[float, float], set[str]] = {}
    for row in rows:
        for spot in row.spots:
            if spot.at:
                codes = found.setdefault(spot.at, set())
                codes.update(
                    () if row.hidden else row.tokens, (spot.region,) if spot.region else ()
                )
    return {at: codes for at, codes in found.items() if codes}

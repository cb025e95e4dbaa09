"""What operators look through: entries of a part, by country, state, owner and words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from directory.editing_tables import StewardshipRow
from directory.entry_tables import table_of
from directory.models import PUBLISHED, CardRow
from directory.parts import Part
from directory.published import Published, told_of
from directory.stewardship import EVERYTHING

MOST = 1000  # entries are counted up to here
_ACCENTED, _PLAIN = "áàâäãåéèêëíìîïóòôöõúùûüñçşğı", "aaaaaaeeeeiiiiooooouuuuncsgi"
# What of a body is searched: short, so that a million of them are.
_WORDS = ("name", "organisation", "region", "phones", "numbers", "purpose", "status", "care")


@dataclass(frozen=True)
class Wanted:
    """What is looked for.

    Attributes:
        part: Of which part; any but messages.
        country: ISO 3166-1 alpha-2, or None for all.
        state: ``published`` or ``retired``.
        owner: Id of an organisation whose entries are meant, or None for everybody's.
        words: All of them have to stand in an entry.
    """

    part: Part
    country: str | None = None
    state: str = PUBLISHED
    owner: str | None = None
    words: Sequence[str] = ()


async def browse(
    session: AsyncSession, wanted: Wanted, *, limit: int, offset: int = 0
) -> list[Published]:
    """Return some of the entries that fit, in the order of their packs."""
    table: Any = table_of(wanted.part)
    order = [table.country, getattr(table, "ordinal", table.id), table.id]
    rows = _fitting(wanted).order_by(*order).limit(limit).offset(offset)
    return [told_of(wanted.part, row) for row in await session.scalars(rows)]


async def count(session: AsyncSession, wanted: Wanted) -> int:
    """Return how many entries fit, at most ``MOST``."""
    some = _fitting(wanted).limit(MOST).with_only_columns(table_of(wanted.part).state)
    return (await session.execute(select(func.count()).select_from(some.subquery()))).scalar_one()


def _fitting(wanted: Wanted) -> Select[Any]:
    table: Any = table_of(wanted.part)
    query = select(table).where(table.state == wanted.state)
    if hasattr(table, "part"):
        query = query.where(table.part == wanted.part)
    if wanted.country:
        query = query.where(table.country == wanted.country)
    if wanted.owner:
        query = query.where(_owned(table, wanted.part, wanted.owner))
    for word in wanted.words:
        query = query.where(_plain(_searched(table)).contains(_plain(word), autoescape=True))
    return query


def _owned(table: Any, part: Part, owner: str) -> ColumnElement[bool]:
    """Return whether an organisation owns an entry: by its body, else by what was said of it."""
    own = table.body["owner"].astext
    scopes = select(StewardshipRow.scope).where(
        StewardshipRow.organisation == owner, StewardshipRow.part.in_([part, EVERYTHING])
    )
    closest = or_(table.id.in_(scopes), table.country.in_(scopes))
    return or_(own == owner, own.is_(None) & closest)


def _searched(table: Any) -> ColumnElement[str]:
    if table is CardRow:  # few, and each is short
        return func.concat_ws(" ", table.id, table.body.cast(Text))
    return func.concat_ws(" ", table.id, *(table.body[name].astext for name in _WORDS))


def _plain(text: Any) -> Any:
    """Return a text without capitals and accents, as people search."""
    if isinstance(text, str):
        return text.casefold().translate(str.maketrans(_ACCENTED, _PLAIN))
    return func.translate(func.lower(text), _ACCENTED, _PLAIN)

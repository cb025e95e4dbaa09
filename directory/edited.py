"""What operators say otherwise than the files: wordings, cards and recordings, all at once.

Chat holds it in memory; a mark that costs next to nothing tells when it has to be read again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from directory.models import FROM_PACK, RETIRED, CardRow, WordingRow
from directory.parts import Part
from directory.recording_table import RecordingRow
from directory.recordings import all_played

SAID_AS_CARDS = (Part.MYTHS, Part.PRACTICES)


@dataclass(frozen=True)
class Edited:
    """What was published by operators.

    Attributes:
        wordings: Language to message id to the body of what it says.
        cards: Part to id to its body; None for one that was taken back.
        recordings: What is played.
    """

    wordings: Mapping[str, Mapping[str, Mapping[str, Any]]] = field(default_factory=dict)
    cards: Mapping[Part, Mapping[str, Mapping[str, Any] | None]] = field(default_factory=dict)
    recordings: Sequence[RecordingRow] = ()


async def mark_of(session: AsyncSession) -> tuple[object, ...]:
    """Return what is another once anything here was published, retired, kept or withdrawn."""
    told = [
        *_mark(WordingRow, WordingRow.message != ""),
        *_mark(CardRow, CardRow.part.in_(SAID_AS_CARDS)),
        select(func.max(RecordingRow.id)).scalar_subquery(),
        select(func.count(RecordingRow.withdrawn_at)).scalar_subquery(),
    ]
    return tuple((await session.execute(select(*told))).one())


async def read_edited(session: AsyncSession) -> Edited:
    """Return all that operators published and took back, and nothing that is as in the files."""
    cards: dict[Part, dict[str, Mapping[str, Any] | None]] = {part: {} for part in SAID_AS_CARDS}
    wanted = select(CardRow).where(
        CardRow.part.in_(SAID_AS_CARDS),
        or_(CardRow.origin != FROM_PACK, CardRow.state == RETIRED),
    )
    for card in await session.scalars(wanted):
        cards[Part(card.part)][card.id] = None if card.state == RETIRED else card.body
    return Edited(await wordings_published(session), cards, await all_played(session))


async def wordings_published(
    session: AsyncSession,
) -> dict[str, dict[str, Mapping[str, Any]]]:
    """Return the bodies of wordings that operators published, by language and message id."""
    wordings: dict[str, dict[str, Mapping[str, Any]]] = {}
    wanted = select(WordingRow).where(WordingRow.state != RETIRED, WordingRow.origin != FROM_PACK)
    for row in await session.scalars(wanted):
        wordings.setdefault(row.language, {})[row.message] = row.body
    return wordings


def _mark(
    table: type[WordingRow | CardRow], which: ColumnElement[bool]
) -> list[ColumnElement[Any]]:
    """Return how many rows, how many retired, the latest moment, and the sum of the revisions.

    Every version that is published has a new number, so that the sum is another even where a
    clock went back.
    """
    return [
        select(what).where(which).scalar_subquery()
        for what in (
            func.count(),
            func.count().filter(table.state == RETIRED),
            func.max(table.changed_at),
            func.sum(table.revision),
        )
    ]

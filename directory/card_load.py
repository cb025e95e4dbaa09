"""Cards of files beside those of operators: rumours and practices, so that they can be edited.

As with packs, what an operator has changed or retired stays as it is. Where a file says by now what
an operator had published, the card counts as the file's again: both have come together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from directory.models import FROM_PACK, PUBLISHED, RETIRED, CardRow, WordingRow
from directory.parts import Part

Bodies = Mapping[str, Mapping[str, Any]]


async def load_cards(session: AsyncSession, part: Part, cards: Bodies) -> list[str]:
    """Put the cards of files in place; return the ids that stay as operators have them.

    The caller commits. Only cards that are new or changed are written.
    """
    held = {row.id: row for row in await session.scalars(_of(part))}
    gone = [one.id for one in held.values() if _is_of_a_file(one) and one.id not in cards]
    await session.execute(delete(CardRow).where(CardRow.part == part, CardRow.id.in_(gone)))
    kept = []
    for card, body in cards.items():
        row = held.get(card)
        if row is not None and (row.state == RETIRED or _is_theirs(row, body)):
            kept.append(card)
        elif row is None or row.body != dict(body) or not _is_of_a_file(row):
            await _put(session, part, card, body)
    return kept


async def settle_wordings(
    session: AsyncSession, files: Mapping[str, Mapping[str, str]]
) -> list[str]:
    """Forget wordings that the files say by now, too; return their ids.

    Args:
        session: In a transaction.
        files: Language to message id to the text of its file.
    """
    settled = [
        row
        for row in await session.scalars(select(WordingRow).where(WordingRow.state != RETIRED))
        if files.get(row.language, {}).get(row.message) == row.body["text"]
        and row.origin != FROM_PACK
    ]
    for row in settled:
        row.origin = FROM_PACK
    return [f"{row.language}/{row.message}" for row in settled]


def _of(part: Part) -> Any:
    return select(CardRow).where(CardRow.part == part)


def _is_of_a_file(row: CardRow) -> bool:
    return row.origin == FROM_PACK and row.state == PUBLISHED


def _is_theirs(row: CardRow, body: Mapping[str, Any]) -> bool:
    """Return whether an operator says something else than the file."""
    return row.origin != FROM_PACK and row.body != dict(body)


async def _put(session: AsyncSession, part: Part, card: str, body: Mapping[str, Any]) -> None:
    values = {
        "country": body.get("country"),
        "body": dict(body),
        "origin": FROM_PACK,
        "state": PUBLISHED,
    }
    await session.execute(
        insert(CardRow)
        .values(part=part, id=card, **values)
        .on_conflict_do_update(index_elements=["part", "id"], set_=values)
    )


def parts_with_files() -> Sequence[tuple[Part, str]]:
    """Return the parts whose cards stand in files, each with its folder below ``data``."""
    return [(Part.MYTHS, "myths"), (Part.PRACTICES, "practices")]

"""Wordings of one language, many at a time: a translator's file holds a thousand of them.

The same versions, states and audit as one by one (``directory.revisions``), in a few statements.
The caller commits.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncSession

from directory import audit
from directory.bodies import demand_fit
from directory.editing_tables import RevisionRow
from directory.models import FROM_PACK, PUBLISHED, WordingRow
from directory.parts import Origin, Part, message_entry, of_message
from directory.revisions import State

Bodies = Mapping[str, Mapping[str, Any]]  # by message
_KEYS = ("language", "message")
_LOADED = {"author": "pack", "reason": "as it was loaded"}


async def keep_files(session: AsyncSession, language: str, files: Bodies, *, now: datetime) -> None:
    """Keep what files say beside what is said otherwise, so that there is a way back to it.

    Args:
        session: In a transaction.
        language: BCP 47 tag.
        files: Message to the body that its file says.
        now: This moment.
    """
    known = await _said(session, language, files)
    new = [
        {
            "language": language, "message": message, "body": dict(body), "origin": Origin.PACK,
            "state": PUBLISHED, "revision": None, "changed_at": now,
        }
        for message, body in files.items()
        if _is_outdated(known.get(message), body)
    ]  # fmt: skip
    await _put(session, new)


async def propose(
    session: AsyncSession,
    language: str,
    bodies: Bodies,
    *,
    author: str,
    reason: str,
    now: datetime,
) -> None:
    """Give wordings to review.

    Raises BodyError: something is wrong in one of them; nothing was kept.
    """
    for body in bodies.values():
        demand_fit(Part.MESSAGES, body, None)
    said = await _said(session, language, bodies)
    await _number(session, [row for row in said.values() if row.revision is None])
    how = {
        "part": Part.MESSAGES, "state": State.IN_REVIEW, "author": author, "reason": reason,
        "origin": Origin.CONSOLE, "created_at": now, "submitted_at": now,
    }  # fmt: skip
    rows: list[dict[str, Any]] = [
        {
            "entry": message_entry(language, message), "body": dict(body),
            "based_on": said[message].revision if message in said else None, **how,
        }
        for message, body in bodies.items()
    ]  # fmt: skip
    await session.execute(insert(RevisionRow), rows)
    done = []
    for row in rows:
        before = said.get(of_message(row["entry"])[1])
        was = before.body if before else None
        done.append(audit.Done("draft", Part.MESSAGES, row["entry"], was, row["body"], reason))
        done.append(audit.Done("submit", Part.MESSAGES, row["entry"], None, row["body"], reason))
    await audit.record_many(session, done, at=now, actor=author)


async def publish(
    session: AsyncSession, language: str, versions: Iterable[int], *, actor: str, now: datetime
) -> int:
    """Publish those versions that others wrote and nothing newer came after; return how many."""
    theirs = {
        of_message(row.entry)[1]: row
        for row in await _in_review(session, versions)
        if row.author != actor
    }
    said = await _said(session, language, theirs)
    fresh = {
        message: row
        for message, row in theirs.items()
        if message not in said or said[message].revision == row.based_on
    }
    was = {message: said[message].body for message in fresh if message in said}
    await _supersede(session, [row.entry for row in fresh.values()])
    for row in fresh.values():
        row.state, row.reviewer, row.decided_at = State.PUBLISHED, actor, now
    await session.flush()
    await _put(session, [_published(language, message, row, now) for message, row in fresh.items()])
    done = [
        audit.Done("publish", Part.MESSAGES, row.entry, was.get(message), row.body, row.reason)
        for message, row in fresh.items()
    ]
    await audit.record_many(session, done, at=now, actor=actor)
    return len(fresh)


async def _supersede(session: AsyncSession, entries: Sequence[str]) -> None:
    await session.execute(
        update(RevisionRow)
        .where(
            RevisionRow.part == Part.MESSAGES,
            RevisionRow.entry.in_(entries),
            RevisionRow.state == State.PUBLISHED,
        )
        .values(state=State.SUPERSEDED)
    )


async def _said(
    session: AsyncSession, language: str, messages: Iterable[str]
) -> dict[str, WordingRow]:
    query = select(WordingRow).where(
        WordingRow.language == language, WordingRow.message.in_([*messages])
    )
    rows = await session.scalars(query.execution_options(populate_existing=True))
    return {row.message: row for row in rows}


async def _in_review(session: AsyncSession, versions: Iterable[int]) -> Sequence[RevisionRow]:
    """Return those versions that still wait, locked until the transaction ends."""
    query = select(RevisionRow).where(
        RevisionRow.id.in_([*versions]),
        RevisionRow.part == Part.MESSAGES,
        RevisionRow.state == State.IN_REVIEW,
    )
    query = query.order_by(RevisionRow.id).with_for_update()
    return list(await session.scalars(query.execution_options(populate_existing=True)))


async def _number(session: AsyncSession, rows: Sequence[WordingRow]) -> None:
    """Make a version of what came from a file, to go back to; its row names it then."""
    if not rows:
        return
    made = await session.scalars(
        insert(RevisionRow).returning(RevisionRow.id, sort_by_parameter_order=True),
        [
            {
                "part": Part.MESSAGES, "entry": message_entry(row.language, row.message),
                "body": dict(row.body), "state": State.PUBLISHED, "origin": row.origin,
                "created_at": row.changed_at, "decided_at": row.changed_at, **_LOADED,
            }
            for row in rows
        ],
    )  # fmt: skip
    for row, number in zip(rows, made, strict=True):
        row.revision = number
    await session.flush()


async def _put(session: AsyncSession, rows: Sequence[Mapping[str, Any]]) -> None:
    if not rows:
        return
    statement = upsert(WordingRow)
    changed = {name: statement.excluded[name] for name in rows[0] if name not in _KEYS}
    await session.execute(
        statement.on_conflict_do_update(index_elements=[*_KEYS], set_=changed), [*rows]
    )


def _published(language: str, message: str, row: RevisionRow, now: datetime) -> dict[str, Any]:
    return {
        "language": language, "message": message, "body": dict(row.body), "origin": row.origin,
        "state": PUBLISHED, "revision": row.id, "changed_at": now,
    }  # fmt: skip


def _is_outdated(row: WordingRow | None, body: Mapping[str, Any]) -> bool:
    """Return whether a file says something that nothing holds yet."""
    return row is None or (row.origin == FROM_PACK and row.body["text"] != body["text"])

"""Marking a wording by name, and what stands in its file before it is said otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from console.operator import Operator
from console.translation import N_
from console.wording_desk import Desk
from content.messages import READ_TWICE, REVIEWED, Wording
from directory import many_wordings, revisions
from directory.parts import Origin, Part, message_entry

MARKS = (READ_TWICE, REVIEWED)


class NotTheirsError(ValueError):
    """A step that this person may not take with this wording. The message is to be translated."""


async def mark(
    session: AsyncSession,
    desk: Desk,
    *,
    language: str,
    message: str,
    state: str,
    operator: Operator,
    now: datetime,
) -> None:
    """Say that a person has read a wording a second time, or reviewed it, by their name.

    Raises NotTheirsError: it is their own, or in a language that is not theirs.
    """
    row = desk.now.one(message, language)
    if not row.text or state not in MARKS:
        raise NotTheirsError(N_("There is nothing to be marked."))
    if language not in operator.languages:
        raise NotTheirsError(N_("Your account does not name this language; ask an admin."))
    if await author_of(session, language, message, row.text) == operator.name:
        raise NotTheirsError(N_("You wrote this text: somebody else has to mark it."))
    await keep_files(session, desk, language, [message], now)
    body: dict[str, Any] = {"text": row.text, "state": state, "source": row.english}
    if state == REVIEWED:
        body |= {"reviewer": operator.name, "reviewed_on": now.date().isoformat()}
    await revisions.publish_now(
        session, part=Part.MESSAGES, entry=message_entry(language, message), country=None,
        body=body, actor=operator.name, reason=state, origin=Origin.CONSOLE,
        places=desk.places, now=now,
    )  # fmt: skip


async def author_of(session: AsyncSession, language: str, message: str, text: str) -> str | None:
    """Return who first wrote a text; None for one that stands in a file as it was delivered."""
    rows = await revisions.history(session, Part.MESSAGES, message_entry(language, message))
    first = [row for row in rows if row.body.get("text") == text]
    return first[-1].author if first else None


async def keep_files(
    session: AsyncSession, desk: Desk, language: str, messages: Iterable[str], now: datetime
) -> None:
    """Write down what the file says before it is said otherwise, as a version to go back to."""
    files = {
        message: _as_filed(desk.files.wording(message, language))
        for message in messages
        if desk.files.has(message, language)
    }
    await many_wordings.keep_files(session, language, files, now=now)


def _as_filed(said: Wording) -> dict[str, Any]:
    body = {"text": said.text, "state": said.state, "source": said.source}
    if said.state != REVIEWED:
        return body
    name, _, day = said.reviewer.rpartition(", ")
    return {**body, "reviewer": name or day, "reviewed_on": day if name else ""}

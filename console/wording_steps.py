"""What is done to wordings: written, and published by somebody else. The caller commits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from console.translation import N_
from console.wording_desk import Desk
from console.wording_marks import NotTheirsError, keep_files
from content.messages import (
    DRAFTED,
    MACHINE_DRAFTED,
    SOURCE_LANGUAGE,
)
from content.wording_faults import WordingFault, is_safety, wording_faults
from directory import many_wordings, revisions
from directory.editing_tables import RevisionRow
from directory.parts import message_entry, of_message


class UnfitWordingError(ValueError):
    """A wording that may not be said. ``faults`` says why."""

    def __init__(self, faults: Sequence[WordingFault]) -> None:
        super().__init__("a wording does not fit")
        self.faults = tuple(faults)


@dataclass(frozen=True)
class Written:
    """What somebody wrote.

    Attributes:
        language: BCP 47 tag.
        message: Id of the message.
        text: Its wording.
        machine: Whether a machine drafted it.
        reason: Why it is written.
    """

    language: str
    message: str
    text: str = field(repr=False)
    machine: bool
    reason: str

    @property
    def entry(self) -> str:
        """Its id among everything that is kept true."""
        return message_entry(self.language, self.message)


async def write(
    session: AsyncSession,
    desk: Desk,
    written: Sequence[Written],
    *,
    actor: str,
    now: datetime,
) -> None:
    """Give wordings of one language to review.

    Raises:
        UnfitWordingError: Something is wrong with one; none was kept.
    """
    language = written[0].language
    texts = {one.message: one.text for one in written}
    if faults := wording_faults(desk.now.messages, language, texts, desk.folder):
        raise UnfitWordingError(faults)
    await keep_files(session, desk, language, texts, now)
    for reason, group in groupby(written, key=lambda one: one.reason):
        bodies = {one.message: _body(desk, one) for one in group}
        await many_wordings.propose(session, language, bodies, author=actor, reason=reason, now=now)


async def publish(
    session: AsyncSession,
    desk: Desk,
    revision: RevisionRow,
    *,
    actor: str,
    now: datetime,
    alone: bool = False,
) -> None:
    """Say a wording from now on.

    Raises:
        UnfitWordingError: Something is wrong with it.
        NotTheirsError: It keeps somebody safe, and nobody else has looked at it.
        RevisionError: See ``directory.revisions.publish``.
    """
    language, message = of_message(revision.entry)
    if alone and is_safety(message):
        raise NotTheirsError(N_("What keeps somebody safe is always read by a second person."))
    text = str(revision.body["text"])
    faults = wording_faults(desk.now.messages, language, {message: text}, desk.folder)
    if _is_outdated(desk, language, message, revision):
        faults.append(WordingFault(message, "the English text has changed since"))
    if faults:
        raise UnfitWordingError(faults)
    await revisions.publish(
        session, revision.id, actor=actor, places=desk.places, now=now, alone=alone
    )


async def publish_many(
    session: AsyncSession, desk: Desk, rows: Sequence[RevisionRow], *, actor: str, now: datetime
) -> int:
    """Publish those versions of one language that others wrote and that fit; return how many."""
    theirs = {of_message(row.entry)[1]: row for row in rows if row.author != actor}
    if not theirs:
        return 0
    language = of_message(rows[0].entry)[0]
    texts = {message: str(row.body["text"]) for message, row in theirs.items()}
    unfit = {
        fault.message for fault in wording_faults(desk.now.messages, language, texts, desk.folder)
    }
    fit = [
        row.id
        for message, row in theirs.items()
        if message not in unfit and not _is_outdated(desk, language, message, row)
    ]
    return await many_wordings.publish(session, language, fit, actor=actor, now=now)


def _body(desk: Desk, one: Written) -> dict[str, Any]:
    english = desk.now.one(one.message, one.language).english
    return {
        "text": one.text,
        "state": MACHINE_DRAFTED if one.machine else DRAFTED,
        "source": one.text if one.language == SOURCE_LANGUAGE else english,
    }


def _is_outdated(desk: Desk, language: str, message: str, revision: RevisionRow) -> bool:
    """Return whether a version was made from an English text that has changed since."""
    english = desk.now.one(message, language).english
    return language != SOURCE_LANGUAGE and revision.body.get("source") != english

"""What is done to a wording: written, published, marked, taken back. The caller commits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from console.operator import Operator
from console.translation import N_
from console.wording_desk import Desk
from content.messages import DRAFTED, MACHINE_DRAFTED, READ_TWICE, REVIEWED, SOURCE_LANGUAGE
from content.wording_faults import WordingFault, is_safety, wording_faults
from directory import published, revisions
from directory.editing_tables import RevisionRow
from directory.parts import Origin, Part, message_entry, of_message
from directory.refusals import RevisionError

MARKS = (READ_TWICE, REVIEWED)


class UnfitWordingError(ValueError):
    """A wording that may not be said. ``faults`` says why."""

    def __init__(self, faults: Sequence[WordingFault]) -> None:
        super().__init__("a wording does not fit")
        self.faults = tuple(faults)


class NotTheirsError(ValueError):
    """A step that this person may not take with this wording. The message is to be translated."""


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
) -> list[RevisionRow]:
    """Give wordings of one language to review; return their versions.

    Raises:
        UnfitWordingError: Something is wrong with one; none was kept.
    """
    language = written[0].language
    texts = {one.message: one.text for one in written}
    if faults := wording_faults(desk.now.messages, language, texts, desk.folder):
        raise UnfitWordingError(faults)
    made = []
    for one in written:
        await _keep_file(session, desk, language, one.message, now)
        english = desk.now.one(one.message, language).english
        draft = await revisions.draft(
            session, part=Part.MESSAGES, entry=one.entry, country=None, author=actor,
            reason=one.reason, now=now, body={
                "text": one.text,
                "state": MACHINE_DRAFTED if one.machine else DRAFTED,
                "source": one.text if language == SOURCE_LANGUAGE else english,
            },
        )  # fmt: skip
        made.append(await revisions.submit(session, draft.id, actor=actor, now=now))
    return made


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
    english = desk.now.one(message, language).english
    if language != SOURCE_LANGUAGE and revision.body.get("source") != english:
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
    done = 0
    for message, row in theirs.items():
        english = desk.now.one(message, language).english
        outdated = language != SOURCE_LANGUAGE and row.body.get("source") != english
        if message in unfit or outdated:
            continue
        with suppress(RevisionError):
            async with session.begin_nested():
                await revisions.publish(session, row.id, actor=actor, places=desk.places, now=now)
            done += 1
    return done


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
    await _keep_file(session, desk, language, message, now)
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


async def _keep_file(
    session: AsyncSession,
    desk: Desk,
    language: str,
    message: str,
    now: datetime,
) -> None:
    """Write down what the file says before it is said otherwise, as a version to go back to."""
    entry = message_entry(language, message)
    if not desk.files.has(message, language):
        return
    said = desk.files.wording(message, language)
    current = await published.get(session, Part.MESSAGES, entry)
    if current is not None and (
        current.origin is not Origin.PACK or current.body["text"] == said.text
    ):
        return
    body: Mapping[str, Any] = {"text": said.text, "state": said.state, "source": said.source}
    if said.state == REVIEWED:
        name, _, day = said.reviewer.rpartition(", ")
        body = {**body, "reviewer": name or day, "reviewed_on": day if name else ""}
    await published.put(
        session, Part.MESSAGES, entry, None, body, origin=Origin.PACK, revision=None, at=now,
        places=desk.places,
    )  # fmt: skip

"""Keeping, playing and withdrawing recordings that operators uploaded. The caller commits."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from directory import audit
from directory.parts import Part, message_entry
from directory.recording_table import RecordingRow

UPLOADED = "uploaded"  # the folder that they seem to lie in


async def keep(
    session: AsyncSession,
    *,
    language: str,
    message: str,
    wording: str,
    sound: bytes,
    suffix: str,
    voice: str,
    actor: str,
    now: datetime,
) -> RecordingRow:
    """Keep a recording in place of the one before; return it.

    Args:
        session: In a transaction.
        language: BCP 47 tag.
        message: Id of the message that is read aloud.
        wording: Fingerprint of the text that was read, see ``content.recordings``.
        sound: The file.
        suffix: How its name ends, such as ``.ogg``.
        voice: Whose voice it is.
        actor: Who uploads it.
        now: When.
    """
    await _silence(session, language, message, now)
    digest = hashlib.sha256(sound).hexdigest()[:32]
    made = RecordingRow(
        language=language, message=message, wording=wording, sound=sound,
        file=f"{UPLOADED}/{digest}{suffix}", voice=voice, uploaded_by=actor, uploaded_at=now,
    )  # fmt: skip
    session.add(made)
    await session.flush()
    after = {"file": made.file, "voice": voice, "wording": wording}
    await audit.record(
        session, at=now, actor=actor, action="upload recording", part=Part.MESSAGES,
        entry=message_entry(language, message), after=after,
    )  # fmt: skip
    return made


async def withdraw(
    session: AsyncSession, *, language: str, message: str, actor: str, reason: str, now: datetime
) -> bool:
    """Stop playing a recording and forget its sound; return whether there was one."""
    before = await played(session, language, message)
    if before is None:
        return False
    await _silence(session, language, message, now)
    await audit.record(
        session, at=now, actor=actor, action="withdraw recording", part=Part.MESSAGES,
        entry=message_entry(language, message), before={"file": before.file}, reason=reason,
    )  # fmt: skip
    return True


async def played(session: AsyncSession, language: str, message: str) -> RecordingRow | None:
    """Return the recording of a message in a language that is not withdrawn."""
    return await session.scalar(
        select(RecordingRow).where(
            RecordingRow.language == language,
            RecordingRow.message == message,
            RecordingRow.withdrawn_at.is_(None),
        )
    )


async def all_played(session: AsyncSession) -> Sequence[RecordingRow]:
    """Return every recording that is not withdrawn, without its sound."""
    return list(
        await session.scalars(select(RecordingRow).where(RecordingRow.withdrawn_at.is_(None)))
    )


async def sound_of(session: AsyncSession, file: str) -> bytes | None:
    """Return the sound of a recording by the name of its file; None: withdrawn, or never here."""
    query = select(RecordingRow.sound).where(
        RecordingRow.file == file, RecordingRow.withdrawn_at.is_(None)
    )
    return await session.scalar(query.limit(1))


async def _silence(session: AsyncSession, language: str, message: str, now: datetime) -> None:
    await session.execute(
        update(RecordingRow)
        .where(
            RecordingRow.language == language,
            RecordingRow.message == message,
            RecordingRow.withdrawn_at.is_(None),
        )
        .values(withdrawn_at=now, sound=None)
    )

"""Recordings of messages: uploaded, listened to, withdrawn. The chat plays them within seconds."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import PurePosixPath

from sqlalchemy.ext.asyncio import AsyncSession
from starlette.datastructures import UploadFile
from starlette.responses import Response

from console.answers import refused
from console.context import ConsoleRequest
from console.pages.wording import MESSAGE, may_record
from console.pages.wording_actions import done
from console.routing import route
from console.translation import _
from console.wording_desk import Desk
from content.recordings import MEDIA_TYPES, MOST_BYTES, fingerprint, read_key, suffix_of
from directory import recordings
from directory.refusals import RevisionError

_RECORDING = f"{MESSAGE}/recording"
_FORM = 20_000  # bytes of a form besides its file
_NAME = 80  # characters


@route(_RECORDING, "wording.see")
async def listen(request: ConsoleRequest) -> Response:
    """Return the sound that is played for a message."""
    language, name = request.path_params["language"], request.path_params["message"]
    async with request.console.sessions() as session:
        row = await recordings.played(session, language, name)
        sound = await recordings.sound_of(session, row.file) if row else None
    if row is None or sound is None:
        return refused(request, HTTPStatus.NOT_FOUND)
    return Response(sound, media_type=MEDIA_TYPES[PurePosixPath(row.file).suffix])


@route(_RECORDING, "recording.upload", ("POST",), largest=MOST_BYTES + _FORM)
async def upload(request: ConsoleRequest) -> Response:
    """Keep a recording of the text that is said now, in place of the one before."""
    language, name = request.path_params["language"], request.path_params["message"]
    form = await request.form(max_part_size=MOST_BYTES + _FORM)
    sent, voice = form.get("sound"), str(form.get("voice", "")).strip()
    sound = await sent.read() if isinstance(sent, UploadFile) else b""
    suffix = suffix_of(sound)

    async def step(session: AsyncSession, desk: Desk) -> str:
        text = desk.now.one(name, language).text
        if form.get("seen") != fingerprint(text):
            raise RevisionError(_("The text is another by now: read it aloud again."))
        if not may_record(read_key(request.console.data / "recordings"), name, text):
            raise RevisionError(_("Something is filled into this message: it cannot be recorded."))
        if suffix is None or len(sound) > MOST_BYTES:
            raise RevisionError(_("This is no Ogg, MP3 or M4A file of at most 1 MB."))
        if not voice or len(voice) > _NAME:
            raise RevisionError(_("Say whose voice it is, as they want to be named."))
        await recordings.keep(
            session, language=language, message=name, wording=fingerprint(text), sound=sound,
            suffix=suffix, voice=voice, actor=request.operator.name, now=request.now,
        )  # fmt: skip
        return _("The recording is kept. The chat plays it within seconds.")

    return await done(request, step)


@route(f"{_RECORDING}/withdraw", "recording.upload", ("POST",))
async def withdraw(request: ConsoleRequest) -> Response:
    """Stop playing a recording, and forget its sound."""
    language, name = request.path_params["language"], request.path_params["message"]
    reason = (await request.fields()).get("reason", "")

    async def step(session: AsyncSession, desk: Desk) -> str:
        await recordings.withdraw(
            session, language=language, message=name, actor=request.operator.name,
            reason=reason, now=request.now,
        )  # fmt: skip
        return _("The recording is withdrawn.")

    return await done(request, step)


ROUTES = (listen, upload, withdraw)

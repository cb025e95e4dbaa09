"""One message in one language: looked at, and written anew."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from http import HTTPStatus

from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import Response

from console import choices, wording_steps
from console.answers import page, refused, see_other
from console.comments import comments_on
from console.context import ConsoleRequest
from console.entry_words import STATES
from console.pages.wordings import HOME, known, side_of, stage_of
from console.routing import route
from console.scoping import may_word
from console.translation import _
from console.wording_desk import Desk, open_desk, screens
from console.wording_fault_words import told_faults
from console.wording_steps import UnfitWordingError, Written
from content.messages import SOURCE_LANGUAGE, MissingMessageError, placeholders
from content.recordings import fingerprint, read_key
from content.translation_desk import OnTheDesk
from directory import recordings, revisions
from directory.parts import Part, message_entry
from directory.stewardship import steward_of

MESSAGE = "/wordings/{language}/messages/{message}"
_ALSO = ("en", "es")  # what stands beside the language
_LONGEST = 4000  # characters


@route(MESSAGE, "wording.see")
async def message(request: ConsoleRequest) -> Response:
    """Show one message in a language, beside English and Spanish."""
    async with request.console.sessions() as session:
        return await _shown(request, session)


@route(MESSAGE, "wording.edit", ("POST",))
async def write(request: ConsoleRequest) -> Response:
    """Give a new wording to review."""
    told = await request.fields()
    text, reason = told.get("text", "").replace("\r\n", "\n"), told.get("reason", "")
    errors = {}
    if not text or len(text) > _LONGEST:
        errors["text"] = _("Write the text, at most 4000 characters.")
    if not reason:
        errors["reason"] = _("Say why, for whoever looks at it.")
    language, name = request.path_params["language"], request.path_params["message"]
    if not may_word(request.operator, language):
        return refused(request, HTTPStatus.FORBIDDEN)
    async with request.console.sessions() as session:
        if not errors:
            written = Written(language, name, text, "machine" in told, reason)
            try:
                desk = await open_desk(request.console, session)
                _one(desk, language, name)
                await wording_steps.write(
                    session, desk, [written], actor=request.operator.name, now=request.now
                )
                await session.commit()
            except MissingMessageError:
                return refused(request, HTTPStatus.NOT_FOUND)
            except UnfitWordingError as error:
                await session.rollback()
                errors["text"] = told_faults(error.faults)
            else:
                where = f"{HOME}/{language}/messages/{name}"
                return see_other(request, where, _("Given to review."))
        return await _shown(request, session, errors=errors, given=told | {"text": text})


def may_record(key: Collection[str], message: str, text: str) -> bool:
    """Return whether a message can be read aloud: nothing is filled into it, or it is a key one."""
    return bool(text) and (message in key or not placeholders(text))


def _one(desk: Desk, language: str, name: str) -> OnTheDesk:
    """Return a message. Raises MissingMessageError: there is no such message or language."""
    if not known(desk, language):
        raise MissingMessageError(f"{language} is not switched on")
    row = desk.now.one(name, language)
    if not row.english and language != SOURCE_LANGUAGE:
        raise MissingMessageError(f"{name} is written in English first")
    return row


async def _shown(
    request: ConsoleRequest,
    session: AsyncSession,
    *,
    errors: Mapping[str, str] | None = None,
    given: Mapping[str, str] | None = None,
) -> Response:
    language, name = request.path_params["language"], request.path_params["message"]
    entry = message_entry(language, name)
    try:
        desk = await open_desk(request.console, session)
        row = _one(desk, language, name)
    except MissingMessageError:
        return refused(request, HTTPStatus.NOT_FOUND)
    history = await revisions.history(session, Part.MESSAGES, entry)
    text = (given or {}).get("text") or row.text
    key = read_key(request.console.data / "recordings")
    return page(
        request,
        "wording.html",
        HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        row=row,
        stage=stage_of(row),
        given={"text": row.text, "reason": "", **(given or {})},
        errors=errors or {},
        name=choices.language_name(language),
        side=side_of(language),
        beside=_beside(desk, name, language),
        placeholders=sorted(placeholders(row.english)) if row.english else [],
        screens=screens(name, language, text) if text else [],
        history=history,
        states=STATES,
        waiting=[one for one in history if one.state == revisions.State.IN_REVIEW],
        edited=any(one.state == revisions.State.PUBLISHED for one in history),
        in_file=desk.files.has(name, language),
        seen=fingerprint(row.text),
        comments=await comments_on(session, Part.MESSAGES, entry),
        steward=await steward_of(session, Part.MESSAGES, entry),
        recording=await recordings.played(session, language, name),
        may_record=may_record(key, name, row.text),
        path=f"{HOME}/{language}/messages/{name}",
        theirs=may_word(request.operator, language),
        marks=language in request.operator.languages,
    )


def _beside(desk: Desk, name: str, language: str) -> list[tuple[str, str, str, str]]:
    """Return tag, name, direction and text of the languages beside this one."""
    return [
        (tag, choices.language_name(tag), side_of(tag), desk.now.messages.wording(name, tag).text)
        for tag in _ALSO
        if tag != language and desk.now.messages.has(name, tag)
    ]


ROUTES = (message, write)

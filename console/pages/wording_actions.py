"""What is done to a message in a language, step by step: each is posted from its page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from http import HTTPStatus

from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import Response

from console import wording_steps
from console.answers import refused, see_other
from console.comments import comment
from console.context import ConsoleRequest
from console.listed import whole
from console.pages.wording import MESSAGE
from console.pages.wordings import HOME, known
from console.routing import route
from console.scoping import may_word
from console.translation import N_, _
from console.wording_desk import Desk, open_desk
from console.wording_fault_words import told_faults
from console.wording_marks import NotTheirsError
from console.wording_marks import mark as mark_by_name
from console.wording_steps import UnfitWordingError, Written
from content.messages import MissingMessageError
from content.recordings import fingerprint
from directory import revisions
from directory.editing_tables import RevisionRow
from directory.parts import Part, message_entry
from directory.refusals import OwnWorkError, RevisionError, StaleError

_Step = Callable[[AsyncSession, Desk], Awaitable[str]]


@route(f"{MESSAGE}/publish", "wording.edit", ("POST",))
async def publish(request: ConsoleRequest) -> Response:
    """Say a version from now on."""
    told = await request.fields()

    async def step(session: AsyncSession, desk: Desk) -> str:
        row = await _version(request, session, told.get("revision", ""))
        await wording_steps.publish(
            session, desk, row, actor=request.operator.name, now=request.now,
            alone="alone" in told,
        )  # fmt: skip
        return _("Published. The chat says it within seconds.")

    return await done(request, step)


@route(f"{MESSAGE}/reject", "wording.edit", ("POST",))
async def reject(request: ConsoleRequest) -> Response:
    """Send a version back with a word to its author."""
    told = await request.fields()

    async def step(session: AsyncSession, desk: Desk) -> str:
        row = await _version(request, session, told.get("revision", ""))
        await revisions.reject(
            session, row.id, actor=request.operator.name,
            decision=told.get(f"decision-{row.id}", "") or "-", now=request.now,
        )  # fmt: skip
        return _("Sent back.")

    return await done(request, step)


@route(f"{MESSAGE}/restore", "wording.edit", ("POST",))
async def restore(request: ConsoleRequest) -> Response:
    """Give an older text to review again."""
    told = await request.fields()
    language, name = request.path_params["language"], request.path_params["message"]

    async def step(session: AsyncSession, desk: Desk) -> str:
        row = await _version(request, session, told.get("revision", ""))
        reason = told.get("reason", "") or _("An older version is right.")
        again = Written(language, name, str(row.body["text"]), machine=False, reason=reason)
        await wording_steps.write(
            session, desk, [again], actor=request.operator.name, now=request.now
        )
        return _("Given to review.")

    return await done(request, step)


@route(f"{MESSAGE}/take-back", "wording.edit", ("POST",))
async def take_back(request: ConsoleRequest) -> Response:
    """Say what the file says again."""
    told = await request.fields()
    entry = message_entry(request.path_params["language"], request.path_params["message"])

    async def step(session: AsyncSession, desk: Desk) -> str:
        await revisions.retire(
            session, part=Part.MESSAGES, entry=entry, actor=request.operator.name,
            reason=told.get("why", "") or "-", now=request.now,
        )  # fmt: skip
        return _("The chat says what the file says again.")

    return await done(request, step)


@route(f"{MESSAGE}/mark", "wording.review", ("POST",))
async def mark(request: ConsoleRequest) -> Response:
    """Keep by name who has read or reviewed the text that is said now."""
    told = await request.fields()
    language, name = request.path_params["language"], request.path_params["message"]

    async def step(session: AsyncSession, desk: Desk) -> str:
        if told.get("seen") != fingerprint(desk.now.one(name, language).text):
            raise StaleError("something newer was published meanwhile: look at it first")
        await mark_by_name(
            session, desk, language=language, message=name, state=told.get("state", ""),
            operator=request.operator, now=request.now,
        )  # fmt: skip
        return _("Marked, with your name.")

    return await done(request, step)


@route(f"{MESSAGE}/comment", "wording.comment", ("POST",))
async def say(request: ConsoleRequest) -> Response:
    """Keep a comment."""
    told = await request.fields()
    entry = message_entry(request.path_params["language"], request.path_params["message"])

    async def step(session: AsyncSession, desk: Desk) -> str:
        try:
            await comment(
                session, part=Part.MESSAGES, entry=entry, author=request.operator.name,
                text=told.get("comment", ""), now=request.now,
            )  # fmt: skip
        except ValueError:
            raise RevisionError(_("Write the comment, at most 2000 characters.")) from None
        return _("Your comment is kept.")

    return await done(request, step)


async def done(request: ConsoleRequest, step: _Step) -> Response:
    """Take a step with a message and go back to its page, which says what came of it."""
    language, name = request.path_params["language"], request.path_params["message"]
    if not may_word(request.operator, language):
        return refused(request, HTTPStatus.FORBIDDEN)
    where = f"{HOME}/{language}/messages/{name}"
    try:
        async with request.console.sessions.begin() as session:
            desk = await open_desk(request.console, session)
            if not known(desk, language):
                return refused(request, HTTPStatus.NOT_FOUND)
            desk.now.one(name, language)
            said = await step(session, desk)
    except MissingMessageError:
        return refused(request, HTTPStatus.NOT_FOUND)
    except (RevisionError, UnfitWordingError, NotTheirsError) as error:
        return see_other(request, where, _why(error), kind="fault")
    return see_other(request, where, said)


def _why(error: Exception) -> str:
    if isinstance(error, UnfitWordingError):
        return told_faults(error.faults)
    if isinstance(error, OwnWorkError):
        return _("Somebody else has to look at what you wrote.")
    if isinstance(error, StaleError):
        return _("Something newer was published meanwhile: look at it, then try again.")
    return _(str(error))


async def _version(request: ConsoleRequest, session: AsyncSession, number: str) -> RevisionRow:
    """Return a version of this message. Raises RevisionError: it is none."""
    entry = message_entry(request.path_params["language"], request.path_params["message"])
    row = None
    if (wanted := whole(number)) is not None:
        row = await session.get(RevisionRow, wanted)
    if row is None or row.part != Part.MESSAGES or row.entry != entry:
        raise RevisionError(N_("there is no such version"))
    return row


ROUTES = (publish, reject, restore, take_back, mark, say)

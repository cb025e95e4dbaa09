"""One version beside what is published, and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

from sqlalchemy.ext.asyncio import AsyncSession
from starlette.exceptions import HTTPException
from starlette.responses import Response

from console import drafting
from console.answers import page, see_other
from console.author_words import by, told
from console.comparing import compare
from console.context import ConsoleRequest
from console.entries import OPEN, Entry, entry_in
from console.entry_desk import desk_for
from console.entry_routes import both
from console.entry_words import STATES, title_of, why_not
from console.permissions import Role
from console.routing import ConsoleRoute
from console.translation import _
from directory import audit, revisions
from directory.editing_tables import RevisionRow
from directory.refusals import RevisionError, UnknownCountryError
from directory.revisions import State


@both("/{entry}/versions/{version:int}", "see")
async def shown(request: ConsoleRequest) -> Response:
    """Show a version beside what is published."""
    async with request.console.sessions() as session:
        entry = await entry_in(request, session)
        return await version_page(request, session, entry)


async def version_page(
    request: ConsoleRequest,
    session: AsyncSession,
    entry: Entry,
    errors: dict[str, str] | None = None,
) -> Response:
    """Return the page of a version, with faults where something was not written right."""
    version = _version(request, entry)
    desk = await desk_for(request, session, entry.part, entry.country)
    current = entry.current.body if entry.current else None
    compared = compare(desk.form, current, version.body, desk.situation)
    operator = request.operator
    own = version.author == operator.name
    return page(
        request, "entry_version.html", HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        entry=entry, version=version, states=STATES, told=told, by=by, errors=errors or {},
        title=title_of(entry.part, version.body, desk.situation),
        changed=[one for one in compared if one.changed],
        same=[one for one in compared if not one.changed],
        is_current=bool(entry.current and entry.current.revision == version.id
                        and not entry.current.is_retired),
        is_stale=entry.is_stale(version), is_open=version.state in OPEN, own=own,
        alone=own and operator.role is Role.ADMIN,
        may=entry.rights(operator, "edit", "publish"),
    )  # fmt: skip


@both("/{entry}/versions/{version:int}/submit", "edit", ("POST",))
async def submit(request: ConsoleRequest) -> Response:
    """Give a draft to the reviewers."""
    async with request.console.sessions.begin() as session:
        entry = await entry_in(request, session, touch=True)
        version = _version(request, entry)
        if version.state == State.DRAFT:  # else it was pressed twice
            if version.author != request.operator.name:
                raise HTTPException(HTTPStatus.FORBIDDEN)
            await revisions.submit(
                session, version.id, actor=request.operator.name, now=request.now
            )
    return _back(request, entry, _("It is with the reviewers. Nobody gets it yet."))


@both("/{entry}/versions/{version:int}/publish", "publish", ("POST",))
async def publish(request: ConsoleRequest) -> Response:
    """Publish a version in review: every answer says it from now on."""
    operator = request.operator
    asked = await request.fields()
    alone = asked.get("alone") == "yes" and operator.role is Role.ADMIN
    try:
        async with request.console.sessions.begin() as session:
            entry = await entry_in(request, session, touch=True)
            version = _version(request, entry)
            if alone and not asked.get("why"):
                words = _("Write why nobody else can look at it.")
                return await version_page(request, session, entry, {"why": words})
            if version.state != State.PUBLISHED:  # else it was pressed twice
                await revisions.publish(
                    session, version.id, actor=operator.name, places=request.console.places,
                    now=request.now, alone=alone,
                )  # fmt: skip
                if alone:
                    await audit.record(
                        session, at=request.now, actor=operator.name, action="alone because",
                        part=entry.part, entry=entry.id, reason=asked["why"],
                    )  # fmt: skip
    except (RevisionError, UnknownCountryError) as error:
        return _back(request, entry, why_not(error), kind="fault")
    said = (
        _("It is published: every answer says it now.") if entry.is_said else _("It is published.")
    )
    return see_other(request, entry.path, said)


@both("/{entry}/versions/{version:int}/reject", "publish", ("POST",))
async def reject(request: ConsoleRequest) -> Response:
    """Send a version back to its author with a word."""
    word = (await request.fields()).get("decision", "")
    try:
        async with request.console.sessions.begin() as session:
            entry = await entry_in(request, session, touch=True)
            version = _version(request, entry)
            if not word:
                words = _("Write what has to change, for the author.")
                return await version_page(request, session, entry, {"decision": words})
            if version.state != State.REJECTED:
                await revisions.reject(
                    session, version.id, actor=request.operator.name, decision=word,
                    now=request.now,
                )  # fmt: skip
    except RevisionError as error:
        return _back(request, entry, why_not(error), kind="fault")
    return _back(request, entry, _("It went back to its author."))


@both("/{entry}/versions/{version:int}/withdraw", "edit", ("POST",))
async def withdraw(request: ConsoleRequest) -> Response:
    """Take back one's own draft."""
    name = request.operator.name
    async with request.console.sessions.begin() as session:
        entry = await entry_in(request, session, touch=True)
        version = _version(request, entry)
        if version.author == name and version.state in OPEN:
            await drafting.withdraw(session, version, actor=name, now=request.now)
    return see_other(request, entry.path, _("Your draft is taken back."))


@both("/{entry}/versions/{version:int}/restore", "edit", ("POST",))
async def restore(request: ConsoleRequest) -> Response:
    """Make a draft of an older version and give it to the reviewers."""
    operator, reason = request.operator, (await request.fields()).get("restore_reason", "")
    async with request.console.sessions.begin() as session:
        entry = await entry_in(request, session, touch=True)
        version = _version(request, entry)
        if not reason:
            words = _("Write why, for whoever looks at it.")
            return await version_page(request, session, entry, {"restore_reason": words})
        own = entry.open_of(operator.name)
        if own is None or own.body != version.body or entry.is_stale(own):
            if own is not None:
                await drafting.withdraw(session, own, actor=operator.name, now=request.now)
            own = await revisions.restore(
                session, version.id, author=operator.name, reason=reason, now=request.now
            )
        if own.state == State.DRAFT:
            await revisions.submit(session, own.id, actor=operator.name, now=request.now)
        made = own.id
    words = _("The older version is with the reviewers. Nobody gets it yet.")
    return see_other(request, f"{entry.path}/versions/{made}", words)


def _version(request: ConsoleRequest, entry: Entry) -> RevisionRow:
    return entry.version(request.path_params["version"])


def _back(request: ConsoleRequest, entry: Entry, said: str, *, kind: str = "done") -> Response:
    # Not by the row of the version: after a refusal it belongs to no session.
    number = request.path_params["version"]
    return see_other(request, f"{entry.path}/versions/{number}", said, kind=kind)


ROUTES: Sequence[ConsoleRoute] = (*shown, *submit, *publish, *reject, *withdraw, *restore)

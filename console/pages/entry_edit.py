"""Writing a draft: the form, what somebody else changed meanwhile, and a new entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import Response

from console import drafting
from console.answers import page, see_other
from console.context import ConsoleRequest
from console.entries import Entry, entry_in, part_in, path_of
from console.entry_desk import desk_for, digest, form_of
from console.entry_routes import both
from console.entry_sheet import Sheet, base_of, begun, faults_in, form_page, merged_with
from console.entry_words import countries_of
from console.forms.form import Form
from console.part_words import PARTS
from console.routing import ConsoleRoute
from console.scoping import may_touch
from console.translation import _
from directory import revisions
from directory.editing_tables import RevisionRow
from directory.parts import Part, numbered_entry
from directory.queries import countries
from directory.revisions import State
from directory.stewardship import steward_of


@both("/{entry}/edit", "edit")
async def edit(request: ConsoleRequest) -> Response:
    """Show the form of an entry, with the operator's own draft where there is one."""
    async with request.console.sessions() as session:
        entry = await entry_in(request, session, touch=True)
        desk = await desk_for(request, session, entry.part, entry.country)
    return form_page(request, entry, desk, begun(request, entry, desk))


@both("/{entry}/edit", "edit", ("POST",))
async def save(request: ConsoleRequest) -> Response:
    """Keep what was written as a draft; show it again where it does not fit, or is stale."""
    form = await request.form()
    values = {name: [v for v in form.getlist(name) if isinstance(v, str)] for name in form}
    asked = await request.fields()
    async with request.console.sessions.begin() as session:
        entry = await entry_in(request, session, touch=True)
        desk = await desk_for(request, session, entry.part, entry.country)
        own = entry.open_of(request.operator.name)
        base = base_of(entry, own)
        reading = desk.form.read(values, base, desk.situation)
        sheet = Sheet(base, values, asked.get("reason", ""), faults_in(desk, entry, reading, asked))
        if not sheet.faults and own and own.body == reading.body:  # pressed twice, or nothing new
            return await _kept(request, session, entry, own, asked)
        if digest(base) != asked.get("seen"):
            merged = merged_with(entry, desk, sheet, asked.get("seen", ""))
            return form_page(request, entry, desk, merged, status=HTTPStatus.CONFLICT)
        if sheet.faults:
            wrong = HTTPStatus.UNPROCESSABLE_ENTITY
            return form_page(request, entry, desk, sheet, status=wrong)
        if entry.current and not own and reading.body == entry.current.body:
            said = _("Nothing was changed, so there is no draft.")
            return see_other(request, entry.path, said, kind="note")
        draft = await drafting.keep(
            session, entry, own, reading.body, author=request.operator.name,
            reason=sheet.reason, now=request.now, has_message=desk.words.has_message,
        )  # fmt: skip
        return await _kept(request, session, entry, draft, asked)


@both("/new", "edit")
async def new(request: ConsoleRequest) -> Response:
    """Ask for the country of a new entry; with one in the address, show its form."""
    part, country = part_in(request), request.query_params.get("country", "")
    form = form_of(part)
    async with request.console.sessions() as session:
        known = await _own_countries(request, session, part)
        if country not in known:
            return page(
                request, "entry_new.html", countries=countries_of(known), path=path_of(part),
                title=PARTS[part],
            )  # fmt: skip
        desk = await desk_for(request, session, part, country)
    entry = _unwritten(part, country, form)
    sheet = Sheet(entry.body, form.show(entry.body, desk.situation))
    return form_page(request, entry, desk, sheet)


@both("/new", "edit", ("POST",))
async def add(request: ConsoleRequest) -> Response:
    """Keep a new entry as a draft; its id is the next one of its country."""
    form = await request.form()
    values = {name: [v for v in form.getlist(name) if isinstance(v, str)] for name in form}
    asked = await request.fields()
    part, country = part_in(request), asked.get("country", "")
    async with request.console.sessions.begin() as session:
        if country not in await _own_countries(request, session, part):
            return see_other(request, f"{path_of(part)}/new")
        desk = await desk_for(request, session, part, country)
        entry = _unwritten(part, country, desk.form)
        reading = desk.form.read(values, entry.body, desk.situation)
        faults = faults_in(desk, entry, reading, asked)
        sheet = Sheet(entry.body, values, asked.get("reason", ""), faults)
        if faults:
            wrong = HTTPStatus.UNPROCESSABLE_ENTITY
            return form_page(request, entry, desk, sheet, status=wrong)
        made = await drafting.begin(
            session, part, country, _owned(request, part, reading.body),
            author=request.operator.name, reason=sheet.reason, now=request.now,
            has_message=desk.words.has_message,
        )  # fmt: skip
        return await _kept(request, session, _of(part, made), made, asked)


async def _kept(
    request: ConsoleRequest,
    session: AsyncSession,
    entry: Entry,
    draft: RevisionRow,
    asked: Mapping[str, str],
) -> Response:
    """Go where the pressed button leads, with the draft kept."""
    path = f"{entry.path}/versions/{draft.id}"
    if asked.get("then") == "preview":
        return see_other(request, f"{entry.path}/preview?version={draft.id}")
    if asked.get("then") != "review":
        return see_other(request, path, _("The draft is kept. Nobody gets it yet."))
    if draft.state == State.DRAFT:
        await revisions.submit(session, draft.id, actor=request.operator.name, now=request.now)
    return see_other(request, path, _("It is with the reviewers. Nobody gets it yet."))


def _unwritten(part: Part, country: str, form: Form) -> Entry:
    """Return an entry that nobody wrote anything of yet."""
    own = numbered_entry(part, country, 0)
    blank = RevisionRow(part=part, entry=own, country=country, body=form.new(own), author="")
    return Entry(part, own, country, None, [blank], None)


def _of(part: Part, made: RevisionRow) -> Entry:
    return Entry(part, made.entry, made.country, None, [made], None)


def _owned(request: ConsoleRequest, part: Part, body: dict[str, Any]) -> dict[str, Any]:
    """Return the body of a new listing with the organisation that owns it."""
    organisation = request.operator.organisation
    return {**body, "owner": organisation} if part is Part.SERVICES and organisation else body


async def _own_countries(request: ConsoleRequest, session: AsyncSession, part: Part) -> list[str]:
    """Return the countries in which the operator may add an entry."""
    found = []
    for country in await countries(session):
        steward = await steward_of(session, part, "", country=country)
        owner = steward.organisation if steward else None
        if part is Part.SERVICES:
            owner = request.operator.organisation or owner
        if may_touch(request.operator, owner=owner, country=country):
            found.append(country)
    return found


ROUTES: Sequence[ConsoleRoute] = (*new, *add, *edit, *save)

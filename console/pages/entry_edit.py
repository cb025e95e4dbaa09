"""Writing a draft: the form, what somebody else changed meanwhile, and a new entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import Response

from console import drafting
from console.answers import page, see_other
from console.context import ConsoleRequest
from console.entries import OPEN, Desk, Entry, desk_for, digest, entry_in, form_of, part_in, path_of
from console.entry_routes import both
from console.entry_words import PARTS, countries_of, fault_words, title_of
from console.forms.field import Body, Values
from console.forms.form import Form, Reading
from console.forms.merging import Both, merge
from console.routing import ConsoleRoute
from console.scoping import may_touch
from console.translation import _
from directory import revisions
from directory.bodies import faults_of
from directory.editing_tables import RevisionRow
from directory.parts import Part
from directory.queries import countries
from directory.revisions import State
from directory.stewardship import steward_of


@dataclass(frozen=True)
class Sheet:
    """A form on its way to or from somebody.

    Attributes:
        base: The body that it is made from.
        values: Of its inputs.
        reason: Why, as far as it is written.
        faults: By input.
        changed: What somebody else changed meanwhile.
    """

    base: Body = field(repr=False)
    values: Values = field(repr=False)
    reason: str = ""
    faults: Mapping[str, str] = field(default_factory=dict)
    changed: Sequence[Both] = ()


@both("/{entry}/edit", "edit")
async def edit(request: ConsoleRequest) -> Response:
    """Show the form of an entry, with the operator's own draft where there is one."""
    async with request.console.sessions() as session:
        entry = await entry_in(request, session, touch=True)
        desk = await desk_for(request, session, entry.part, entry.country)
    return _form_page(request, entry, desk, _begun(request, entry, desk))


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
        base = _base(entry, own)
        reading = desk.form.read(values, base, desk.situation)
        sheet = Sheet(base, values, asked.get("reason", ""), _faults(desk, entry, reading, asked))
        if not sheet.faults and own and own.body == reading.body:  # pressed twice, or nothing new
            return await _kept(request, session, entry, own, asked)
        if digest(base) != asked.get("seen"):
            merged = _merged(entry, desk, sheet, asked.get("seen", ""))
            return _form_page(request, entry, desk, merged, status=HTTPStatus.CONFLICT)
        if sheet.faults:
            wrong = HTTPStatus.UNPROCESSABLE_ENTITY
            return _form_page(request, entry, desk, sheet, status=wrong)
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
    return _form_page(request, entry, desk, sheet)


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
        faults = _faults(desk, entry, reading, asked)
        sheet = Sheet(entry.body, values, asked.get("reason", ""), faults)
        if faults:
            wrong = HTTPStatus.UNPROCESSABLE_ENTITY
            return _form_page(request, entry, desk, sheet, status=wrong)
        made = await drafting.begin(
            session, part, country, _owned(request, part, reading.body),
            author=request.operator.name, reason=sheet.reason, now=request.now,
            has_message=desk.words.has_message,
        )  # fmt: skip
        return await _kept(request, session, _of(part, made), made, asked)


def _base(entry: Entry, own: RevisionRow | None) -> Body:
    """Return what a draft is made from: the open one, what was sent back, or what is published."""
    if own is not None and not entry.is_stale(own):
        return own.body
    return entry.body


def _begun(request: ConsoleRequest, entry: Entry, desk: Desk) -> Sheet:
    """Return the form as somebody opens it."""
    name = request.operator.name
    own = entry.open_of(name)
    back = None if own else entry.sent_back_to(name)
    base = _base(entry, own)
    if back is not None:
        return Sheet(base, desk.form.show(back.body, desk.situation), back.reason)
    if own is None or own.body is base:
        values = desk.form.show(base, desk.situation)
        return Sheet(base, values, own.reason if own else "")
    before = next((v.body for v in entry.versions if v.id == own.based_on), base)
    written = desk.form.show(own.body, desk.situation)
    merged = merge(desk.form, written, before, base, desk.situation)
    return Sheet(base, merged.values, own.reason, changed=merged.changed)


def _merged(entry: Entry, desk: Desk, sheet: Sheet, seen: str) -> Sheet:
    """Return what was written on top of what somebody else changed since the form was opened."""
    bodies = [version.body for version in entry.versions]
    before = next((body for body in bodies if digest(body) == seen), sheet.base)
    merged = merge(desk.form, sheet.values, before, sheet.base, desk.situation)
    return Sheet(sheet.base, merged.values, sheet.reason, changed=merged.changed)


def _faults(
    desk: Desk, entry: Entry, reading: Reading, asked: Mapping[str, str]
) -> Mapping[str, str]:
    faults = dict(reading.faults)
    if not faults:
        found = faults_of(entry.part, reading.body, entry.country, desk.words.has_message)
        faults = fault_words(found, desk.form)
    if not asked.get("reason"):
        faults["reason"] = _("Write why, for whoever looks at it.")
    return faults


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


def _form_page(
    request: ConsoleRequest, entry: Entry, desk: Desk, sheet: Sheet, *, status: int = HTTPStatus.OK
) -> Response:
    is_new = entry.current is None and not entry.versions[0].id
    sections = [
        {
            "name": section.name,
            "title": section.title,
            "fields": [(one, one.view(sheet.values, desk.situation)) for one in section.fields],
            "open": is_new or section.open or _is_wrong(section.fields, sheet),
        }
        for section in desk.form.sections_for(sheet.base)
    ]
    others = [v for v in entry.versions if v.author != request.operator.name and is_open(v)]
    return page(
        request, "entry_edit.html", status, entry=entry, sections=sections, errors=sheet.faults,
        reason=sheet.reason, seen=digest(sheet.base), changed=sheet.changed, is_new=is_new,
        others=[] if is_new else others, cities=desk.situation.cities,
        action=f"{path_of(entry.part)}/new" if is_new else f"{entry.path}/edit",
        back=path_of(entry.part) if is_new else entry.path, list_title=PARTS[entry.part],
        title=_("New entry") if is_new else title_of(entry.part, entry.body, desk.situation),
    )  # fmt: skip


def is_open(version: RevisionRow) -> bool:
    """Return whether a version is a draft or in review."""
    return version.state in OPEN


def _is_wrong(fields: Sequence[Any], sheet: Sheet) -> bool:
    names = {one.name for one in fields}
    told = [*sheet.faults, *(both.field.name for both in sheet.changed)]
    return any(name == one or name.startswith(f"{one}.") for name in told for one in names)


def _unwritten(part: Part, country: str, form: Form) -> Entry:
    """Return an entry that nobody wrote anything of yet."""
    own = f"{country.lower()}-{part[0]}00"
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

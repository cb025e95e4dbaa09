"""Organisations: who they are, who leads them, what they own, and who cares for what."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import Response

from console.answers import page, refused, see_other
from console.context import ConsoleRequest
from console.entries import Desk, desk_for
from console.entry_words import countries_of, fault_words, why_not
from console.forms.field import Body, Values
from console.part_words import PARTS
from console.routing import route
from console.scoping import may_touch
from console.translation import N_, _
from directory import published, revisions
from directory.bodies import faults_of
from directory.browsing import Wanted, browse
from directory.editing_tables import StewardshipRow
from directory.parts import Origin, Part
from directory.queries import countries
from directory.refusals import RevisionError

HOME = "/organisations"
_PART = Part.ORGANISATIONS
_NAMES: Mapping[Part, str] = {
    **PARTS,
    Part.ORGANISATIONS: N_("Organisations"),
    Part.MESSAGES: N_("Wording"),
}
_SHOWN = 50  # entries of an organisation


@route(HOME, "organisation.edit")
async def listed(request: ConsoleRequest) -> Response:
    """Show the organisations, and who cares for what."""
    async with request.console.sessions() as session:
        desk = await desk_for(request, session, _PART, None)
        found = await published.all_of(session, _PART, retired=True)
        cared = list(await session.scalars(_all_stewards()))
        known = await countries(session)
    names = {one.entry: str(one.body["name"]) for one in found}
    return page(
        request,
        "organisations.html",
        rows=[(one, _led_by(one.body, desk)) for one in found],
        cared=[(row, names.get(row.organisation, row.organisation)) for row in cared],
        names=sorted(names.items(), key=lambda pair: pair[1].casefold()),
        parts=[(part.value, _NAMES[part]) for part in Part],
        part_names={part.value: _NAMES[part] for part in Part},
        countries=countries_of(
            one for one in known if may_touch(request.operator, owner=None, country=one)
        ),
    )


@route(f"{HOME}/new", "organisation.edit")
async def new(request: ConsoleRequest) -> Response:
    """Show an empty form for the country that was chosen."""
    country = request.query_params.get("country", "")
    async with request.console.sessions() as session:
        if country not in await countries(session):
            return see_other(request, HOME)
        desk = await desk_for(request, session, _PART, country)
        own = await published.next_entry(session, _PART, country)
        return await _form(request, session, desk, own, desk.form.new(own))


@route(f"{HOME}/{{entry}}", "organisation.edit")
async def one(request: ConsoleRequest) -> Response:
    """Show one organisation, to be changed."""
    async with request.console.sessions() as session:
        current = await published.get(session, _PART, request.path_params["entry"])
        if current is None:
            return refused(request, HTTPStatus.NOT_FOUND)
        desk = await desk_for(request, session, _PART, current.country)
        return await _form(request, session, desk, current.entry, current.body)


@route(f"{HOME}/{{entry}}", "organisation.edit", ("POST",))
async def save(request: ConsoleRequest) -> Response:
    """Publish what was written of an organisation; nobody else has to look at it."""
    form = await request.form()
    values = {name: [v for v in form.getlist(name) if isinstance(v, str)] for name in form}
    asked, own = await request.fields(), request.path_params["entry"]
    async with request.console.sessions.begin() as session:
        current = await published.get(session, _PART, own)
        country = current.country if current else asked.get("country") or None
        if current is None and country not in await countries(session):
            return refused(request, HTTPStatus.NOT_FOUND)
        if not may_touch(request.operator, owner=own, country=country):
            return refused(request, HTTPStatus.FORBIDDEN)
        if current is None and own != await published.next_entry(session, _PART, country or ""):
            return refused(request, HTTPStatus.NOT_FOUND)
        desk = await desk_for(request, session, _PART, country)
        base = current.body if current else desk.form.new(own)
        reading = desk.form.read(values, base, desk.situation)
        faults = dict(reading.faults) or dict(
            fault_words(faults_of(_PART, reading.body, country), desk.form)
        )
        if not asked.get("reason"):
            faults["reason"] = _("Write why.")
        if faults:
            return await _form(
                request, session, desk, own, base, values=values, errors=faults,
                reason=asked.get("reason", ""),
            )  # fmt: skip
        await revisions.publish_now(
            session, part=_PART, entry=own, country=country, body=reading.body,
            actor=request.operator.name, reason=asked["reason"], origin=Origin.CONSOLE,
            places=request.console.places, now=request.now,
        )  # fmt: skip
    return see_other(request, f"{HOME}/{own}", _("It is kept."))


@route(f"{HOME}/{{entry}}/retire", "organisation.edit", ("POST",))
async def retire(request: ConsoleRequest) -> Response:
    """Say that an organisation is no more."""
    own, reason = request.path_params["entry"], (await request.fields()).get("retire_reason", "")
    try:
        async with request.console.sessions.begin() as session:
            current = await published.get(session, _PART, own)
            if current is None:
                return refused(request, HTTPStatus.NOT_FOUND)
            if not may_touch(request.operator, owner=own, country=current.country):
                return refused(request, HTTPStatus.FORBIDDEN)
            await revisions.retire(
                session, part=_PART, entry=own, actor=request.operator.name,
                reason=reason or "-", now=request.now,
            )  # fmt: skip
    except RevisionError as error:
        return see_other(request, f"{HOME}/{own}", why_not(error), kind="fault")
    return see_other(request, HOME, _("It is retired."))


async def _form(
    request: ConsoleRequest,
    session: AsyncSession,
    desk: Desk,
    own: str,
    body: Body,
    *,
    values: Values | None = None,
    errors: Mapping[str, str] | None = None,
    reason: str = "",
) -> Response:
    shown = values or desk.form.show(body, desk.situation)
    current = await published.get(session, _PART, own)
    return page(
        request,
        "organisation.html",
        HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        own=own,
        title=body["name"] or _("New organisation"),
        country=desk.situation.country,
        current=current,
        fields=[(one, one.view(shown, desk.situation)) for one in desk.form.fields],
        errors=errors or {},
        reason=reason,
        history=await revisions.history(session, _PART, own),
        owned=await browse(session, Wanted(Part.SERVICES, owner=own), limit=_SHOWN),
    )


def _led_by(body: Mapping[str, Any], desk: Desk) -> str:
    """Return who leads an organisation, in words."""
    return ", ".join(desk.situation.label("led_by", code) for code in body["led_by"])


def _all_stewards() -> Any:
    return select(StewardshipRow).order_by(StewardshipRow.part, StewardshipRow.scope)


ROUTES = (listed, new, one, save, retire)

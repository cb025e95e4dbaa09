"""Asking those who run a place by a link, now or by itself, and what came of it."""

from __future__ import annotations

from http import HTTPStatus

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from starlette.responses import Response

from console.answers import page, refused, see_other
from console.asking import send_link
from console.context import ConsoleRequest
from console.listed import whole
from console.routing import route
from console.scoping import may_touch
from console.translation import _
from console.verification_page import demand_touch, entry_in, entry_page
from directory import audit, published
from directory.parts import Part
from directory.verification_links import ASKED, Way
from directory.verification_tables import RequestRow, WishRow


@route("/verification/{part}/{entry}/send", "verification.send", ("POST",))
async def send(request: ConsoleRequest) -> Response:
    """Send a new link, or show it to be passed on; older ones end."""
    way = (await request.fields()).get("way", "")
    async with request.console.sessions() as session:
        entry = await entry_in(request, session, touch=True)
    if way not in set(Way) or entry.part not in ASKED:
        return refused(request, HTTPStatus.BAD_REQUEST)
    try:
        sent = await send_link(
            request.console, entry, Way(way), asked_by=request.operator.name, now=request.now
        )
    except ValueError:
        return refused(request, HTTPStatus.BAD_REQUEST)
    async with request.console.sessions() as session:
        return await entry_page(request, session, entry, sent=sent, way=Way(way))


@route("/verification/requests/{request}/settle", "verification.send", ("POST",))
async def settle(request: ConsoleRequest) -> Response:
    """Note that an operator dealt with a link that reached somebody else."""
    number = whole(request.path_params["request"])
    async with request.console.sessions.begin() as session:
        found = await session.get(RequestRow, number) if number is not None else None
        entry = await published.get(session, Part(found.part), found.entry) if found else None
        if found is None or entry is None or found.answer is None:
            return refused(request, HTTPStatus.NOT_FOUND)
        await demand_touch(request, session, entry)
        found.settled_at = request.now
        await audit.record(
            session, at=request.now, actor=request.operator.name, action="settle contact",
            part=entry.part, entry=entry.entry,
        )  # fmt: skip
    return see_other(request, "/today", _("Noted."))


@route("/verification/organisations", "verification.send")
async def organisations(request: ConsoleRequest) -> Response:
    """Show which organisations agreed to be asked without an operator."""
    async with request.console.sessions() as session:
        known = await published.all_of(session, Part.ORGANISATIONS)
        wishes = {row.organisation: row for row in await session.scalars(select(WishRow))}
    rows = [
        (one.entry, str(one.body.get("name") or one.entry), wishes.get(one.entry))
        for one in known
        if may_touch(request.operator, owner=one.entry, country=one.country)
    ]
    return page(request, "asked_by_itself.html", rows=sorted(rows, key=lambda row: row[1]))


@route("/verification/organisations", "verification.send", ("POST",))
async def agree(request: ConsoleRequest) -> Response:
    """Note whether an organisation is asked by itself."""
    fields = await request.fields()
    automatic = fields.get("automatic") == "1"
    async with request.console.sessions.begin() as session:
        found = await published.get(session, Part.ORGANISATIONS, fields.get("organisation", ""))
        if found is None or found.is_retired:
            return refused(request, HTTPStatus.NOT_FOUND)
        if not may_touch(request.operator, owner=found.entry, country=found.country):
            return refused(request, HTTPStatus.FORBIDDEN)
        wish = {
            "automatic": automatic,
            "since": request.now.date(),
            "set_by": request.operator.name,
        }
        row = insert(WishRow).values(organisation=found.entry, **wish)
        await session.execute(row.on_conflict_do_update(index_elements=["organisation"], set_=wish))
        await audit.record(
            session, at=request.now, actor=request.operator.name,
            action="ask by itself" if automatic else "ask by hand",
            part=Part.ORGANISATIONS, entry=found.entry,
        )  # fmt: skip
    return see_other(request, "/verification/organisations", _("Saved."))


ROUTES = (organisations, agree, send, settle)

"""What is due to be checked, and asking those who run a place by a link."""

from __future__ import annotations

from http import HTTPStatus

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.exceptions import HTTPException
from starlette.responses import Response

from console.answers import page, refused, see_other
from console.asking import Contacts, Sent, contacts_of, send_link
from console.context import ConsoleRequest
from console.links_sent import LinkSent, last_of, sent_about
from console.pages.today import HOW
from console.part_words import PARTS
from console.reach import within_reach
from console.routing import route
from console.scoping import may_touch
from console.task_words import RISKS, of_due
from console.tasks import Kind, Task, path_to, tasks
from console.translation import N_, _, language
from content.due import Due, due_of, is_hidden, name_of
from content.freshness import next_check
from content.locales import country_name
from directory import audit, published
from directory.bodies import BodyError
from directory.parts import Origin, Part
from directory.published import Published
from directory.refusals import RevisionError
from directory.verification import confirm
from directory.verification_links import ASKED, Way
from directory.verification_tables import RequestRow, WishRow

_A_PAGE = 50
WAYS = {
    Way.EMAIL: N_("Send it by e-mail"),
    Way.SMS: N_("Send it by SMS"),
    Way.COPY: N_("Give me a link to pass on"),
}


@route("/verification", "verification.see")
async def overview(request: ConsoleRequest) -> Response:
    """Show what is due, with its dates and the links that were sent."""
    async with request.console.sessions() as session:
        everything = await tasks(session, request.now)
        mine = await within_reach(session, request.operator, everything)
        due = [one for one in mine if one.kind is Kind.DUE and _fits(one, request)]
        number, last, shown = _page_of(due, request.query_params.get("page", "1"))
        links = await last_of(session, [(one.part, one.entry) for one in shown], now=request.now)
    return page(
        request,
        "verification.html",
        rows=[(one, one.detail, links.get((one.part, one.entry))) for one in shown],
        state_of=of_due,
        parts={part.value: _(words) for part, words in PARTS.items()},
        risks={risk: (_(words), kind) for risk, (words, kind) in RISKS.items()},
        wanted={name: request.query_params.get(name, "") for name in ("country", "part")},
        countries=_countries(mine),
        number=number,
        last=last,
        all=len(due),
    )


@route("/verification/{part}/{entry}", "verification.see")
async def one(request: ConsoleRequest) -> Response:
    """Show when an entry was checked, how those who run it are reached, and which links went."""
    async with request.console.sessions() as session:
        entry = await _entry_in(request, session)
        return await _shown(request, session, entry)


@route("/verification/{part}/{entry}/confirm", "verification.confirm", ("POST",))
async def confirmed(request: ConsoleRequest) -> Response:
    """Publish that an operator has checked an entry today."""
    fields = await request.fields()
    how, note = fields.get("how", ""), fields.get("note", "")[:500]
    async with request.console.sessions.begin() as session:
        entry = await _entry_in(request, session, touch=True)
        if how not in HOW:
            errors = {"how": _("Say how you know.")}
            return await _shown(request, session, entry, errors=errors, status=422)
        try:
            async with session.begin_nested():
                new = await confirm(
                    session, entry, actor=request.operator.name,
                    reason=f"{how}: {note}".rstrip(": "), origin=Origin.CONSOLE,
                    places=request.console.places, now=request.now,
                )  # fmt: skip
        except (BodyError, RevisionError):
            return see_other(
                request,
                path_to(entry.part, entry.entry),
                _("Something in it has to be corrected first. Nothing was changed."),
                kind="fault",
            )
    told = _("Noted: checked today.") if new else _("That was noted today already.")
    back = "/today" if fields.get("back") == "today" else "/verification"
    return see_other(request, back, told)


@route("/verification/{part}/{entry}/send", "verification.send", ("POST",))
async def send(request: ConsoleRequest) -> Response:
    """Send a new link, or show it to be passed on; older ones end."""
    way = (await request.fields()).get("way", "")
    async with request.console.sessions() as session:
        entry = await _entry_in(request, session, touch=True)
    if way not in set(Way) or entry.part not in ASKED:
        return refused(request, HTTPStatus.BAD_REQUEST)
    try:
        sent = await send_link(
            request.console, entry, Way(way), asked_by=request.operator.name, now=request.now
        )
    except ValueError:
        return refused(request, HTTPStatus.BAD_REQUEST)
    async with request.console.sessions() as session:
        return await _shown(request, session, entry, sent=sent, way=Way(way))


@route("/verification/requests/{request}/settle", "verification.send", ("POST",))
async def settle(request: ConsoleRequest) -> Response:
    """Note that an operator dealt with a link that reached somebody else."""
    number = request.path_params["request"]
    async with request.console.sessions.begin() as session:
        found = await session.get(RequestRow, int(number)) if _is_number(number) else None
        entry = await published.get(session, Part(found.part), found.entry) if found else None
        if found is None or entry is None or found.answer is None:
            return refused(request, HTTPStatus.NOT_FOUND)
        await _demand_touch(request, session, entry)
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


async def _shown(
    request: ConsoleRequest,
    session: AsyncSession,
    entry: Published,
    *,
    errors: dict[str, str] | None = None,
    status: int = 200,
    sent: Sent | None = None,
    way: Way | None = None,
) -> Response:
    today = request.now.date()
    asked = entry.part in ASKED
    contacts = await contacts_of(session, entry) if asked else Contacts(None)
    links: list[LinkSent] = await sent_about(session, entry, now=request.now) if asked else []
    found: Due | None = due_of(entry.part, entry.entry, entry.country, entry.body, today)
    return page(
        request,
        "verification_entry.html",
        status,
        entry=entry,
        name=name_of(entry.part, entry.entry, entry.body),
        path=path_to(entry.part, entry.entry),
        told=of_due(found) if found else "",
        next=next_check(entry.part, entry.body),
        hidden=is_hidden(entry.part, entry.body, today),
        contacts=contacts,
        ways=[(one.value, _(WAYS[one])) for one in contacts.ways()] if asked else [],
        links=links,
        how=[(code, _(words)) for code, words in HOW.items()],
        errors=errors or {},
        sent=sent,
        way=way,
    )


async def _entry_in(
    request: ConsoleRequest, session: AsyncSession, *, touch: bool = False
) -> Published:
    """Return the entry of an address. Raises HTTPException: there is none, or out of reach."""
    part, name = request.path_params["part"], request.path_params["entry"]
    if part not in set(Part) or part == Part.MESSAGES:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    found = await published.get(session, Part(part), name)
    if found is None or found.is_retired:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    if touch:
        await _demand_touch(request, session, found)
    return found


async def _demand_touch(request: ConsoleRequest, session: AsyncSession, entry: Published) -> None:
    owner = (await contacts_of(session, entry)).organisation
    if not may_touch(request.operator, owner=owner, country=entry.country):
        raise HTTPException(HTTPStatus.FORBIDDEN)


def _fits(task: Task, request: ConsoleRequest) -> bool:
    country, part = request.query_params.get("country"), request.query_params.get("part")
    return (not country or task.country == country) and (not part or task.part == part)


def _countries(found: list[Task]) -> list[tuple[str, str]]:
    codes = {one.country for one in found if one.country}
    return sorted(((c, country_name(c, language())) for c in codes), key=lambda pair: pair[1])


def _page_of(found: list[Task], asked: str) -> tuple[int, int, list[Task]]:
    last = max(1, -(-len(found) // _A_PAGE))
    number = min(max(1, int(asked) if _is_number(asked) else 1), last)
    return number, last, found[(number - 1) * _A_PAGE : number * _A_PAGE]


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 18  # noqa: PLR2004 -- of a bigint


ROUTES = (overview, organisations, agree, one, confirmed, send, settle)

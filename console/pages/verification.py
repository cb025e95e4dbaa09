"""What is due to be checked, and what an operator has checked."""

from __future__ import annotations

from starlette.responses import Response

from console.answers import page, see_other
from console.author_words import HOW
from console.chat_words import labels_of
from console.context import ConsoleRequest
from console.entry_words import countries_of, why_not
from console.links_sent import last_of
from console.listed import page_of
from console.part_words import PARTS
from console.reach import within_reach
from console.routing import route
from console.task import Kind, Task, path_to
from console.task_words import RISKS, name_of, of_due
from console.tasks import tasks
from console.translation import _
from console.verification_page import entry_in, entry_page
from directory.bodies import BodyError
from directory.parts import Origin
from directory.refusals import FactGoneError, RevisionError
from directory.verification import confirm

_A_PAGE = 50


@route("/verification", "verification.see")
async def overview(request: ConsoleRequest) -> Response:
    """Show what is due, with its dates and the links that were sent."""
    async with request.console.sessions() as session:
        everything = await tasks(session, request.now)
        mine = await within_reach(session, request.operator, everything)
        due = [one for one in mine if one.kind is Kind.DUE and _fits(one, request)]
        number, last, shown = page_of(due, request.query_params.get("page", "1"), size=_A_PAGE)
        links = await last_of(session, [(one.part, one.entry) for one in shown], now=request.now)
    labels = await labels_of(request.console)
    return page(
        request,
        "verification.html",
        rows=[
            (one, name_of(one, labels), one.detail, links.get((one.part, one.entry)))
            for one in shown
        ],
        state_of=of_due,
        parts={part.value: _(words) for part, words in PARTS.items()},
        risks={risk: (_(words), kind) for risk, (words, kind) in RISKS.items()},
        wanted={name: request.query_params.get(name, "") for name in ("country", "part")},
        countries=countries_of({one.country for one in mine if one.country}),
        number=number,
        last=last,
        all=len(due),
    )


@route("/verification/{part}/{entry}", "verification.see")
async def one(request: ConsoleRequest) -> Response:
    """Show when an entry was checked, how those who run it are reached, and which links went."""
    async with request.console.sessions() as session:
        entry = await entry_in(request, session)
        return await entry_page(request, session, entry)


@route("/verification/{part}/{entry}/confirm", "verification.confirm", ("POST",))
async def confirmed(request: ConsoleRequest) -> Response:
    """Publish that an operator has checked an entry today."""
    fields = await request.fields()
    how, note = fields.get("how", ""), fields.get("note", "")[:500]
    async with request.console.sessions.begin() as session:
        entry = await entry_in(request, session, touch=True)
        if how not in HOW:
            errors = {"how": _("Say how you know.")}
            return await entry_page(request, session, entry, errors=errors, status=422)
        try:
            async with session.begin_nested():
                new = await confirm(
                    session, entry, actor=request.operator.name,
                    reason=f"{how}: {note}".rstrip(": "), origin=Origin.CONSOLE,
                    places=request.console.places, now=request.now,
                )  # fmt: skip
        except (BodyError, RevisionError) as error:
            words = _("Something in it has to be corrected first. Nothing was changed.")
            if isinstance(error, FactGoneError):
                words = why_not(error)
            return see_other(request, path_to(entry.part, entry.entry), words, kind="fault")
    told = _("Noted: checked today.") if new else _("That was noted today already.")
    back = "/today" if fields.get("back") == "today" else "/verification"
    return see_other(request, back, told)


def _fits(task: Task, request: ConsoleRequest) -> bool:
    country, part = request.query_params.get("country"), request.query_params.get("part")
    return (not country or task.country == country) and (not part or task.part == part)


ROUTES = (overview, one, confirmed)

"""The first page of the day: what has to be done, the most harmful first."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlencode

from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import Response

from console.answers import page, refused, see_other
from console.author_words import HOW
from console.chat_words import labels_of
from console.context import ConsoleRequest
from console.entry_words import STATES, countries_of
from console.listed import page_of
from console.own_work import own_work
from console.part_words import PARTS
from console.permissions import Role
from console.reach import owners_of, within_reach
from console.routing import route
from console.scoping import may_touch
from console.task import Kind, Task, counted, path_to, version_path
from console.task_words import ANSWERS, KINDS, RISKS, name_of, of_report, said
from console.tasks import task_of, tasks
from console.translation import N_, _, language
from content.locales import country_name
from content.vocabulary_labels import Labels
from delivery.feedback import Report, settle
from directory import audit
from directory.browsing import Wanted, browse
from directory.changes import KINDS as CHANGES
from directory.changes import tell_change
from directory.editing_tables import RevisionRow
from directory.parts import Part

_A_PAGE = 25
# What leads to a page that not everybody may open is for those who may.
_NEEDS = {
    Kind.DUE: "verification.see",
    Kind.REPORT: "feedback.see",
    Kind.NEED: "unmet.see",
    Kind.GAP: "unmet.see",
}
_CHANGE_WORDS = {
    "number_corrected": N_("The number was corrected"),
    "address_corrected": N_("The address was corrected"),
    "hours_corrected": N_("The hours were corrected"),
    "papers_corrected": N_("Which papers are asked for was corrected"),
    "cost_corrected": N_("The cost was corrected"),
    "entry_corrected": N_("Something else was corrected"),
    "closed_removed": N_("It has closed and was taken out"),
    "place_added": N_("Another place was added"),
}


@route("/today", "today.see")
async def today(request: ConsoleRequest) -> Response:
    """Show what has to be done, of one kind, part or country where one is asked for."""
    async with request.console.sessions() as session:
        found = [one for one in await tasks(session, request.now) if _may_do(request, one)]
        mine = await within_reach(session, request.operator, found)
        begun = await own_work(session, request.operator.name)
        owns = bool(mine) or await _owns_something(request, session)
    wanted = {name: request.query_params.get(name, "") for name in ("country", "part", "kind")}
    here = [one for one in mine if _fits(one, {**wanted, "kind": ""})]
    found = [one for one in here if _fits(one, wanted)]
    number, last, shown = page_of(found, request.query_params.get("page", "1"), size=_A_PAGE)
    labels = await labels_of(request.console)
    return page(
        request,
        "today.html",
        tasks=[(one, name_of(one, labels), said(one, labels), _step(one)) for one in shown],
        wanted=wanted,
        owns=owns,
        begun=[(one, _named(one, labels), version_path(one)) for one in begun],
        states=STATES,
        counts=[(kind.value, _(KINDS[kind]), n) for kind, n in counted(here).items()],
        number=number,
        last=last,
        path=_path(wanted),
        all=len(here),
        countries=countries_of({one.country for one in mine if one.country}),
        parts=[(part.value, _(words)) for part, words in PARTS.items()],
        kinds={kind.value: _(words) for kind, words in KINDS.items()},
        risks={risk: (_(words), kind) for risk, (words, kind) in RISKS.items()},
        how=[(code, _(words)) for code, words in HOW.items()],
        country_name=lambda code: country_name(code, language()),
    )


@route("/today/reports/{part}/{entry}", "feedback.see")
async def report(request: ConsoleRequest) -> Response:
    """Show what people reported of one entry, and what can be done about it."""
    found = await _report_in(request)
    if found is None:
        return refused(request, HTTPStatus.NOT_FOUND)
    detail = found.detail
    assert isinstance(detail, Report)  # noqa: S101 -- looked for by its kind
    return page(
        request,
        "report.html",
        task=found,
        told=of_report(detail),
        answers=[(_(words), detail.answers.get(code, 0)) for code, words in ANSWERS.items()],
        path=path_to(found.part or Part.SERVICES, found.entry),
        changes=[(kind, _(_CHANGE_WORDS[kind])) for kind in CHANGES],
    )


@route("/today/reports/{part}/{entry}", "feedback.answer", ("POST",))
async def settled(request: ConsoleRequest) -> Response:
    """Note that reports were dealt with; with a change, tell in public what it was."""
    found = await _report_in(request)
    if found is None or found.part is None:
        return refused(request, HTTPStatus.NOT_FOUND)
    change = (await request.fields()).get("change", "")
    if change and change not in CHANGES:
        return refused(request, HTTPStatus.BAD_REQUEST)
    async with request.console.sessions.begin() as session:
        (owner,) = await owners_of(session, [found])
        if not may_touch(request.operator, owner=owner, country=found.country):
            return refused(request, HTTPStatus.FORBIDDEN)
        await settle(session, part=found.part, entry=found.entry)
        if change and found.country:
            await tell_change(
                session, part=found.part, entry=found.entry, country=found.country,
                kind=change, day=request.now.date(),
            )  # fmt: skip
        await audit.record(
            session, at=request.now, actor=request.operator.name, action="settle reports",
            part=found.part, entry=found.entry, reason=change or "nothing had to be changed",
        )  # fmt: skip
    told = _("Thank you. People will read what was changed.") if change else _("Thank you. Noted.")
    return see_other(request, "/today", told)


async def _report_in(request: ConsoleRequest) -> Task | None:
    part, entry = request.path_params["part"], request.path_params["entry"]
    async with request.console.sessions() as session:
        found = await tasks(session, request.now)
    return next(
        (
            one
            for one in found
            if one.kind is Kind.REPORT and (one.part, one.entry) == (part, entry)
        ),
        None,
    )


def _may_do(request: ConsoleRequest, task: Task) -> bool:
    return request.operator.may(_NEEDS.get(task.kind, "today.see"))


async def _owns_something(request: ConsoleRequest, session: AsyncSession) -> bool:
    """Return whether there is a listing that an editor may touch; for others there always is."""
    if request.operator.role is not Role.EDITOR:
        return True
    theirs = Wanted(Part.SERVICES, owner=request.operator.organisation)
    return bool(await browse(session, theirs, limit=1))


def _fits(task: Task, wanted: dict[str, str]) -> bool:
    return (
        wanted["country"] in ("", task.country)
        and wanted["part"] in ("", task.part)
        and wanted["kind"] in ("", task.kind)
    )


def _step(task: Task) -> str:
    """Return where the next step is taken."""
    if task.part is None:
        return "/unmet#noted" if task.kind is Kind.GAP else "/unmet"
    if task.kind is Kind.REPORT:
        return f"/today/reports/{task.part}/{task.entry}"
    if task.kind is Kind.DUE:
        return f"/verification/{task.part}/{task.entry}"
    if isinstance(task.detail, RevisionRow):
        return version_path(task.detail)
    return path_to(task.part, task.entry)


def _named(version: RevisionRow, labels: Labels) -> str:
    """Return what a version is called in the list."""
    return name_of(task_of(version), labels)


def _path(wanted: dict[str, str]) -> str:
    asked = urlencode({name: value for name, value in wanted.items() if value})
    return f"/today?{asked}" if asked else "/today"


ROUTES = (today, report, settled)

"""The translation desk: how far each language is, and its messages by state, family and words."""

from __future__ import annotations

from http import HTTPStatus

from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import Response

from console import choices
from console.answers import page, refused, see_other
from console.context import ConsoleRequest
from console.listed import page_of
from console.routing import route
from console.scoping import may_word
from console.translation import N_, _
from console.wording_desk import Desk, open_desk
from console.wording_steps import publish_many
from content.direction import runs_right_to_left
from content.translation_desk import OnTheDesk, Stage
from directory import revisions
from directory.editing_tables import RevisionRow
from directory.parts import Part, of_message

HOME = "/wordings"
_PAGE = 50
STAGES = {
    Stage.MISSING: (N_("missing"), "bad"),
    Stage.OUTDATED: (N_("outdated"), "warn"),
    Stage.MACHINE_DRAFTED: (N_("drafted by a machine"), "warn"),
    Stage.DRAFTED: (N_("drafted"), "plain"),
    Stage.READ_TWICE: (N_("read twice"), "good"),
    Stage.REVIEWED: (N_("reviewed"), "good"),
}


@route(HOME, "wording.see")
async def overview(request: ConsoleRequest) -> Response:
    """Show how far each language is."""
    async with request.console.sessions() as session:
        desk = await open_desk(request.console, session)
        waiting = await revisions.waiting(session)
    tags = [row.entry.partition("/")[0] for row in waiting if row.part == Part.MESSAGES]
    rows = [
        {
            "tag": tag,
            "name": choices.language_name(tag),
            "counts": list(desk.now.counts(tag).values()),
            "waiting": tags.count(tag),
            "theirs": may_word(request.operator, tag),
        }
        for tag in desk.now.languages
    ]
    return page(request, "wordings.html", rows=rows, stages=stages())


@route("/wordings/{language}", "wording.see")
async def listed(request: ConsoleRequest) -> Response:
    """Show the messages of a language; ``stage``, ``family`` and ``page`` are codes."""
    return await _list(request, "")


@route("/wordings/{language}", "wording.see", ("POST",))
async def found(request: ConsoleRequest) -> Response:
    """Show the messages in which words stand; they are posted, so that no address holds them."""
    return await _list(request, (await request.fields()).get("said", ""))


@route("/wordings/{language}/publish", "wording.edit", ("POST",))
async def publish_all(request: ConsoleRequest) -> Response:
    """Publish everything of a language that others wrote and that still fits."""
    language, operator = request.path_params["language"], request.operator
    if not may_word(operator, language):
        return refused(request, HTTPStatus.FORBIDDEN)
    async with request.console.sessions.begin() as session:
        desk = await open_desk(request.console, session)
        if not known(desk, language):
            return refused(request, HTTPStatus.NOT_FOUND)
        rows = await waiting_in(session, language)
        done = await publish_many(session, desk, rows, actor=operator.name, now=request.now)
    left = len(rows) - done
    said = _("%(done)s published. %(left)s left: yours, and what does not fit any more.")
    return see_other(request, f"{HOME}/{language}", said % {"done": done, "left": left})


async def waiting_in(session: AsyncSession, language: str) -> list[RevisionRow]:
    """Return the versions of a language that somebody has to decide on."""
    rows = await revisions.waiting(session)
    return [
        row for row in rows if row.part == Part.MESSAGES and of_message(row.entry)[0] == language
    ]


def stages() -> list[tuple[str, str, str]]:
    """Return code, name and colour of each stage, in the language of the page."""
    return [(stage.value, _(name), kind) for stage, (name, kind) in STAGES.items()]


def stage_of(row: OnTheDesk) -> tuple[str, str]:
    """Return name and colour of how far a message is."""
    name, kind = STAGES[row.stage]
    return _(name), kind


def side_of(language: str) -> str:
    """Return the direction that a language is written in, as HTML names it."""
    return "rtl" if runs_right_to_left(language) else "ltr"


def known(desk: Desk, language: str) -> bool:
    """Return whether a language is switched on."""
    return language in desk.now.languages


async def _list(request: ConsoleRequest, said: str) -> Response:
    language, asked = request.path_params["language"], request.query_params
    async with request.console.sessions() as session:
        desk = await open_desk(request.console, session)
        waiting = await waiting_in(session, language)
    if not known(desk, language):
        return refused(request, HTTPStatus.NOT_FOUND)
    stage = asked.get("stage", "") if asked.get("stage") in set(Stage) else ""
    family = asked.get("family", "") if asked.get("family") in desk.now.families() else ""
    rows = desk.now.listed(
        language, stages={Stage(stage)} if stage else (), family=family, said=said
    )
    number, last, on_page = page_of(rows, asked.get("page", ""), size=_PAGE)
    shown = rows if said else on_page
    return page(
        request,
        "wording_list.html",
        rows=[(row, *stage_of(row)) for row in shown[: 4 * _PAGE]],
        tag_code=language,
        name=choices.language_name(language),
        side=side_of(language),
        stage=stage,
        family=family,
        said_words=said,
        stage_choices=[(code, name) for code, name, _kind in stages()],
        families=[(one, one) for one in desk.now.families()],
        total=len(rows),
        number=1 if said else number,
        last=1 if said else last,
        waiting=waiting,
        theirs=may_word(request.operator, language),
    )


ROUTES = (overview, publish_all, listed, found)

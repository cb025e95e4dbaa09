"""One entry: as it is published, who cares for it, its history, and what people reported."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from http import HTTPStatus

from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import Response

from console.answers import page, see_other
from console.author_words import by, told
from console.context import ConsoleRequest
from console.entries import Entry, entry_in, path_of
from console.entry_desk import Desk, desk_for
from console.entry_routes import both
from console.entry_words import STATES, tags_of, title_of, why_not
from console.forms.registry import FORMS
from console.part_words import PARTS
from console.routing import ConsoleRoute
from console.translation import _
from content.freshness import is_due, next_check
from delivery.feedback import Report, reports
from directory import published, revisions
from directory.browsing import Wanted, browse
from directory.card_facts import resting_on
from directory.editing_tables import RevisionRow
from directory.parts import OF_A_PACK, Part
from directory.published import Published
from directory.refusals import RevisionError

_REPORTED = timedelta(days=180)
_SHOWN = 50  # listings of an organisation


@both("/{entry}", "see")
async def shown(request: ConsoleRequest) -> Response:
    """Show an entry."""
    async with request.console.sessions() as session:
        entry = await entry_in(request, session)
        return await entry_page(request, session, entry)


async def entry_page(
    request: ConsoleRequest,
    session: AsyncSession,
    entry: Entry,
    *,
    errors: dict[str, str] | None = None,
    written: dict[str, str] | None = None,
) -> Response:
    """Return the page of an entry, with faults where something was not written right."""
    desk = await desk_for(request, session, _formed(entry.part), entry.country)
    body = entry.body
    owner = await _organisation(session, entry.owner)
    return page(
        request, "entry.html", HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        entry=entry, body=body, states=STATES, list_path=path_of(entry.part),
        list_title=PARTS[entry.part], title=title_of(entry.part, body, desk.situation),
        tags=tags_of(entry.part, body, desk.situation), sections=_sections(entry, desk),
        owner=owner, owned=await _owned(session, entry), verification=_verification(entry, request),
        reports=await _reports(request, session, entry), editable=entry.part in FORMS,
        may=entry.rights(request.operator, "edit", "publish", "retire"),
        retired=bool(entry.current and entry.current.is_retired),
        errors=errors or {}, written=written or {}, told=told, by=by,
        returned=_returned(entry, request),
    )  # fmt: skip


@both("/{entry}/retire", "retire", ("POST",))
async def retire(request: ConsoleRequest) -> Response:
    """Take an entry out of all answers; it can be restored."""
    reason = (await request.fields()).get("retire_reason", "")
    try:
        async with request.console.sessions.begin() as session:
            entry = await entry_in(request, session, touch=True)
            if not reason:
                errors = {"retire_reason": _("Write why, for whoever looks later.")}
                return await entry_page(request, session, entry, errors=errors)
            if entry.current and entry.current.is_retired:  # pressed twice
                return see_other(request, entry.path)
            await revisions.retire(
                session, part=entry.part, entry=entry.id, actor=request.operator.name,
                reason=reason, now=request.now,
            )  # fmt: skip
            cards = await resting_on(session, entry.id)
    except RevisionError as error:
        return see_other(request, entry.path, why_not(error), kind="fault")
    said = _("It is retired: no answer says it any more.")
    if cards:
        words = _("These rumours rest on it; look at them now, they are on today's list: %(ids)s.")
        said = f"{said} {words % {'ids': ', '.join(card.entry for card in cards)}}"
        return see_other(request, entry.path, said, kind="note")
    return see_other(request, entry.path, said)


def _returned(entry: Entry, request: ConsoleRequest) -> RevisionRow | None:
    """Return what a reviewer sent back to the operator, unless they are at it again."""
    name = request.operator.name
    return None if entry.open_of(name) else entry.sent_back_to(name)


def _formed(part: Part) -> Part:
    return part if part in FORMS else Part.SERVICES


def _sections(entry: Entry, desk: Desk) -> list[tuple[str, list[tuple[str, list[str]]]]]:
    """Return titles of sections, each with its fields that say something, in words."""
    if entry.part not in FORMS:
        return []
    found = []
    for section in desk.form.sections_for(entry.body):
        said = [(one.label, one.tell(entry.body, desk.situation)) for one in section.fields]
        if any(lines for _label, lines in said):
            found.append((section.title, [(label, lines) for label, lines in said if lines]))
    return found


async def _organisation(session: AsyncSession, owner: str | None) -> str | None:
    """Return the name of the organisation that owns an entry; its id where it has no card."""
    found = await published.get(session, Part.ORGANISATIONS, owner) if owner else None
    return str(found.body["name"]) if found else owner


async def _owned(session: AsyncSession, entry: Entry) -> Sequence[Published]:
    """Return the first listings that an organisation owns."""
    if entry.part is not Part.ORGANISATIONS:
        return ()
    return await browse(session, Wanted(Part.SERVICES, owner=entry.id), limit=_SHOWN)


def _verification(entry: Entry, request: ConsoleRequest) -> dict[str, object] | None:
    if entry.part not in OF_A_PACK:
        return None
    return {
        "verified": None if entry.body["verified"] == "never" else entry.body["verified"],
        "next": next_check(entry.part.value, entry.body),
        "due": is_due(entry.part.value, entry.body, request.now.date()),
    }


async def _reports(request: ConsoleRequest, session: AsyncSession, entry: Entry) -> list[Report]:
    """Return what people reported about an entry, for those who may see it."""
    if not request.operator.may("feedback.see"):
        return []
    since = request.now.date() - _REPORTED
    found = await reports(session, since=since)
    return [one for one in found if (one.part, one.entry) == (entry.part.value, entry.id)]


ROUTES: Sequence[ConsoleRoute] = (*shown, *retire)

"""What cannot wait for a second pair of eyes: a pause, and that nobody new is taken."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from http import HTTPStatus
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response

from console.answers import see_other
from console.context import ConsoleRequest
from console.entries import Entry, entry_in
from console.entry_words import why_not
from console.pages.entry_one import entry_page
from console.routing import ConsoleRoute, route
from console.translation import _
from directory.bodies import BodyError
from directory.local_time import day_at
from directory.parts import Origin
from directory.published import Published
from directory.refusals import RevisionError
from directory.verification import publish_at_once

_LONGEST = 366  # days; what is closed for longer is retired


@route("/listings/{entry}/pause", "listing.edit", ("POST",))
async def pause(request: ConsoleRequest) -> Response:
    """Say until when a place is closed; without a day, that it is open again."""
    written = (await request.fields()).get("until", "")
    reason = "paused" if written else "open again"
    said = (
        _("Every answer says now until when it is closed.") if written else _("It is open again.")
    )
    return await _publish(request, {"paused_until": written or None}, reason, said)


@route("/listings/{entry}/taking", "listing.edit", ("POST",))
async def taking(request: ConsoleRequest) -> Response:
    """Say that a place takes nobody new, or takes people again."""
    stop = (await request.fields()).get("not_taking") == "yes"
    reason = "not taking new people" if stop else "taking new people again"
    said = (
        _("Every answer says now that it takes nobody new.")
        if stop
        else _("It takes people again.")
    )
    return await _publish(request, {"not_taking": stop}, reason, said)


async def _publish(
    request: ConsoleRequest,
    change: dict[str, Any],
    reason: str,
    said: str,
) -> Response:
    """Publish what is published with a change."""
    try:
        async with request.console.sessions.begin() as session:
            entry = await entry_in(request, session, touch=True)
            current = _current(entry)
            today = await day_at(
                session, entry.country, current.body, request.console.places, request.now
            )
            if words := _wrong_day(change.get("paused_until") or "", today):
                written, errors = await request.fields(), {"until": words}
                return await entry_page(request, session, entry, errors=errors, written=written)
            await publish_at_once(
                session, current, change, actor=request.operator.name, reason=reason,
                origin=Origin.CONSOLE, places=request.console.places, now=request.now,
            )  # fmt: skip
    except RevisionError as error:
        return see_other(request, entry.path, why_not(error), kind="fault")
    except BodyError:
        words = _("Something in it has to be corrected first. Nothing was changed.")
        return see_other(request, entry.path, words, kind="fault")
    return see_other(request, entry.path, said)


def _current(entry: Entry) -> Published:
    if entry.current is None or entry.current.is_retired:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return entry.current


def _wrong_day(written: str, today: date) -> str | None:
    """Return what is wrong with a day until which something is paused, or None."""
    if not written:
        return None
    try:
        until = date.fromisoformat(written)
    except ValueError:
        return _("There is no such day. Write year-month-day, such as 2027-03-31.")
    days = (until - today).days
    if days <= 0:
        return _("This day is over. Leave it empty if it is open again.")
    if days > _LONGEST:
        return _("That is more than a year: retire it instead.")
    return None


ROUTES: Sequence[ConsoleRoute] = (pause, taking)

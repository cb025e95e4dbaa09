"""A version as each channel will show it, in any language of the chat."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.responses import Response

from console.answers import page
from console.context import ConsoleRequest
from console.entries import entry_in
from console.entry_desk import desk_for
from console.entry_routes import both
from console.entry_words import STATES, languages_of, title_of, why_not
from console.listed import whole
from console.preview import BusyError, Version
from console.routing import ConsoleRoute
from console.shown import Shown
from console.translation import language
from content.direction import runs_right_to_left
from directory.refusals import UnknownCountryError


@both("/{entry}/preview", "see")
async def preview(request: ConsoleRequest) -> Response:
    """Show a version on every channel; ``version`` and ``language`` choose."""
    asked = request.query_params
    async with request.console.sessions() as session:
        entry = await entry_in(request, session)
        number = whole(asked.get("version", ""))
        version = entry.version(number) if number is not None else None
        desk = await desk_for(request, session, entry.part, entry.country)
    body = version.body if version else entry.body
    tongues = languages_of(desk.words)
    tongue = asked.get("language", "")
    tongue = tongue if tongue in dict(tongues) else _own_tongue(tongues)
    answers: list[Shown] = []
    fault = ""
    try:
        answers = await desk.words.previews(request.console).of(
            Version(entry.part, entry.id, entry.country or "", body),
            language=tongue, now=request.now,
        )  # fmt: skip
    except (BusyError, UnknownCountryError) as error:
        fault = why_not(error)
    return page(
        request, "entry_preview.html", entry=entry, version=version, fault=fault,
        tongue=tongue, tongues=tongues, body=body, states=STATES,
        title=title_of(entry.part, body, desk.situation), label=desk.situation.label,
        ways=_by_way(answers), is_whole=tongue in desk.words.whole.languages,
        rtl=runs_right_to_left(tongue),
    )  # fmt: skip


def _own_tongue(tongues: Sequence[tuple[str, str]]) -> str:
    """Return the operator's language where the chat speaks it, else its first."""
    return language() if language() in dict(tongues) else tongues[0][0]


def _by_way(told: Sequence[Shown]) -> dict[str, list[Shown]]:
    ways: dict[str, list[Shown]] = {}
    for one in told:
        ways.setdefault(one.asked.way, []).append(one)
    return ways


ROUTES: Sequence[ConsoleRoute] = preview

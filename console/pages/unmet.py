"""Unmet needs: what was asked where nothing fitted. Counts only; small numbers are hidden."""

from __future__ import annotations

import csv
import io
from datetime import date

from starlette.responses import Response

from console.answers import page
from console.chat_words import labels_of
from console.context import ConsoleRequest
from console.routing import route
from console.task_words import of_need
from console.translation import N_, _
from content.vocabulary_labels import Labels
from delivery.gaps import Missing, missing
from delivery.unmet import Need, months, needs
from directory.parts import Part

_MONTHS = 12
_WHY = {
    "nothing": N_("nothing is known there"),
    "other_kind": N_("only something of another kind"),
    "not_for": N_("only for other people"),
    "far": N_("only more than 150 km away"),
    "no_rule": N_("no rule is known for them"),
    "no_pack": N_("nothing is known of the country"),
}


@route("/unmet", "unmet.see")
async def overview(request: ConsoleRequest) -> Response:
    """Show the last twelve months."""
    found, trend, noted = await _read(request)
    named = await labels_of(request.console)
    return page(
        request,
        "unmet.html",
        rows=[
            (_where(named, one), of_need(one.part, one.what, named), _(_WHY[one.why]), one.times)
            for one in found
        ],
        noted=[
            (named.country(one.country), of_need(Part.SERVICES, one.kind, named), one.times)
            for one in noted
        ],
        trend=[(f"{month:%Y-%m}", times) for month, times in trend],
    )


@route("/unmet.csv", "unmet.see")
async def table(request: ConsoleRequest) -> Response:
    """Return the same as CSV, with codes; a small number is an empty field."""
    found, _trend, noted = await _read(request)
    written = io.StringIO()
    sheet = csv.writer(written)
    sheet.writerow(["country", "city", "part", "what", "why", "times"])
    sheet.writerows(
        [one.country, one.city, one.part, one.what, one.why, one.times] for one in found
    )
    sheet.writerows(
        [one.country, "", Part.SERVICES, one.kind, "noted_by_helpers", one.times] for one in noted
    )
    return Response(
        written.getvalue(),
        media_type="text/csv",
        headers={"Content-Disposition": 'attachment; filename="unmet.csv"'},
    )


async def _read(
    request: ConsoleRequest,
) -> tuple[list[Need], list[tuple[date, int | None]], list[Missing]]:
    today = request.now.date()
    since = date(today.year - 1, today.month, 1)
    own = request.operator.countries
    async with request.console.sessions() as session:
        found = await needs(session, since=since, countries=own)
        trend = await months(session, since=since, countries=own)
        noted = await missing(session, since=since, countries=own)
    return found, trend[-_MONTHS:], noted


def _where(named: Labels, need: Need) -> str:
    return named.city_and_country(need.city) if need.city else named.country(need.country)


ROUTES = (overview, table)

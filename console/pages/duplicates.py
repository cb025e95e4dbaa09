"""Listings that are likely one place: a list, both side by side, and making them one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import Response

from console import translation
from console.answers import page, refused, see_other
from console.context import ConsoleRequest
from console.pages.import_words import reason_words
from console.routing import route
from console.scoping import may_touch
from console.translation import _
from directory import duplicates
from directory.bodies import BodyError
from directory.exporting import countries
from directory.likeness import likeness, traits_of
from directory.parts import Part
from directory.published import Published, get_many
from directory.refusals import RevisionError
from directory.sheets.catalogue import said_as_it_is
from directory.sheets.cells import write
from directory.sheets.columns import COUNTRY, columns_of

_MOST = 200  # pairs on a page
_NOT_CHOSEN = frozenset({"id", "superseded_by", "protection", "address_withheld"})


@route("/duplicates", "merge.run")
async def home(request: ConsoleRequest) -> Response:
    """List the pairs of a country, likeliest first."""
    country = request.query_params.get("country", "")
    async with request.console.sessions() as session:
        known = [
            one
            for one in await countries(session)
            if not request.operator.countries or one in request.operator.countries
        ]
        country = country if country in known else (known[0] if known else "")
        pairs = (await duplicates.find(session, country))[:_MOST] if country else []
        wanted = [entry for pair in pairs for entry in (pair.left, pair.right)]
        found = await get_many(session, Part.SERVICES, wanted)
    names = {entry: one.body["name"] for entry, one in found.items()}
    return page(
        request, "duplicates.html", countries=known, country=country, pairs=pairs, names=names,
        reason_words=reason_words(),
    )  # fmt: skip


@route("/duplicates/{left}/{right}", "merge.run")
async def pair(request: ConsoleRequest) -> Response:
    """Show two listings side by side."""
    return await _pair(request, {}, {})


@route("/duplicates/{left}/{right}", "merge.run", ("POST",))
async def merge(request: ConsoleRequest) -> Response:
    """Make two listings one."""
    fields = await request.fields()
    left, right = request.path_params["left"], request.path_params["right"]
    keep = fields.get("keep", "")
    errors = {}
    if keep not in (left, right):
        errors["keep"] = _("Say which of them stays.")
    if not fields.get("reason"):
        errors["reason"] = _("Write why: it is kept with every change.")
    if errors:
        return await _pair(request, errors, fields)
    drop = right if keep == left else left
    taken = [
        name.removeprefix("field-")
        for name, side in fields.items()
        if name.startswith("field-") and side == drop
    ]
    try:
        async with request.console.sessions.begin() as session:
            if await _both(request, session) is None:
                return refused(request, HTTPStatus.NOT_FOUND)
            await duplicates.merge(
                session, keep, drop, taken, actor=request.operator.name, reason=fields["reason"],
                places=request.console.places, now=request.now,
            )  # fmt: skip
    except BodyError:
        return await _pair(request, {"keep": _("What would come out is not right.")}, fields)
    except RevisionError:
        return refused(request, HTTPStatus.BAD_REQUEST, _("These two cannot be made one any more."))
    words = _("They are one now. The other is retired and can be restored from its history.")
    return see_other(request, "/duplicates", words)


async def _pair(
    request: ConsoleRequest, errors: Mapping[str, str], fields: Mapping[str, str]
) -> Response:
    async with request.console.sessions() as session:
        both = await _both(request, session)
    if both is None:
        return refused(request, HTTPStatus.NOT_FOUND)
    left, right = both
    like = likeness(*(traits_of(one.entry, one.country or "", one.body) for one in both))
    return page(
        request,
        "duplicate.html",
        HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        errors=dict(errors),
        fields=fields,
        left=left,
        right=right,
        like=like,
        rows=_rows(left.body, right.body),
        reason_words=reason_words(),
    )


async def _both(
    request: ConsoleRequest, session: AsyncSession
) -> tuple[Published, Published] | None:
    """Return both listings; None where one is gone, or not within the operator's reach."""
    entries = [request.path_params["left"], request.path_params["right"]]
    found = await get_many(session, Part.SERVICES, entries)
    if len(found) != len(set(entries)) or len(found) < len(entries):
        return None
    for one in found.values():
        owner = one.body.get("owner")
        if one.is_retired or not may_touch(request.operator, owner=owner, country=one.country):
            return None
    return found[entries[0]], found[entries[1]]


def _rows(left: Mapping[str, Any], right: Mapping[str, Any]) -> Sequence[tuple[Any, ...]]:
    """Return field, heading, what both say, and whether there is something to choose."""
    rows = []
    told = {field: (_words(left, field), _words(right, field)) for field in _fields()}
    for field, heading in _fields().items():
        if any(told[field]):
            differs = left.get(field) != right.get(field) and field not in _NOT_CHOSEN
            rows.append((field, heading, *told[field], differs))
    return rows


def _fields() -> dict[str, str]:
    """Return the fields of a listing, each with the heading of its first column."""
    fields: dict[str, str] = {}
    for column in columns_of(Part.SERVICES, ()):
        if column.key != COUNTRY:
            heading = said_as_it_is(column.heading, translation.language())
            fields.setdefault(column.key.partition(".")[0], heading)
    return fields


def _words(body: Mapping[str, Any], field: str) -> str:
    lines = []
    for column in columns_of(Part.SERVICES, ()):
        if column.key.partition(".")[0] != field or column.key == COUNTRY:
            continue
        value: Any = body
        for step in column.key.split("."):
            value = value.get(step) if isinstance(value, Mapping) else None
        written = write(column, value, translation.language())
        lines += [str(written)] if written is not None else []
    return "\n".join(lines)


ROUTES = (home, pair, merge)

"""Listings that are likely one place: a list, both side by side, and making them one or not."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus

from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import Response

from console.answers import page, refused, see_other
from console.context import ConsoleRequest
from console.entry_words import countries_of
from console.pages.import_words import reason_words
from console.routing import route
from console.scoping import may_touch
from console.side_by_side import side_by_side
from console.translation import _
from directory import different, duplicates
from directory.bodies import BodyError
from directory.browsing import Wanted, count
from directory.exporting import countries
from directory.likeness import likeness, traits_of
from directory.parts import Part
from directory.published import Published, get_many
from directory.refusals import RevisionError

_HOME = "/duplicates"
_MOST = 200  # pairs on a page
_COMPARED_TOGETHER = 20_000  # listings; more take seconds, so one country at a time


@route(_HOME, "merge.run")
async def home(request: ConsoleRequest) -> Response:
    """List the pairs of a country, likeliest first; of all countries where that is quick."""
    country = request.query_params.get("country", "")
    async with request.console.sessions() as session:
        known = await _within_reach(request, session)
        together = await count(session, Wanted(Part.SERVICES)) <= _COMPARED_TOGETHER
        if country not in known:
            country = "" if together or not known else known[0]
        pairs = await duplicates.find(session, country or None) if together or country else []
        two = await different.all_different(session)
        wanted = [entry for pair in pairs for entry in (pair.left, pair.right)]
        wanted += [entry for row in two for entry in (row.left, row.right)]
        found = await get_many(session, Part.SERVICES, wanted)
    here = {country} if country else known
    names = {
        entry: one.body["name"]
        for entry, one in found.items()
        if one.country in here and not one.is_retired
    }
    return page(
        request, "duplicates.html", countries=countries_of(known), country=country,
        pairs=[one for one in pairs if one.left in names and one.right in names][:_MOST],
        two=[row for row in two if row.left in names and row.right in names],
        names=names, reason_words=reason_words(), together=together,
    )  # fmt: skip


async def _within_reach(request: ConsoleRequest, session: AsyncSession) -> list[str]:
    """Return the countries in which the operator may make two listings one."""
    own = request.operator.countries
    return [one for one in await countries(session) if not own or one in own]


@route(f"{_HOME}/{{left}}/{{right}}", "merge.run")
async def pair(request: ConsoleRequest) -> Response:
    """Show two listings side by side."""
    return await _pair(request, {}, {})


@route(f"{_HOME}/{{left}}/{{right}}", "merge.run", ("POST",))
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
            both = await _both(request, session)
            if both is None:
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
    return see_other(request, f"{_HOME}?country={both[0].country}", words)


@route(f"{_HOME}/{{left}}/{{right}}/different", "merge.run", ("POST",))
async def say_different(request: ConsoleRequest) -> Response:
    """Keep that two listings are two places, so that they are not offered again."""
    words = _("They are two different ones. They will not be offered again.")
    return await _decided(request, different.say_different, "different_reason", words)


@route(f"{_HOME}/{{left}}/{{right}}/offer-again", "merge.run", ("POST",))
async def offer_again(request: ConsoleRequest) -> Response:
    """Take back that two listings are two places."""
    words = _("They will be offered again where they look like one place.")
    return await _decided(request, different.take_back, "again_reason", words)


async def _decided(
    request: ConsoleRequest, step: Callable[..., Awaitable[bool]], field: str, said: str
) -> Response:
    """Take a step with a pair, with the reason of a field; without one ask for it."""
    fields = await request.fields()
    if not fields.get(field):
        return await _pair(
            request, {field: _("Write why, for whoever sees both the next time.")}, fields
        )
    async with request.console.sessions.begin() as session:
        both = await _both(request, session)
        if both is None:
            return refused(request, HTTPStatus.NOT_FOUND)
        await step(
            session, both[0].entry, both[1].entry, actor=request.operator.name,
            reason=fields[field], now=request.now,
        )  # fmt: skip
    return see_other(request, f"{_HOME}?country={both[0].country}", said)


async def _pair(
    request: ConsoleRequest, errors: Mapping[str, str], fields: Mapping[str, str]
) -> Response:
    async with request.console.sessions() as session:
        both = await _both(request, session)
        if both is None:
            return refused(request, HTTPStatus.NOT_FOUND)
        left, right = both
        said = await different.said_of(session, left.entry, right.entry)
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
        different=said,
        rows=side_by_side(left.body, right.body),
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


ROUTES = (home, pair, merge, say_different, offer_again)

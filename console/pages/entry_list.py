"""Lists of entries: by country, state and owner; by words, which never stand in an address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import Response

from console.answers import page, see_other
from console.author_words import by
from console.context import ConsoleRequest
from console.entries import FACTS, OPEN, part_in, path_of, permission
from console.entry_desk import desk_for
from console.entry_routes import both
from console.entry_words import STATES, countries_of, tags_of, title_of, where_of
from console.forms.field import Situation
from console.forms.registry import FORMS
from console.listed import whole
from console.part_words import PARTS
from console.routing import ConsoleRoute, route
from directory import revisions
from directory.browsing import MOST, Wanted, browse, count
from directory.parts import Part
from directory.queries import countries
from directory.revisions import State

_PAGE = 25
_LAST = MOST // _PAGE  # page; whoever looks further chooses a country or writes a word
_FOUND = 50  # by words; whoever gets more writes another word
_STATES = ("published", "in_review", "draft", "retired")


@route("/facts", "fact.see")
async def facts(request: ConsoleRequest) -> Response:
    """Lead to the facts that are looked at most."""
    return see_other(request, path_of(Part.RIGHTS))


@both("", "see")
async def listed(request: ConsoleRequest) -> Response:
    """Show entries by the codes in the address: country, state, owner, page."""
    asked = request.query_params
    number = min(max(1, whole(asked.get("page", "")) or 1), _LAST)
    return await _shown(request, dict(asked), words=(), number=number)


@both("", "see", ("POST",))
async def searched(request: ConsoleRequest) -> Response:
    """Show the entries in which some words stand."""
    asked = await request.fields()
    return await _shown(request, asked, words=asked.get("words", "").split()[:8], number=1)


async def _shown(
    request: ConsoleRequest, asked: dict[str, str], *, words: Sequence[str], number: int
) -> Response:
    part = part_in(request)
    state = asked.get("state") if asked.get("state") in _STATES else _STATES[0]
    operator = request.operator
    async with request.console.sessions() as session:
        known = await countries(session)
        country = asked.get("country") if asked.get("country") in known else None
        own = asked.get("whose") == "ours" and operator.organisation
        wanted = Wanted(part, country, str(state), own or None, words)
        desk = await desk_for(request, session, _formed(part), country)
        if state in set(OPEN):
            rows = await _versions(session, wanted, desk.situation)
            last = 1
        else:
            limit = _FOUND if words else _PAGE
            found = await browse(session, wanted, limit=limit, offset=_PAGE * (number - 1))
            rows = [_row(part, one.entry, one.country, one.body, desk.situation) for one in found]
            last = 1 if words else -(-await count(session, wanted) // _PAGE)
    return page(
        request, "entry_list.html", part=part, path=path_of(part), rows=rows, words=" ".join(words),
        country=country or "", state=state, whose="ours" if own else "", number=number, last=last,
        title=PARTS[part], countries=countries_of(known), full=len(rows) == _FOUND,
        states=[(code, STATES[code][0]) for code in _STATES],
        parts=[] if part is Part.SERVICES else [(path_of(one), PARTS[one]) for one in FACTS],
        may_add=part in FORMS and operator.may(permission(part, "edit")),
        address=_address(path_of(part), country, state, own=bool(own)),
    )  # fmt: skip


async def _versions(
    session: AsyncSession, wanted: Wanted, situation: Situation
) -> list[dict[str, Any]]:
    """Return the drafts or the versions in review of a part, the longest waiting first."""
    found = await revisions.waiting(session, State(wanted.state))
    rows = []
    for one in found:
        if one.part != wanted.part or wanted.country not in (None, one.country):
            continue
        row = _row(wanted.part, one.entry, one.country, one.body, situation)
        if all(word.casefold() in row["title"].casefold() for word in wanted.words):
            path = f"{path_of(wanted.part)}/{one.entry}/versions/{one.id}"
            rows.append({**row, "path": path, "author": by(one.author), "at": one.created_at})
    return rows


def _row(
    part: Part, entry: str, country: str | None, body: Any, situation: Situation
) -> dict[str, Any]:
    here = replace(situation, country=country or "")
    return {
        "id": entry, "path": f"{path_of(part)}/{entry}", "country": country or "",
        "title": title_of(part, body, here), "where": where_of(part, body),
        "tags": tags_of(part, body, here), "author": None, "at": None,
    }  # fmt: skip


def _formed(part: Part) -> Part:
    """Return a part with a form, for the labels; every part has the same."""
    return part if part in FORMS else Part.SERVICES


def _address(path: str, country: str | None, state: str | None, *, own: bool) -> str:
    """Return the address of a list without its page."""
    codes = {"country": country, "state": state, "whose": "ours" if own else None}
    asked = "&".join(f"{name}={code}" for name, code in codes.items() if code)
    return f"{path}?{asked}"


ROUTES: Sequence[ConsoleRoute] = (facts, *listed, *searched)

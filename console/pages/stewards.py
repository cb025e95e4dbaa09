"""Naming who cares for what: an entry, a country, a language, a part, or everything."""

from __future__ import annotations

from starlette.responses import Response

from console.answers import see_other
from console.context import ConsoleRequest
from console.pages.organisations import HOME
from console.routing import route
from console.scoping import may_touch
from console.translation import _
from directory import audit, published
from directory.parts import Part
from directory.stewardship import EVERYTHING, assign

_LONGEST = 80  # characters of a name
_COUNTRY = 2  # letters


@route("/stewards", "organisation.edit", ("POST",))
async def name(request: ConsoleRequest) -> Response:
    """Name an organisation and a person for a scope; who cared for it before does no more."""
    told = await request.fields()
    part = Part(told["part"]) if told.get("part") in set(Part) else None
    scope, organisation = told.get("scope") or EVERYTHING, told.get("organisation", "")
    steward = told.get("steward", "")
    async with request.console.sessions.begin() as session:
        known = await published.get(session, Part.ORGANISATIONS, organisation)
        problem = ""
        if known is None or known.is_retired:
            problem = _("Choose an organisation.")
        elif not steward or len(steward) > _LONGEST:
            problem = _("Write the name of a person.")
        elif not may_touch(request.operator, owner=None, country=_country(scope)):
            problem = _("That is beyond what you keep true.")
        if problem:
            return see_other(request, HOME, problem, kind="fault")
        await assign(session, part=part, scope=scope, organisation=organisation, steward=steward)
        await audit.record(
            session, at=request.now, actor=request.operator.name, action="name steward",
            part=part, entry=scope, after={"organisation": organisation, "steward": steward},
        )  # fmt: skip
    return see_other(request, HOME, _("%(name)s cares for it now.") % {"name": steward})


def _country(scope: str) -> str | None:
    """Return the country of a scope: itself, or that of an id such as sv-s01."""
    start, dash, _rest = scope.partition("-")
    found = scope if len(scope) == _COUNTRY and scope.isupper() else start.upper() if dash else ""
    return found if len(found) == _COUNTRY else None


ROUTES = (name,)

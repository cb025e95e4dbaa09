"""One entry as its pages need it: what is published, its versions, who cares for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession
from starlette.exceptions import HTTPException

from console.context import ConsoleRequest
from console.operator import Operator
from console.scoping import may_touch
from directory import published, revisions
from directory.editing_tables import RevisionRow
from directory.parts import Part
from directory.published import Published
from directory.revisions import State
from directory.stewardship import Steward, steward_of

OPEN = (State.DRAFT, State.IN_REVIEW)
# Parts whose pages are below /facts; listings have their own.
FACTS = (
    Part.RIGHTS,
    Part.HELPLINES,
    Part.MYTHS,
    Part.PRACTICES,
    Part.GAP_NOTES,
    Part.ORGANISATIONS,
)
_NOT_SAID = frozenset({Part.GAP_NOTES, Part.ORGANISATIONS})  # in no answer of the chat


@dataclass(frozen=True)
class Entry:
    """One entry.

    Attributes:
        part: What it is a part of.
        id: Its id.
        country: ISO 3166-1 alpha-2, if it is of one.
        current: What is or was published; None: nothing yet.
        versions: Newest first.
        steward: Who cares for it, if anybody was named.
    """

    part: Part
    id: str
    country: str | None
    current: Published | None = field(repr=False)
    versions: Sequence[RevisionRow] = field(repr=False)
    steward: Steward | None

    @property
    def path(self) -> str:
        """The address of its page."""
        return f"{path_of(self.part)}/{self.id}"

    @property
    def body(self) -> Mapping[str, Any]:
        """What is published, or what its newest version says."""
        return self.current.body if self.current else self.versions[0].body

    @property
    def owner(self) -> str | None:
        """The id of the organisation it belongs to; an organisation is its own."""
        if self.part is Part.ORGANISATIONS:
            return self.id
        return str(self.body["owner"]) if self.body.get("owner") else self._stewards

    @property
    def _stewards(self) -> str | None:
        return self.steward.organisation if self.steward else None

    @property
    def is_said(self) -> bool:
        """Whether answers of the chat are made of it, so that there is something to preview."""
        return self.part not in _NOT_SAID

    def rights(self, operator: Operator, *steps: str) -> dict[str, bool]:
        """Return which steps an operator may take with it."""
        near = self.touchable(operator)
        return {step: near and operator.may(permission(self.part, step)) for step in steps}

    def touchable(self, operator: Operator) -> bool:
        """Return whether it is within an operator's reach."""
        return may_touch(operator, owner=self.owner, country=self.country)

    def open_of(self, author: str) -> RevisionRow | None:
        """Return the newest draft or version in review that somebody wrote."""
        return next((v for v in self.versions if v.author == author and v.state in OPEN), None)

    def sent_back_to(self, author: str) -> RevisionRow | None:
        """Return somebody's last version where a reviewer sent it back and nothing came after."""
        last = next((v for v in self.versions if v.author == author), None)
        if last is None or last.state != State.REJECTED or last.reviewer == author:
            return None
        return last if last.based_on == self._revision else None

    def is_stale(self, version: RevisionRow) -> bool:
        """Return whether something newer was published since a version was made."""
        return version.state in OPEN and version.based_on != self._revision

    @property
    def _revision(self) -> int | None:
        return self.current.revision if self.current else None

    def version(self, number: int) -> RevisionRow:
        """Return one version. Raises HTTPException: it is none of this entry's."""
        found = next((one for one in self.versions if one.id == number), None)
        if found is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        return found


def permission(part: Part, step: str) -> str:
    """Return the permission that a step with an entry of a part needs, such as ``edit``."""
    return f"{'listing' if part is Part.SERVICES else 'fact'}.{step}"


def path_of(part: Part) -> str:
    """Return the address of the list of a part."""
    return "/listings" if part is Part.SERVICES else f"/facts/{part}"


def part_in(request: ConsoleRequest) -> Part:
    """Return the part that an address names. Raises HTTPException: there is none."""
    named = request.path_params.get("part")
    if named is None:
        return Part.SERVICES
    if named not in set(FACTS):
        raise HTTPException(HTTPStatus.NOT_FOUND)
    return Part(named)


async def entry_in(request: ConsoleRequest, session: AsyncSession, *, touch: bool = False) -> Entry:
    """Return the entry that an address names.

    Args:
        request: With its address.
        session: An open session.
        touch: Whether the operator wants to change it.

    Raises:
        HTTPException: There is none, or it is out of the operator's reach.
    """
    part, own = part_in(request), request.path_params["entry"]
    current = await published.get(session, part, own)
    versions = await revisions.history(session, part, own)
    if current is None and not versions:
        raise HTTPException(HTTPStatus.NOT_FOUND)
    country = current.country if current else versions[0].country
    steward = await steward_of(session, part, own, country=country)
    entry = Entry(part, own, country, current, versions, steward)
    if touch and not entry.touchable(request.operator):
        raise HTTPException(HTTPStatus.FORBIDDEN)
    return entry

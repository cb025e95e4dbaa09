"""What is decided about a version: published, rejected, and later retired."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from directory import audit, published, publishing
from directory.bodies import HasMessage
from directory.card_facts import demand_facts_hold
from directory.editing_tables import RevisionRow
from directory.gazetteer import Gazetteer
from directory.guards import demand_not_needed, demand_still_reachable
from directory.parts import Origin, Part
from directory.refusals import OwnWorkError, RevisionError, StaleError
from directory.revisions.drafting import draft
from directory.revisions.offered import keep_offers
from directory.revisions.versions import State, base_of, end, locked, write_down
from directory.withheld import is_withheld
from directory.withholding import withhold


async def publish(
    session: AsyncSession,
    revision: int,
    *,
    actor: str,
    places: Gazetteer,
    now: datetime,
    alone: bool = False,
) -> RevisionRow:
    """Publish a version in review; return it. Chat says it from the commit on.

    Raises:
        OwnWorkError: The actor wrote it, and did not say that they are alone.
        StaleError: Something newer was published since it was made.
        FactGoneError: It is a card, and a fact that it names does not hold any more.
        RevisionError: It is not in review, or would leave danger without a line.
        UnknownCountryError: There is no pack for its country.
    """
    found = await locked(session, revision, State.IN_REVIEW)
    if found.author == actor and not alone:
        raise OwnWorkError("somebody else has to look at what you wrote")
    await _put(session, found, actor=actor, places=places, now=now, alone=alone)
    return found


async def publish_now(
    session: AsyncSession,
    *,
    part: Part,
    entry: str,
    country: str | None,
    body: Mapping[str, Any],
    actor: str,
    reason: str,
    origin: Origin,
    places: Gazetteer,
    now: datetime,
    has_message: HasMessage | None = None,
) -> RevisionRow:
    """Publish a body in one step, for what needs no second pair of eyes: a pause, a confirmation.

    Raises BodyError, RevisionError, UnknownCountryError; nothing was changed then.
    """
    made = await draft(
        session, part=part, entry=entry, country=country, body=body, author=actor,
        reason=reason, now=now, origin=origin, has_message=has_message,
    )  # fmt: skip
    await _put(session, made, actor=actor, places=places, now=now, alone=False)
    return made


async def reject(
    session: AsyncSession, revision: int, *, actor: str, decision: str, now: datetime
) -> RevisionRow:
    """Send a version back with a word to its author; return it. Raises RevisionError."""
    found = await locked(session, revision, State.IN_REVIEW)
    found.state, found.reviewer, found.decided_at = State.REJECTED, actor, now
    found.decision = decision
    await write_down(session, found, "reject", actor=actor, at=now, reason=decision)
    return found


async def retire(
    session: AsyncSession, *, part: Part, entry: str, actor: str, reason: str, now: datetime
) -> None:
    """Take an entry out of all answers; it can be restored.

    Raises RevisionError: there is no such entry, or danger would be left without it.
    """
    current = await published.get(session, part, entry)
    if current is None or current.is_retired:
        raise RevisionError("it is not published")
    await demand_not_needed(session, current)
    await base_of(session, current)
    await publishing.retire(session, part, entry, at=now)
    await end(session, part, [entry], State.RETIRED)
    await audit.record(
        session, at=now, actor=actor, action="retire", part=part, entry=entry,
        before=current.body, reason=reason,
    )  # fmt: skip


async def _put(
    session: AsyncSession,
    found: RevisionRow,
    *,
    actor: str,
    places: Gazetteer,
    now: datetime,
    alone: bool,
) -> None:
    part = Part(found.part)
    current = await published.get(session, part, found.entry)
    if current is not None and current.revision != found.based_on:
        raise StaleError("something newer was published meanwhile: look at both, then edit again")
    await demand_still_reachable(session, part, found.entry, found.country, found.body)
    await demand_facts_hold(session, part, found.body)
    await end(session, part, [found.entry], State.SUPERSEDED)
    found.state, found.reviewer, found.decided_at = State.PUBLISHED, actor, now
    await session.flush()
    await publishing.put(
        session, part, found.entry, found.country, found.body, origin=Origin(found.origin),
        revision=found.id, at=now, places=places,
    )  # fmt: skip
    await keep_offers(session, part, [found.entry])
    action = "publish alone" if alone and found.author == actor else "publish"
    await write_down(
        session, found, action, actor=actor, at=now, before=current, reason=found.reason
    )
    if part is Part.SERVICES and is_withheld(found.body):
        # After the audit, which tells what it said before.
        await withhold(session, [found.entry], reason=found.reason)

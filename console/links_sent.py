"""What became of the links that were sent, for operators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from console.dates import day
from console.translation import N_, _
from delivery.notices import states_of
from directory.parts import Part
from directory.published import Published
from directory.verification_links import Way
from directory.verification_tables import RequestRow

_ANSWERS = {
    "confirm": N_("They confirmed it on %(day)s."),
    "change": N_("They proposed a change on %(day)s."),
    "pause": N_("They paused it on %(day)s."),
    "resume": N_("They take people again since %(day)s."),
    "not_us": N_("It reached somebody else, who said so on %(day)s."),
}
_PROBLEMS = {
    "no_server": N_("No mail server is set: pass on a link yourself."),
    "recipient": N_("The mail server does not take this address."),
    "address": N_("The published address is none."),
}
_REFUSED = N_("The mail server did not take it.")
_SMS = {
    "failed": N_("The SMS could not be sent."),
    "waiting": N_("The SMS waits to be sent."),
}
_WAYS = {
    Way.EMAIL: N_("by e-mail"),
    Way.SMS: N_("by SMS"),
    Way.COPY: N_("passed on by hand"),
}


@dataclass(frozen=True)
class LinkSent:
    """One request in words.

    Attributes:
        way: How it went.
        by: Who asked.
        told: What became of it.
        kind: Of the tag: good, warn, bad or plain.
    """

    way: str
    by: str
    told: str
    kind: str


async def sent_about(session: AsyncSession, entry: Published, *, now: datetime) -> list[LinkSent]:
    """Return the requests about an entry, newest first."""
    rows = select(RequestRow).where(RequestRow.part == entry.part, RequestRow.entry == entry.entry)
    found = list(await session.scalars(rows.order_by(RequestRow.id.desc()).limit(20)))
    return await _in_words(session, found, now)


async def last_of(
    session: AsyncSession, wanted: Sequence[tuple[Part | None, str]], *, now: datetime
) -> dict[tuple[Part | None, str], LinkSent]:
    """Return the newest request about each entry that has one."""
    pairs = tuple_(RequestRow.part, RequestRow.entry).in_([(str(p), e) for p, e in wanted])
    found = list(await session.scalars(select(RequestRow).where(pairs).order_by(RequestRow.id)))
    told = await _in_words(session, found, now)
    return {(Part(row.part), row.entry): one for row, one in zip(found, told, strict=True)}


async def _in_words(
    session: AsyncSession, rows: Sequence[RequestRow], now: datetime
) -> list[LinkSent]:
    states = await states_of(session, [row.id for row in rows if row.way == Way.SMS])
    return [
        LinkSent(_(_WAYS[Way(row.way)]), row.asked_by, *_told(row, states.get(row.id), now))
        for row in rows
    ]


def _told(row: RequestRow, sms: str | None, now: datetime) -> tuple[str, str]:
    if row.answer and row.answered_at:
        told = _(_ANSWERS[row.answer]) % {"day": day(row.answered_at.date())}
        return told, "bad" if row.answer == "not_us" else "good"
    ended = _("A newer link replaced it."), "plain"
    if row.revoked_at or row.expires_at <= now:
        return ended if row.revoked_at else (_("Nobody answered in three weeks."), "warn")
    if row.problem:
        return _(_PROBLEMS.get(row.problem, _REFUSED)), "bad"
    if sms in _SMS:
        return _(_SMS[sms]), "bad" if sms == "failed" else "warn"
    words = _("Sent on %(day)s, no answer yet; reminders: %(times)s.")
    asked = row.sent_at or row.created_at
    return words % {"day": day(asked.date()), "times": row.reminders}, "plain"

"""What checks found, kept for operators: it never changes what chat says.

Every entry has a row for the day on which its contacts were looked at and one for its links, and
one for each field that was found wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, and_, delete, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from directory import published
from directory.entry_tables import table_of
from directory.link_checks import DEAD, REFUSED
from directory.models import PUBLISHED
from directory.number_checks import WITH_CONTACTS, contact_faults
from directory.parts import CARDS, Part
from directory.verification_tables import CheckRow

CONTACTS, LINKS = "contacts", "links"  # the rows that say when an entry was looked at
WITH_LINKS = (Part.SERVICES, Part.HELPLINES, Part.RIGHTS, Part.ORGANISATIONS)
LINKS_AGAIN = timedelta(days=7)
_SURE = frozenset({DEAD, REFUSED})  # told at once; a server that fails may be back tomorrow
_TIMES = 2


@dataclass(frozen=True)
class Links:
    """The web addresses of an entry, by the path of their field."""

    part: Part
    entry: str
    urls: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True)
class Problem:
    """Something that a check found wrong."""

    part: Part
    entry: str
    country: str | None
    path: str
    code: str
    since: datetime
    body: Mapping[str, Any] = field(repr=False)


async def check_contacts(session: AsyncSession, *, now: datetime, most: int) -> int:
    """Look at numbers and addresses of entries that changed since; return how many entries."""
    looked = 0
    for part in WITH_CONTACTS:
        rows = await session.execute(_unseen(part, CONTACTS, most - looked))
        for entry, country, body in rows.all():
            found = dict(contact_faults(part, body, country))
            await _forget(session, part, entry, found, links=False)
            await _note(session, part, entry, {CONTACTS: None, **found}, now)
            looked += 1
    return looked


async def links_to_check(session: AsyncSession, *, now: datetime, most: int) -> list[Links]:
    """Return some entries whose links changed or were not looked at for a week."""
    found: list[Links] = []
    for part in WITH_LINKS:
        rows = await session.execute(
            _unseen(part, LINKS, most - len(found), before=now - LINKS_AGAIN)
        )
        found += [Links(part, entry, dict(_urls(part, body))) for entry, _, body in rows.all()]
    return found


async def note_links(
    session: AsyncSession, links: Links, found: Mapping[str, str | None], *, now: datetime
) -> None:
    """Keep what was found of an entry's links: a code of what is wrong by field, or None."""
    wrong = {path: problem for path, problem in found.items() if problem}
    await _forget(session, links.part, links.entry, wrong, links=True)
    await _note(session, links.part, links.entry, {LINKS: None, **wrong}, now)


async def problems(session: AsyncSession) -> list[Problem]:
    """Return what is wrong in what is published, the oldest first."""
    rows = await session.scalars(
        select(CheckRow)
        .where(
            CheckRow.problem.is_not(None),
            or_(
                CheckRow.times >= _TIMES,
                CheckRow.problem.in_(_SURE),
                CheckRow.problem.not_like("link_%"),
            ),
        )
        .order_by(CheckRow.since, CheckRow.part, CheckRow.entry, CheckRow.field)
    )
    found = list(rows)
    known: dict[tuple[str, str], published.Published] = {}
    for part in {Part(row.part) for row in found}:
        ids = [row.entry for row in found if row.part == part]
        entries = await published.get_many(session, part, ids)
        known |= {(part, name): one for name, one in entries.items() if not one.is_retired}
    return [_problem(row, one) for row in found if (one := known.get((row.part, row.entry)))]


def _problem(row: CheckRow, one: published.Published) -> Problem:
    since = row.since or row.checked_at
    code = row.problem or ""
    return Problem(one.part, one.entry, one.country, row.field, code, since, one.body)


def _urls(part: Part, body: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if part is Part.HELPLINES:
        for position, page in enumerate(body["web"]):
            yield f"web.{position}.url", page["url"]
    elif part is Part.RIGHTS:
        if url := body["source"].get("url"):
            yield "source.url", url
    elif url := body.get("url"):
        yield "url", url


def _unseen(
    part: Part, what: str, most: int, *, before: datetime | None = None
) -> Select[tuple[str, str, dict[str, Any]]]:
    """Return what selects entries that were never looked at, changed since, or long ago."""
    table: Any = table_of(part)
    seen = and_(CheckRow.part == part, CheckRow.entry == table.id, CheckRow.field == what)
    due = [CheckRow.checked_at.is_(None), CheckRow.checked_at < table.changed_at]
    if before is not None:
        due.append(CheckRow.checked_at < before)
    query = select(table.id, table.country, table.body).outerjoin(CheckRow, seen)
    if part in CARDS:
        query = query.where(table.part == part)
    return (
        query.where(table.state == PUBLISHED, or_(*due))
        .order_by(CheckRow.checked_at.nulls_first(), table.id)
        .limit(max(most, 0))
    )


async def _forget(
    session: AsyncSession, part: Part, entry: str, but: Sequence[str] | Mapping[str, Any],
    *, links: bool,
) -> None:  # fmt: skip
    """Remove what was found wrong before and is right now."""
    of_a_link = CheckRow.problem.like("link_%")
    await session.execute(
        delete(CheckRow).where(
            CheckRow.part == part,
            CheckRow.entry == entry,
            CheckRow.problem.is_not(None),
            of_a_link if links else ~of_a_link,
            CheckRow.field.not_in([*but]),
        )
    )


async def _note(
    session: AsyncSession, part: Part, entry: str, found: Mapping[str, str | None], now: datetime
) -> None:
    for path, problem in found.items():
        wrong = problem is not None
        row = insert(CheckRow).values(
            part=part, entry=entry, field=path, problem=problem, checked_at=now,
            times=int(wrong), since=now if wrong else None,
        )  # fmt: skip
        kept = {
            "problem": problem,
            "checked_at": now,
            "times": CheckRow.times + 1 if wrong else 0,
        }
        await session.execute(
            row.on_conflict_do_update(index_elements=["part", "entry", "field"], set_=kept)
        )

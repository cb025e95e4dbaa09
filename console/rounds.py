"""What the console does by itself, once an hour: asks, reminds, checks, and ends pauses.

It asks only organisations that agreed to be asked without an operator. Two processes never do the
same twice: whoever holds the lock does the round, the others leave it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

import httpx
import structlog
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from console.asking import remind, send_link
from console.contacts import contacts_of
from console.context import Console
from content.due import due
from directory import published
from directory.checks import Links, check_contacts, links_to_check, note_links
from directory.conflicts import note_conflicts
from directory.hsds.pauses import end_pauses
from directory.link_checks import REFUSED, SLOW, UNREACHABLE, LinkChecks, resolve
from directory.models import PackRow
from directory.pack_files import pack_folders, read_pack
from directory.verification_asked import asked_lately, to_remind
from directory.verification_links import ASKED, Way
from directory.verification_tables import WishRow

EVERY = 3600.0  # seconds
_FIRST = 60.0  # seconds; what is only tried out asks nobody
BY_ITSELF = "console"  # who asked, in the audit
_AWAY = frozenset({UNREACHABLE, SLOW})
_FEW = 5
_LOCK = 0x726F756E
_MOST_ASKED = 50  # in one round
_MOST_OF_ONE = 5  # of one organisation in one round: nobody likes fifty mails
_MOST_ENTRIES = 2000  # whose numbers are looked at
_MOST_LINKS = 40  # entries whose links are looked at

log = structlog.get_logger()


@dataclass(frozen=True)
class Done:
    """What a round did; numbers of each."""

    asked: int = 0
    reminded: int = 0
    contacts: int = 0
    links: int = 0
    conflicts: int = 0
    reopened: int = 0


async def run_rounds(console: Console, *, every: float = EVERY) -> None:
    """Do a round in a minute and then every hour until cancelled."""
    rounds = Rounds(console)
    await asyncio.sleep(min(_FIRST, every))
    while True:
        try:
            await rounds.look()
        except Exception as error:  # noqa: BLE001 -- the next round makes up for this one
            log.warning("round not done", error=type(error).__name__)
        await asyncio.sleep(every)


class Rounds:
    """Does rounds.

    Args:
        console: The console's parts.
        links: Asks for web addresses; made for each round where there is none.
    """

    def __init__(self, console: Console, links: LinkChecks | None = None) -> None:
        self._console = console
        self._links = links
        self._packs: tuple[tuple[str, str], ...] | None = None

    async def look(self) -> Done | None:
        """Do one round and return what was done; None where another process is at it."""
        async with self._alone() as alone:
            if not alone:
                return None
            now = self._console.clock()
            return Done(
                asked=await self._ask(now),
                reminded=await self._remind(now),
                contacts=await self._check_contacts(now),
                links=await self._check_links(now),
                conflicts=await self._check_packs(now),
                reopened=await self._end_pauses(now),
            )

    @asynccontextmanager
    async def _alone(self) -> AsyncIterator[bool]:
        """Give whether nobody else is at it; the lock is gone with its connection."""
        engine: AsyncEngine = self._console.sessions.kw["bind"]
        async with engine.connect() as plain:
            held = await plain.execution_options(isolation_level="AUTOCOMMIT")
            lock = {"lock": _LOCK}
            got = await held.execute(text("SELECT pg_try_advisory_lock(:lock)"), lock)
            alone = bool(got.scalar_one())
            try:
                yield alone
            finally:
                if alone:
                    await held.execute(text("SELECT pg_advisory_unlock(:lock)"), lock)

    async def _ask(self, now: datetime) -> int:
        async with self._console.sessions() as session:
            wanted = await self._to_ask(session, now)
        for entry, way in wanted:
            await send_link(self._console, entry, way, asked_by=BY_ITSELF, now=now)
        return len(wanted)

    async def _to_ask(
        self, session: AsyncSession, now: datetime
    ) -> list[tuple[published.Published, Way]]:
        agreed = set(await session.scalars(select(WishRow.organisation).where(WishRow.automatic)))
        if not agreed:
            return []
        asked = await asked_lately(session, now=now)
        times: dict[str, int] = {}
        found: list[tuple[published.Published, Way]] = []
        for one in await due(session, now.date(), parts=ASKED):
            entry = await published.get(session, one.part, one.entry)
            if (one.part, one.entry) in asked or entry is None or entry.is_retired:
                continue
            contacts = await contacts_of(session, entry)
            organisation, way = contacts.organisation, contacts.ways()[0]
            if organisation not in agreed or organisation is None or way is Way.COPY:
                continue
            times[organisation] = times.get(organisation, 0) + 1
            if times[organisation] <= _MOST_OF_ONE:
                found.append((entry, way))
            if len(found) == _MOST_ASKED:
                break
        return found

    async def _remind(self, now: datetime) -> int:
        async with self._console.sessions.begin() as session:
            wanted = [request.id for request in await to_remind(session, now=now)]
        sent = [await remind(self._console, request, now=now) for request in wanted[:_MOST_ASKED]]
        return sum(one is not None for one in sent)

    async def _check_contacts(self, now: datetime) -> int:
        async with self._console.sessions.begin() as session:
            return await check_contacts(session, now=now, most=_MOST_ENTRIES)

    async def _check_links(self, now: datetime) -> int:
        async with self._console.sessions() as session:
            wanted = await links_to_check(session, now=now, most=_MOST_LINKS)
        if self._links is not None:
            await self._ask_for(wanted, self._links, now)
        elif wanted:
            async with httpx.AsyncClient(trust_env=False) as client:
                await self._ask_for(wanted, LinkChecks(client, resolve), now)
        return len(wanted)

    async def _ask_for(self, wanted: list[Links], checks: LinkChecks, now: datetime) -> None:
        """Ask for one address after the other: no server gets two questions at once."""
        known: dict[str, str | None] = {}
        for url in (url for links in wanted for url in links.urls.values()):
            if url not in known:
                known[url] = await checks.problem_of(url)
        told = [problem for problem in known.values() if problem != REFUSED]
        if len(told) >= _FEW and all(problem in _AWAY for problem in told):
            log.info("no link answers: we are offline")
            return
        async with self._console.sessions.begin() as session:
            for links in wanted:
                found = {path: known[url] for path, url in links.urls.items()}
                await note_links(session, links, found, now=now)

    async def _end_pauses(self, now: datetime) -> int:
        """Let the public directory say by itself that a pause is over, as chat does."""
        async with self._console.sessions.begin() as session:
            return await end_pauses(session, now=now)

    async def _check_packs(self, now: datetime) -> int:
        """Compare operators' work with the packs, whenever other packs were loaded."""
        async with self._console.sessions() as session:
            rows = await session.execute(select(PackRow.country, PackRow.digest))
            loaded = tuple(sorted((country, digest) for country, digest in rows))
        if loaded == self._packs:
            return 0
        here = {country for country, _ in loaded}
        folders = [one for one in pack_folders(self._console.data / "packs") if one.name in here]
        read = await asyncio.to_thread(lambda: [read_pack(one)[0] for one in folders])
        async with self._console.sessions.begin() as session:
            found = await note_conflicts(session, [one for one in read if one], now=now)
        self._packs = loaded
        return found

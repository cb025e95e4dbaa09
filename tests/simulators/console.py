"""Browsers that are signed in to a console, and a clock that tests move."""

from __future__ import annotations

import itertools
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import httpx
from starlette.applications import Starlette

from console import sessions
from console.context import Console
from console.models import OperatorRow

URL = "http://127.0.0.1:8001"
BEGAN = datetime(2026, 3, 2, 9, tzinfo=UTC)
_counter = itertools.count(1)


@dataclass
class Clock:
    """A clock that moves when a test says so."""

    at: datetime = BEGAN

    def __call__(self) -> datetime:
        return self.at

    def passes(self, **time: float) -> None:
        self.at += timedelta(**time)


@dataclass
class Browsers:
    """Opens browsers, signed in or not, in Spanish or another language."""

    app: Starlette
    console: Console
    opened: list[httpx.AsyncClient] = field(default_factory=list)

    def stranger(self, language: str = "en", address: str = "192.0.2.1") -> httpx.AsyncClient:
        """Return a browser in which nobody is signed in; it sends our own origin."""
        client = httpx.AsyncClient(
            transport=httpx.ASGITransport(
                app=self.app, raise_app_exceptions=False, client=(address, 4000)
            ),
            base_url=URL,
            headers={"Origin": URL, "Accept-Language": language},
        )
        self.opened.append(client)
        return client

    async def signed_in(
        self,
        role: str,
        *,
        name: str | None = None,
        organisation: str | None = None,
        countries: tuple[str, ...] = (),
        languages: tuple[str, ...] = (),
        locale: str = "en",
    ) -> httpx.AsyncClient:
        """Return a browser in which somebody new with a role is signed in."""
        named = name or f"{role} {next(_counter)}"
        now = self.console.clock()
        row = OperatorRow(
            name=named,
            name_key=named.casefold(),
            role=role,
            organisation=organisation,
            countries=[*countries],
            languages=[*languages],
            locale=locale,
            created_at=now,
        )
        async with self.console.sessions.begin() as session:
            session.add(row)
            await session.flush()
            token = await sessions.begin(self.console, session, row.id, now=now)
        client = self.stranger(locale)
        client.cookies.set("faro-session", token)
        return client


ClientAs = Callable[..., Awaitable[httpx.AsyncClient]]

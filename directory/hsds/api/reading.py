"""The answers of the API, each from one look at the database."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Annotated, Any

from fastapi import Query
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from directory.hsds import fetch
from directory.hsds.api import found
from directory.hsds.api.paging import page_of
from directory.hsds.api.questions import (
    AtLocations,
    Organizations,
    Paged,
    Searched,
    Services,
    Terms,
    Wanted,
)
from directory.hsds.api.wanted import query_of
from directory.hsds.json_form import Tree
from directory.hsds.profile import profile_document
from directory.search import search

VERSION = "3.0"
_PATIENCE = "2s"  # of the database, for one statement
type Json = dict[str, Any]


class Reading:
    """Answers, each from one look at the database."""

    def __init__(self, engine: AsyncEngine, url: str, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._url = url
        self._clock = clock

    async def root(self) -> Json:
        """Say which HSDS this is, and where its profile and description are."""
        return {
            "version": VERSION,
            "profile": f"{self._url}/profile",
            "openapi_url": f"{self._url}/openapi.json",
        }

    async def profile(self) -> Json:
        """Return our profile: the taxonomies of our attributes, and what they mean."""
        return profile_document()

    async def services(self, asked: Annotated[Services, Query()]) -> Json:
        """Return a page of services; with ``full`` with all that belongs to them."""
        async with self._session() as session:
            if asked.minimal:
                total, rows = await found.minimal(session, asked)
                return page_of(total, rows, asked)
            total, ids = await found.services(session, asked)
            tree = Tree(await fetch.services(session, ids, only_rows=not asked.full))
        return page_of(total, _each(tree.service if asked.full else tree.service_row, ids), asked)

    async def near(self, wanted: Wanted) -> Json:
        """Return services that fit, the nearest or best first, each with all that belongs to it.

        One page: whoever wants more asks for more at once.
        """
        async with self._session() as session:
            listings = await search(session, query_of(wanted), now=self._clock())
            ids = await found.of_entries(session, [one.id for one in listings])
            tree = Tree(await fetch.services(session, ids))
        asked = Paged(per_page=wanted.per_page)
        return page_of(len(ids), _each(tree.service, ids), asked)

    async def service(self, id: str) -> Json:  # noqa: A002 -- the name in HSDS's path
        """Return a service with all that belongs to it."""
        async with self._session() as session:
            return _one(Tree(await fetch.services(session, [id])).service, id)

    async def at_locations(self, asked: Annotated[AtLocations, Query()]) -> Json:
        """Return a page of services at locations."""
        async with self._session() as session:
            total, ids = await found.at_locations(session, asked)
            tree = Tree(await fetch.at_locations(session, ids))
        told = tree.at_location if asked.full else tree.at_location_row
        return page_of(total, _each(told, ids), asked)

    async def at_location(self, id: str) -> Json:  # noqa: A002 -- the name in HSDS's path
        """Return a service at a location, with both."""
        async with self._session() as session:
            return _one(Tree(await fetch.at_locations(session, [id])).at_location, id)

    async def organizations(self, asked: Annotated[Organizations, Query()]) -> Json:
        """Return a page of organizations."""
        full = asked.full or asked.full_service
        async with self._session() as session:
            total, ids = await found.organizations(session, asked)
            tree = Tree(await fetch.organizations(session, ids))
        told = tree.organization if full else tree.organization_row
        return page_of(total, _each(told, ids), asked)

    async def organization(self, id: str, *, full_service: bool = True) -> Json:  # noqa: A002 -- the name in HSDS's path
        """Return an organization; with ``full_service`` with all of its services."""
        async with self._session() as session:
            tree = Tree(await fetch.organizations(session, [id]))
        told = _one(tree.organization, id)
        if not full_service:
            short = [
                {key: one[key] for key in ("id", "name", "status")}
                for one in told.get("services", [])
            ]
            told = {**told, "services": short}
        return told

    async def taxonomies(self, asked: Annotated[Searched, Query()]) -> Json:
        """Return a page of taxonomies."""
        async with self._session() as session:
            total, ids = await found.taxonomies(session, asked)
            rows = await fetch.rows_of(session, "taxonomy", "id", ids)
        return page_of(total, _each(_plain(rows), ids), asked)

    async def taxonomy(self, id: str) -> Json:  # noqa: A002 -- the name in HSDS's path
        """Return a taxonomy."""
        async with self._session() as session:
            return _one(_plain(await fetch.rows_of(session, "taxonomy", "id", [id])), id)

    async def terms(self, asked: Annotated[Terms, Query()]) -> Json:
        """Return a page of terms, each with its taxonomy."""
        async with self._session() as session:
            total, ids = await found.terms(session, asked)
            tree = await _terms(session, ids)
        return page_of(total, _each(tree, ids), asked)

    async def term(self, id: str) -> Json:  # noqa: A002 -- the name in HSDS's path
        """Return a term with its taxonomy."""
        async with self._session() as session:
            return _one(await _terms(session, [id]), id)

    @asynccontextmanager
    async def _session(self) -> AsyncIterator[AsyncSession]:
        """Give a session whose statements end before they cost a person's answer its time."""
        async with AsyncSession(self._engine) as session:
            await session.execute(text(f"SET LOCAL statement_timeout = '{_PATIENCE}'"))
            yield session


class NotThereError(LookupError):
    """No entity has that id."""


def _each(told: Callable[[str], Json], ids: Iterable[str]) -> list[Json]:
    return [told(one) for one in ids]


def _one(told: Callable[[str], Json], row: str) -> Json:
    try:
        return told(row)
    except KeyError:
        raise NotThereError from None


def _plain(rows: Iterable[Json]) -> Callable[[str], Json]:
    known = {row["id"]: {k: v for k, v in row.items() if k != "ordinal"} for row in rows}
    return known.__getitem__


async def _terms(session: AsyncSession, ids: Iterable[str]) -> Callable[[str], Json]:
    rows = await fetch.rows_of(session, "taxonomy_term", "id", ids)
    of = [row["taxonomy_id"] for row in rows if row.get("taxonomy_id")]
    tree = Tree(
        {"taxonomy_term": rows, "taxonomy": await fetch.rows_of(session, "taxonomy", "id", of)}
    )
    return lambda one: tree.of("taxonomy_term", one)

"""Which rows a question finds: how many, and the ids of one page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from directory.hsds.api.near_postcode import at_postcode
from directory.hsds.api.questions import (
    AtLocations,
    Organizations,
    Paged,
    Searched,
    Services,
    Terms,
)
from directory.hsds.ids import record_id
from directory.hsds.models import (
    Attribute,
    Organization,
    Service,
    ServiceAtLocation,
    Taxonomy,
    TaxonomyTerm,
)

type Found = tuple[int, Sequence[str]]
_CONFIG = "simple"  # words of 19 countries: no stemming of one language


async def services(session: AsyncSession, asked: Services | AtLocations) -> Found:
    """Return how many services fit, and the ids of those on the page."""
    return await _page(session, _services(asked, select(Service.id)), Service.id, asked)


async def minimal(session: AsyncSession, asked: Services) -> tuple[int, list[dict[str, Any]]]:
    """Return how many services fit, and of those on the page id and time of the last change."""
    total, ids = await services(session, asked)
    query = select(Service.id, Service.last_modified).where(Service.id.in_(ids))
    known = {row: moment for row, moment in await session.execute(query)}  # noqa: C416 -- rows
    return total, [{"id": one, "modified_date": _moment(known.get(one))} for one in ids]


async def at_locations(session: AsyncSession, asked: AtLocations) -> Found:
    """Return how many services at locations fit, and the ids of those on the page."""
    query = _services(asked, select(ServiceAtLocation.id).join(Service))
    if asked.postcode:
        query = query.where(await at_postcode(session, asked.postcode, asked.proximity))
    return await _page(session, query, ServiceAtLocation.id, asked)


async def of_entries(session: AsyncSession, entries: Sequence[str]) -> list[str]:
    """Return the ids of the services that stand for our listings, in the same order.

    A service that came in with an id of its own keeps it, so the attribute is asked that says
    which listing it is.
    """
    records = {record_id(entry): entry for entry in entries}
    query = select(Attribute.id, Attribute.link_id).where(Attribute.id.in_(records))
    known = {records[row]: service for row, service in await session.execute(query)}
    return [known[entry] for entry in entries if entry in known]


async def organizations(session: AsyncSession, asked: Organizations) -> Found:
    """Return how many organizations fit, and the ids of those on the page."""
    query = select(Organization.id)
    if asked.search:
        query = query.where(_has_words(asked.search, Organization.name, Organization.description))
    return await _page(session, query, Organization.id, asked)


async def taxonomies(session: AsyncSession, asked: Searched) -> Found:
    """Return how many taxonomies fit, and the ids of those on the page."""
    query = select(Taxonomy.id)
    if asked.search:
        query = query.where(_has_words(asked.search, Taxonomy.name, Taxonomy.description))
    return await _page(session, query, Taxonomy.id, asked)


async def terms(session: AsyncSession, asked: Terms) -> Found:
    """Return how many terms fit, and the ids of those on the page."""
    query = select(TaxonomyTerm.id)
    if asked.search:
        query = query.where(_has_words(asked.search, TaxonomyTerm.name, TaxonomyTerm.description))
    if asked.taxonomy_id:
        query = query.where(TaxonomyTerm.taxonomy_id == asked.taxonomy_id)
    if asked.parent_id:
        query = query.where(TaxonomyTerm.parent_id == asked.parent_id)
    if asked.top_only:
        query = query.where(TaxonomyTerm.parent_id.is_(None))
    return await _page(session, query, TaxonomyTerm.id, asked)


def _services(asked: Services | AtLocations, query: Select[str]) -> Select[str]:
    if asked.search:
        query = query.where(_has_words(asked.search, Service.name, Service.description))
    if asked.organization_id:
        query = query.where(Service.organization_id == asked.organization_id)
    if asked.modified_after:
        query = query.where(Service.last_modified >= asked.modified_after)
    if asked.taxonomy_term_id or asked.taxonomy_id:
        said = select(Attribute.link_id).where(Attribute.link_entity == "service")
        if asked.taxonomy_term_id:
            said = said.where(Attribute.taxonomy_term_id == asked.taxonomy_term_id)
        if asked.taxonomy_id:
            said = said.join(TaxonomyTerm, TaxonomyTerm.id == Attribute.taxonomy_term_id)
            said = said.where(TaxonomyTerm.taxonomy_id == asked.taxonomy_id)
        query = query.where(Service.id.in_(said))
    return query


def _has_words(words: str, *columns: Any) -> Any:
    text = func.concat_ws(" ", *columns)
    return func.to_tsvector(_CONFIG, text).op("@@")(func.websearch_to_tsquery(_CONFIG, words))


async def _page(session: AsyncSession, query: Select[str], order: Any, asked: Paged) -> Found:
    total = select(func.count()).select_from(query.subquery())
    page = query.order_by(order).limit(asked.per_page).offset(asked.offset)
    return (await session.execute(total)).scalar_one(), list(await session.scalars(page))


def _moment(moment: Any) -> str | None:
    return None if moment is None else moment.isoformat()

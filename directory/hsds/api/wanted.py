"""From what somebody asks the API for to a question to the listings."""

from __future__ import annotations

from directory.great_circle import Point
from directory.hsds.api.questions import Wanted
from directory.search_query import Order, Query


def query_of(wanted: Wanted) -> Query:
    """Return the question; with a point, what is nearest comes first."""
    here = Point(wanted.near.latitude, wanted.near.longitude) if wanted.near else None
    return Query(
        here=here,
        city=wanted.city,
        country=wanted.country,
        remote=bool(wanted.remote),
        kinds=tuple(wanted.kinds),
        layers=tuple(wanted.layers),
        audience=wanted.audience,
        status=wanted.legal_status,
        language=wanted.language,
        costs=(wanted.cost,) if wanted.cost else (),
        accessibility=tuple(wanted.accessibility),
        open_now=wanted.open_now,
        order=Order.NEAREST if here else Order.BEST,
        limit=wanted.per_page,
    )

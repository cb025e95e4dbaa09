"""A question to the listings, and the conditions that the search table is asked with."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import Enum
from typing import Any

from directory.great_circle import Point
from directory.open_now import WEEK, Moment
from directory.search_tokens import (
    SHUT,
    all_of,
    any_of,
    of_access,
    of_country,
    of_kind,
    of_language,
    of_layer,
    of_region,
    pairs_of,
)

_OPEN_NOW = 0.25  # of what has opening hours and of what has none, by day
HIDDEN_AFTER = timedelta(days=365)  # since somebody last verified it, as in content.freshness


class Order(Enum):
    """What comes first: what fits best and is near, or simply what is nearest."""

    BEST = "best"
    NEAREST = "nearest"


@dataclass(frozen=True)
class Query:
    """What somebody looks for. Every field that is set narrows it down.

    Attributes:
        here: Where they are; nearest first, and without it no distance is known.
        within_km: What is further than this from ``here`` is left out.
        city: GeoNames number; only places in this city.
        region: Name of a region of ``country``, as its pack writes it.
        country: ISO 3166-1 alpha-2.
        remote: Only what is reached from anywhere.
        kinds: At least one of these, best fit first.
        layers: At least one of these.
        audience: For these people, for any, or without saying for whom.
        status: The same; ``prefer_not_to_say`` is no condition.
        language: BCP 47 tag; spoken there or interpreted.
        costs: One of these.
        accessibility: All of these.
        capacity: One of these.
        taking: Only what takes new people: not full, and not paused.
        open_now: Only what is known to be open at this moment.
        public_first: Whether the state's own services come first among equals.
        order: What comes first.
        limit: How many at most.
        offset: How many to leave out before them.
    """

    here: Point | None = field(default=None, repr=False)
    within_km: float | None = None
    city: int | None = field(default=None, repr=False)
    region: str | None = field(default=None, repr=False)
    country: str | None = None
    remote: bool = False
    kinds: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()
    audience: str | None = None
    status: str | None = None
    language: str | None = None
    costs: tuple[str, ...] = ()
    accessibility: tuple[str, ...] = ()
    capacity: tuple[str, ...] = ()
    taking: bool = False
    open_now: bool = False
    public_first: bool = False
    order: Order = Order.BEST
    limit: int = 3
    offset: int = 0


@dataclass(frozen=True)
class Condition:
    """What rows of the search table must fulfil.

    Attributes:
        codes: A ``tsquery`` for each condition on codes; all must hold. None denies a code: what
            holds for one listing at a point holds for the codes of all that are there.
        others: SQL on the other columns; all must hold.
        place: SQL for where it must be.
        kinds: One of these must be had; empty: any. The codes say so, too.
        odds: The share of what has the codes that is likely to fulfil the others.
        values: What stands in them.
    """

    codes: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    place: str = ""
    kinds: tuple[str, ...] = ()
    odds: float = 1.0
    values: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def tsquery(self) -> str:
        """All codes as one ``tsquery``; empty where there is no condition."""
        return all_of(self.codes)

    def also(self, *codes: str) -> Condition:
        """Return the same with more conditions on codes."""
        return replace(self, codes=(*self.codes, *codes))

    def where(self) -> str:
        """Return the SQL of the other conditions, after an AND.

        The planner takes each of them to be rare and would rather read everything that has the
        codes; of a CASE it believes that it holds for half.
        """
        holds = " AND ".join(self.others)
        all_others = f" AND CASE WHEN {holds} THEN TRUE ELSE FALSE END" if holds else ""
        return all_others + self.place


def condition(
    query: Query, today: date | None, moments: Mapping[str, Sequence[Moment]] | None = None
) -> Condition:
    """Return what a question asks of the rows of the search table.

    Args:
        query: The question.
        today: The day of the question; what is not in force or was left alone is left out.
            None leaves nothing out for its dates.
        moments: What the moment of the question is, by ``CA America/Toronto`` in a time zone of a
            country, and by ``CA`` in each of them: a place of unknown zone is open if it is in all.
    """
    others: list[str] = []
    values: dict[str, Any] = {}
    if today is not None:
        others += _SHOWN
        values |= {"today": today, "kept": today - HIDDEN_AFTER}
    if query.taking:
        others.append("NOT tokens @@ CAST(:shut AS tsquery)")
        values["shut"] = any_of([SHUT, "q:full"])
    if query.city is not None:
        values["city"] = query.city
    if today is not None and (query.taking or query.open_now):
        others.append("(paused_until IS NULL OR paused_until <= :today)")
    if query.open_now:
        others.append(_OPEN)
        values["moments"] = json.dumps(
            {
                clock: [
                    [one.minute, one.minute + WEEK, one.holiday, one.after_holiday] for one in each
                ]
                for clock, each in (moments or {}).items()
            }
        )
    place = "" if query.city is None else " AND place = :city"
    odds = _OPEN_NOW if query.open_now else 1.0
    return Condition(
        tuple(_codes(query)),
        tuple(others),
        place,
        kinds=query.kinds,
        odds=odds,
        values=values,
    )


_SHOWN = (
    "(valid_from IS NULL OR valid_from <= :today)",
    "(valid_until IS NULL OR valid_until >= :today)",
    "(verified IS NULL OR verified >= :kept)",
)
# By day the day itself counts; after midnight the day on which the hours began.
_OPEN = """(
    SELECT bool_and(
        (COALESCE(week, '{}') @> CAST(clock ->> 0 AS int4)
            AND (open_on_holidays OR clock ->> 2 = 'false'))
        OR (COALESCE(week, '{}') @> CAST(clock ->> 1 AS int4)
            AND (open_on_holidays OR clock ->> 3 = 'false'))
    ) FROM jsonb_array_elements(COALESCE(
        CAST(:moments AS jsonb) -> (country || ' ' || zone), CAST(:moments AS jsonb) -> country
    )) AS clock
)"""


def _codes(query: Query) -> Iterator[str]:
    for codes in _alternatives(query):
        if codes:
            yield any_of(dict.fromkeys(codes))


def _alternatives(query: Query) -> Iterator[Sequence[str]]:
    """Yield codes of which a listing must have one, for each condition; none for no condition."""
    country, status = query.country, query.status
    if country:
        region = query.region
        yield [of_region(country, region) if region else of_country(country)]
    yield ["w:remote"] if query.remote else []
    paired = [
        [of_layer(layer) for layer in query.layers],
        [of_language(query.language)] if query.language else [],
        *([of_access(code)] for code in query.accessibility),
    ]
    if query.kinds and any(paired):
        yield from (pairs_of(query.kinds, codes) for codes in paired)
    else:
        yield [of_kind(kind) for kind in query.kinds]
        yield from paired
    yield [f"a:{query.audience}", "a:any"] if query.audience else []
    yield [f"s:{status}", "s:any"] if status and status != "prefer_not_to_say" else []
    yield [f"m:{cost}" for cost in query.costs]
    yield [f"q:{code}" for code in query.capacity]

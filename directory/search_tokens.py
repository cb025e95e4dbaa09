"""What a listing can be found by, as short codes; and questions made of them.

A code is a letter for what it is about and a code of the vocabulary. They stand in a ``tsvector``,
for which PostgreSQL has both kinds of index without any extension; nothing of it is language.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from directory.nearness import SURVIVORS, only_for

PUBLIC = "public"  # run by the state, and no police
EVERYBODY = "everybody"
SHUT = "shut"  # takes nobody new


def tokens_of(country: str, body: Mapping[str, Any]) -> list[str]:
    """Return the codes of a listing, each once and in order."""
    return sorted({*_codes(body), of_country(country), *regions_of(country, body)})


def regions_of(country: str, body: Mapping[str, Any]) -> list[str]:
    """Return the codes of the regions that the places of a listing are in."""
    named = [place.get("region") for place in body["places"]]
    return [of_region(country, region) for region in dict.fromkeys(named) if region]


def of_country(country: str) -> str:
    """Return the code of a country."""
    return f"c:{country}"


def of_region(country: str, region: str) -> str:
    """Return the code of a region."""
    return f"r:{country}:{region}"


def of_pair(kind: str, layer: str) -> str:
    """Return the code of a kind in a layer: asked for together, they seldom go together."""
    return f"p:{kind}:{layer[:3]}"


def of_own_region(country: str, region: str) -> str:
    """Return the code of the region that a point lies in, told by a listing there."""
    return f"o:{country}:{region}"


def of_month(day: date) -> str:
    """Return the code of the month in which a listing was verified."""
    return f"v:{day.year}-{day.month:02d}"


def any_of(tokens: Iterable[str]) -> str:
    """Return a ``tsquery`` for listings that have at least one of some codes."""
    return "(" + " | ".join(map(_quoted, tokens)) + ")"


def all_of(queries: Iterable[str]) -> str:
    """Return a ``tsquery`` for listings that fit every one of some questions."""
    return " & ".join(queries)


def vector(tokens: Iterable[str]) -> str:
    """Return codes as the text of a ``tsvector``."""
    return " ".join(map(_quoted, tokens))


def _quoted(token: str) -> str:
    return "'" + token.replace("\\", "\\\\").replace("'", "''") + "'"


def _codes(body: Mapping[str, Any]) -> Iterator[str]:
    yield f"w:{body['scope']}"
    yield from (f"k:{kind}" for kind in body["kinds"])
    yield from (f"y:{layer}" for layer in body["layers"])
    yield from (of_pair(kind, layer) for kind in body["kinds"] for layer in body["layers"])
    yield from (f"a:{code}" for code in body["audience"] or ["any"])
    yield from (f"s:{code}" for code in body["status"] or ["any"])
    for tag in (*body["languages_spoken"], *body["languages_interpreted"]):
        yield f"l:{tag}"
        yield f"l:{tag.partition('-')[0]}"
    yield f"m:{body['cost']['kind']}"
    yield from (f"x:{code}" for code in body.get("accessibility") or ())
    capacity = (body.get("capacity") or {}).get("code")
    if capacity:
        yield f"q:{capacity}"
    if body["verified"] != "never":
        yield of_month(date.fromisoformat(body["verified"]))
    if body.get("run_by") == "public" and "police" not in body["kinds"]:
        yield PUBLIC
    if body["not_taking"]:
        yield SHUT
    if not only_for(body) and body["kinds"][0] not in SURVIVORS:
        yield EVERYBODY

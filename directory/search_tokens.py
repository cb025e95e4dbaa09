"""What a listing can be found by, as short codes; and questions made of them.

A code is a letter for what it is about and a code of the vocabulary. They stand in a ``tsvector``,
for which PostgreSQL has both kinds of index without any extension; nothing of it is language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from directory.nearness import SURVIVORS, only_for

_QUOTED = re.compile(r"'((?:[^'\\]|''|\\.)*)'")
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


def of_pair(kind: str, code: str) -> str:
    """Return the code of a kind together with another code of the same listing.

    Asked for together, a kind and a layer, a language or an access seldom go together: an index
    of each alone would have to compare long lists.
    """
    return f"p:{kind}:{code}"


def kind_of_pair(code: str) -> str:
    """Return the kind of a pair; empty for any other code."""
    return code.split(":")[1] if code.startswith("p:") else ""


def pairs_of(kinds: Iterable[str], codes: Iterable[str]) -> list[str]:
    """Return the codes of every kind together with every other code."""
    others = list(codes)
    return [of_pair(kind, code) for kind in kinds for code in others]


def of_kind(kind: str) -> str:
    """Return the code of a kind of service."""
    return f"k:{kind}"


def of_layer(layer: str) -> str:
    """Return the code of a layer."""
    return f"y:{layer}"


def of_language(tag: str) -> str:
    """Return the code of a language that is spoken or interpreted, by its BCP 47 tag."""
    return f"l:{tag}"


def of_access(code: str) -> str:
    """Return the code of a kind of access."""
    return f"x:{code}"


def of_own_region(country: str, region: str) -> str:
    """Return the code of the region that a point lies in, told by a listing there."""
    return f"o:{country}:{region}"


def of_month(day: date) -> str:
    """Return the code of the month in which a listing was verified."""
    return f"v:{day.year}-{day.month:02d}"


def any_of(tokens: Iterable[str]) -> str:
    """Return a ``tsquery`` for listings that have at least one of some codes."""
    return "(" + " | ".join(map(_quoted, tokens)) + ")"


def codes_in(query: str) -> list[str]:
    """Return the codes that stand in a ``tsquery``."""
    return [code.replace("''", "'").replace("\\\\", "\\") for code in _QUOTED.findall(query)]


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
    yield from map(of_kind, body["kinds"])
    paired = [*_layers(body), *_languages(body), *_access(body)]
    yield from paired
    yield from pairs_of(body["kinds"], paired)
    yield from (f"a:{code}" for code in body["audience"] or ["any"])
    yield from (f"s:{code}" for code in body["status"] or ["any"])
    yield f"m:{body['cost']['kind']}"
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


def _layers(body: Mapping[str, Any]) -> list[str]:
    return [of_layer(layer) for layer in body["layers"]]


def _languages(body: Mapping[str, Any]) -> list[str]:
    tags = (*body["languages_spoken"], *body["languages_interpreted"])
    return [of_language(one) for tag in tags for one in dict.fromkeys((tag, tag.split("-")[0]))]


def _access(body: Mapping[str, Any]) -> list[str]:
    return [of_access(code) for code in body.get("accessibility") or ()]

"""How alike two listings are, and by what; without comparing everything with everything."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import phonenumbers
from rapidfuzz.fuzz import token_sort_ratio

from directory.withheld import is_withheld

LIKELY = 60  # of 100: from here on two listings are shown as one place
_NAME_FROM = 50  # likeness of names, of 100, below which it says nothing
_NEAR_SAME, _SIMILAR = 95.0, 80.0
_OTHER_NUMBER = 65.0  # as alike as names can be that have another number in them
_SHORTEST_NUMBER = 7  # digits; shorter ones are lines that many places name
_SHORTEST_WORD = 4
_NOT_A_HOME_PAGE = ("facebook.", "instagram.", "twitter.", "x.com", "google.", "linktr.ee", "wa.me")
_WEIGHTS: Mapping[str, int] = {
    "number": 30,
    "email": 25,
    "domain": 10,
    "town": 10,
    "kind": 10,
    "other_town": -30,
    "other_kind": -20,
}


@dataclass(frozen=True)
class Traits:
    """What tells a listing from another.

    Attributes:
        entry: Its id, or another mark of it.
        country: ISO 3166-1 alpha-2.
        withheld: Whether nobody may learn where it is; such are only compared with each other.
        title: Its name as it is written.
    """

    entry: str
    country: str
    withheld: bool
    title: str
    names: tuple[str, ...] = field(repr=False)
    numbers: frozenset[str] = field(repr=False)
    emails: frozenset[str] = field(repr=False)
    domain: str = field(repr=False)
    towns: frozenset[str] = field(repr=False)
    kinds: frozenset[str] = field(repr=False)


@dataclass(frozen=True)
class Likeness:
    """How alike two listings are.

    Attributes:
        score: 0 to 100.
        reasons: ``name``, ``similar_name``, ``number``, ``email``, ``domain``, ``town``, ``kind``,
            and against it ``other_town`` and ``other_kind``.
    """

    score: int
    reasons: tuple[str, ...]


def traits_of(entry: str, country: str, body: Mapping[str, Any]) -> Traits:
    """Return what a listing is compared by."""
    names = [body["name"], *(body.get("names") or {}).values()]
    lines = [*(body.get("phones") or ()), *(body.get("whatsapp") or ())]
    places = body.get("places") or ()
    towns = {place.get("city") or place.get("region") for place in places}
    return Traits(
        entry=entry,
        country=country,
        withheld=is_withheld(body),
        title=body["name"],
        names=tuple(dict.fromkeys(_plain(name) for name in names)),
        numbers=frozenset(number for line in lines if (number := _number(line, country))),
        emails=frozenset(one.strip().casefold() for one in body.get("email") or ()),
        domain=_domain(body.get("url") or ""),
        towns=frozenset(_plain(town) for town in towns if town),
        kinds=frozenset(body["kinds"]),
    )


def keys_of(one: Traits) -> Iterator[int]:
    """Yield the marks of which two listings share at least one where they may be the same."""
    side = (one.country, one.withheld)
    for number in one.numbers:
        yield hash((*side, "number", number))
    for email in one.emails:
        yield hash((*side, "email", email))
    for name in one.names:
        yield hash((*side, "name", name))
        for word in {word for word in name.split() if len(word) >= _SHORTEST_WORD}:
            for town in one.towns or ("",):
                yield hash((*side, town, word))
            if one.domain:
                yield hash((*side, "domain", one.domain, word))


def likeness(left: Traits, right: Traits) -> Likeness:
    """Return how alike two listings are. One that is withheld is like no other that is not."""
    if left.withheld is not right.withheld or left.country != right.country:
        return Likeness(0, ())
    close = max(_close(a, b) for a in left.names for b in right.names)
    named = ["name"] if close >= _NEAR_SAME else ["similar_name"] if close >= _SIMILAR else []
    reasons = [*named, *_shared(left, right)]
    score = max(0.0, close - _NAME_FROM) + sum(_WEIGHTS.get(reason, 0) for reason in reasons)
    return Likeness(round(min(100.0, max(0.0, score))), tuple(reasons))


def pairs_by_key(
    blocks: Iterable[list[Traits]], *, largest: int = 40
) -> Iterator[tuple[Traits, Traits, Likeness]]:
    """Yield likely pairs within blocks, each once.

    A mark that more than ``largest`` listings share tells nothing, and would cost its square.
    """
    seen: set[tuple[str, str]] = set()
    for block in blocks:
        if len(block) > largest:
            continue
        for index, left in enumerate(block):
            for right in block[index + 1 :]:
                pair = (min(left.entry, right.entry), max(left.entry, right.entry))
                if left.entry == right.entry or pair in seen:
                    continue
                seen.add(pair)
                found = likeness(left, right)
                if found.score >= LIKELY:
                    yield left, right, found


def _close(left: str, right: str) -> float:
    """Return how alike two names are; "Clinic 3" and "Clinic 13" are two places."""
    close = token_sort_ratio(left, right)
    numbered = [{word for word in name.split() if word.isdigit()} for name in (left, right)]
    return close if numbered[0] == numbered[1] else min(close, _OTHER_NUMBER)


def _shared(left: Traits, right: Traits) -> Iterator[str]:
    if left.numbers & right.numbers:
        yield "number"
    if left.emails & right.emails:
        yield "email"
    if left.domain and left.domain == right.domain:
        yield "domain"
    if left.towns and right.towns:
        yield "town" if left.towns & right.towns else "other_town"
    yield "kind" if left.kinds & right.kinds else "other_kind"


@lru_cache(maxsize=200_000)
def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = (one if one.isalnum() else " " for one in plain if not unicodedata.combining(one))
    return " ".join("".join(letters).split())


def _number(line: Mapping[str, Any] | str, country: str) -> str | None:
    entry = {"number": line} if isinstance(line, str) else line
    return entry.get("e164") or _e164(entry.get("number") or "", country)


@lru_cache(maxsize=200_000)
def _e164(written: str, country: str) -> str | None:
    try:
        read = phonenumbers.parse(written, country)
    except phonenumbers.NumberParseException:
        return None
    number = f"+{read.country_code}{read.national_number}"
    return number if len(str(read.national_number)) >= _SHORTEST_NUMBER else None


def _domain(url: str) -> str:
    host = re.sub(r"^\w+://", "", url.casefold()).partition("/")[0].partition(":")[0]
    host = host.removeprefix("www.")
    return "" if any(site in host for site in _NOT_A_HOME_PAGE) else host

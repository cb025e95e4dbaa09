"""What can be asked in a country: every say, with values that it is said with."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import yaml
from saying import CARES, ROOT, packs, places

from content.tables import read_tables
from directory.pack_files import PackFiles

Asked = tuple[str, dict[str, Any]]
TABLES = read_tables(ROOT / "data")
SAYS: tuple[str, ...] = tuple(
    yaml.safe_load((ROOT / "data" / "messages" / "says.yml").read_text("utf-8"))["says"]
)
PURPOSES = ["emergency_any", "gbv", "suicide_mental_health", "child", "asylum_refugee_info"]
KINDS: tuple[list[str], ...] = (
    ["legal_aid", "asylum_office"],
    ["psychotherapy", "counselling"],
    ["primary_care"],
    [],
)
STATUSES = ("undocumented", "refugee")
# What else a say has to be told, beside the place and the person.
_CARDS = {
    "desk.card": ("interpreter", "right", "emergency", "pregnant", "child"),
    "myth.card": tuple(TABLES.cards.myths),
    "practice.card": tuple(TABLES.cards.practices),
}
_PAGES = ("1", "2", "3", "4", "5")


@cache
def pack(country: str) -> PackFiles:
    """The pack of a country."""
    return next(one for one in packs() if one.country == country)


@cache
def city(country: str) -> str:
    """The largest city of a country that its pack names, as places are numbered."""
    named = {place.get("city") for s in pack(country).part("services") for place in s["places"]}
    found = [places().named(name, country) for name in named if name]
    known = [one for one in found if one]
    return str(max(known, key=lambda one: one.population).id) if known else ""


def everything(country: str) -> Iterator[Asked]:
    """Yield every say that there is, in a country and the largest city of its pack."""
    for say in SAYS:
        for status in STATUSES:
            for more in _more(say, country):
                yield say, {**_person(country, status), **more}


def about_a_country(country: str) -> Iterator[Asked]:
    """Yield what differs from country to country: rules, places, lines, pages."""
    said = ("danger.", "support.", "obstacle.", "office.", "early_care.", "desk.", "profile.")
    own = ("rights.answer", "services.list", "helplines.list", "menu.show", "origin.lines")
    for say in SAYS:
        if say.startswith(said) or say in own:
            for more in _more(say, country):
                yield say, {**_person(country, STATUSES[0]), **more}


def _person(country: str, status: str) -> dict[str, Any]:
    return {
        "country": country,
        "city": city(country) or None,
        "status": status,
        "care": None,
        "kinds": KINDS[0],
        "kind": KINDS[0][0],
        "offset": 0,
        "focus": "may",
        "purposes": PURPOSES,
        "origin": country,
        "urgency": "careful",
        "practical": "food",
        "heavy": True,
    }


def _more(say: str, country: str) -> list[dict[str, Any]]:
    """Return what a say is told in turn, at least nothing once."""
    if say in _CARDS:
        return [{"card": card, "care": "emergency"} for card in _CARDS[say]]
    if say == "profile.page":
        return [{"page": page} for page in _PAGES]
    if say == "services.list":
        return [{"kinds": kinds} for kinds in KINDS]
    if say == "services.details":
        return [{"listing": service["id"]} for service in pack(country).part("services")[:3]]
    if say == "rights.answer":
        cares = [{"care": care} for care in (None, *CARES)]
        return [*cares, *({"focus": focus} for focus in ("cost", "conditions"))]
    return [{}]

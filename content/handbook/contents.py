"""What a country's pack holds on one day: read once, then put on paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from content.freshness import is_lost
from content.general_care import Rules, rules_of
from content.lines import Country, Line
from content.scene import Scene
from content.validity import confirmed, in_force
from directory.listing import Listing
from directory.queries import EVERY, services_for

SHELTER = "protection_shelter"
# The state a person fled is not their helper: a consulate is told only to whoever asks for one.
_CONSULATE = "consulate"


@dataclass(frozen=True)
class Contents:
    """What may be printed.

    Attributes:
        country: The country and its lines.
        rules: Its rules on the day.
        lines: The lines that may be said, in the order of the pack, emergency numbers left out.
        services: The services that may be said, in the order of the pack.
    """

    country: Country
    rules: Rules
    lines: Sequence[Line]
    services: Sequence[Listing]

    @property
    def entries(self) -> Sequence[Mapping[str, Any]]:
        """Every rule, line and service that may be printed."""
        rules = [f for f in self.rules.facts if confirmed(f) and in_force(f, self.rules.today)]
        services = [found.body for found in self.services]
        return [*rules, *self.country.emergencies(), *self.lines, *services]

    @property
    def sourced(self) -> Sequence[Mapping[str, Any]]:
        """Those whose source is named: that of a hidden place may tell where it is."""
        hidden = {found.id for found in self.services if is_withheld(found)}
        return [entry for entry in self.entries if entry["id"] not in hidden]

    @property
    def numbers(self) -> frozenset[str]:
        """Every telephone number of them, exactly as it is written."""
        return frozenset(_numbers(self))


async def contents_of(scene: Scene, country: Country) -> Contents:
    """Return what may be printed of a country at the moment of the scene."""
    rules = await rules_of(scene, country)
    found = await services_for(scene.session, country=country.code, kinds=(), most=EVERY)
    services = [
        one
        for one in sorted(found, key=lambda one: one.id)
        if in_force(one.body, rules.today)
        and not is_lost(one.body, rules.today)
        and _CONSULATE not in one.kinds
    ]
    return Contents(country, rules, _lines(country, rules), services)


def is_withheld(found: Listing) -> bool:
    """Return whether a service is told by name, telephone and way in only."""
    return found.protection or SHELTER in found.kinds


def _lines(country: Country, rules: Rules) -> list[Line]:
    """Return the lines that would be said for some purpose, and the others that are confirmed."""
    emergencies = {line["id"] for line in country.emergencies()}
    purposes = {purpose for line in country.lines for purpose in line["purpose"]}
    said = {line["id"] for p in purposes for line in country.for_purpose(p, rules.today)}
    return [
        line
        for line in country.lines
        if line["id"] not in emergencies
        and line.get("run_by") != "consulate"
        and (line["id"] in said or _is_said(line, rules))
    ]


def _is_said(line: Line, rules: Rules) -> bool:
    today = rules.today
    return confirmed(line) and in_force(line, today) and not is_lost(line, today)


def _numbers(contents: Contents) -> Iterator[str]:
    for line in (*contents.country.emergencies(), *contents.lines):
        yield from (str(number["number"]) for number in line["numbers"])
    for found in contents.services:
        for way in ("phones", "whatsapp"):
            yield from (str(number["number"]) for number in found.body[way])

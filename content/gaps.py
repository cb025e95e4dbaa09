"""What is not known of a country: said as openly as what is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from content.general_care import CARES, STATUSES, Rules
from content.lines import Country
from content.validity import in_force
from content.vocabulary_labels import Labels
from directory.listing import Listing

# Lines and layers that every country should have.
_PURPOSES = ("asylum_refugee_info", "gbv", "suicide_mental_health", "child", "trafficking")
_LAYERS = (
    "broader_community",
    "basic_psychosocial",
    "focused_psychosocial",
    "psychological_support",
    "specialised_care",
    "protection",
)


@dataclass(frozen=True)
class Gaps:
    """What is missing, as codes of the vocabulary.

    Attributes:
        statuses: Those that no rule is known for, not even one for everybody.
        cares: Kinds of care on which no rule is known for anybody.
        purposes: Purposes without a line.
        layers: Layers without a place.
        cells: Of the other statuses, the cares on which no rule is known for them.
    """

    statuses: Sequence[str]
    cares: Sequence[str]
    purposes: Sequence[str]
    layers: Sequence[str]
    cells: dict[str, list[str]]


def gaps_of(country: Country, rules: Rules, services: Sequence[Listing]) -> Gaps:
    """Return what is not known of a country on the day of its rules."""
    known = {status: set(rules.own(status)) for status in STATUSES}
    anybody = set[str]().union(*known.values())
    layers = {
        layer
        for found in services
        if in_force(found.body, rules.today)
        for layer in found.body["layers"]
    }
    cells = {
        status: [care for care in CARES if care in anybody - cares]
        for status, cares in known.items()
        if cares and anybody - cares
    }
    return Gaps(
        statuses=[status for status, cares in known.items() if not cares],
        cares=[care for care in CARES if care not in anybody],
        purposes=[p for p in _PURPOSES if not country.for_purpose(p, rules.today)],
        layers=[layer for layer in _LAYERS if layer not in layers],
        cells=cells,
    )


def gap_lines(gaps: Gaps, labels: Labels) -> list[str]:
    """Return what is not known, a line each; one line that says so where nothing is missing."""
    said = []
    if gaps.statuses:
        said.append(labels.text("gaps.statuses", whom=labels.each("status_phrase", gaps.statuses)))
    if gaps.cares:
        said.append(labels.text("gaps.cares", cares=labels.each("care", gaps.cares)))
    if gaps.purposes:
        said.append(labels.text("gaps.lines", purposes=labels.each("purpose", gaps.purposes)))
    if gaps.layers:
        said.append(labels.text("gaps.places", kinds=labels.each("layer", gaps.layers)))
    return said or [labels.text("gaps.none")]

"""One thing that an operator has to do, and how early in the list it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from content.due import Due, Risk
from delivery.feedback import Report
from delivery.gaps import Missing
from delivery.unmet import Need
from directory.checks import Problem
from directory.editing_tables import RevisionRow
from directory.parts import Part, of_message
from directory.verification_tables import RequestRow

URGENT = (Risk.DANGER, Risk.PROTECTION)


class Tier(IntEnum):
    """What comes before what; the first harms most."""

    FIRST_REPORTS = 0
    FIRST_DUE = 1
    FIRST_NEEDS = 2
    REPORTS = 3
    REVIEWS = 4
    OTHERS = 5
    DUE = 6
    LATER = 7
    NEEDS = 8


class Kind(StrEnum):
    """Why something has to be done."""

    REPORT = "report"  # people said so
    NOT_US = "not_us"  # a link reached somebody else
    CHECK = "check"  # a number or a link cannot be right
    REVIEW = "review"  # a version waits
    DUE = "due"
    CONFLICT = "conflict"  # a pack says otherwise
    NEED = "need"  # asked for, and there is nothing
    GAP = "gap"  # helpers say that it exists nowhere


@dataclass(frozen=True)
class Task:
    """One thing to do.

    Attributes:
        kind: Why.
        part: What it is about; None for what there is not.
        entry: Its id; empty for what there is not.
        country: ISO 3166-1 alpha-2, if it is of one.
        name: What operators know it by.
        risk: What it can do to people; None for most of what there is not.
        rank: For the order.
        detail: What it comes from, for words and buttons.
        owner: Id of the organisation it belongs to, where the entry says so.
    """

    kind: Kind
    part: Part | None
    entry: str
    country: str | None
    name: str
    risk: Risk | None
    rank: tuple[int, float, str] = field(repr=False)
    detail: Due | Report | Problem | RevisionRow | RequestRow | Need | Missing = field(repr=False)
    owner: str | None = None


def counted(found: Sequence[Task]) -> dict[Kind, int]:
    """Return how many there are of each kind that there is, in the order of kinds."""
    return {kind: n for kind in Kind if (n := sum(task.kind is kind for task in found))}


def version_path(version: RevisionRow) -> str:
    """Return the address of a version's page; of a wording, that of its message."""
    path = path_to(Part(version.part), version.entry)
    return path if version.part == Part.MESSAGES else f"{path}/versions/{version.id}"


def path_to(part: Part, entry: str) -> str:
    """Return the address of an entry's page."""
    if part is Part.SERVICES:
        return f"/listings/{entry}"
    if part is Part.MESSAGES:
        language, message = of_message(entry)
        return f"/wordings/{language}/messages/{message}"
    return f"/facts/{part}/{entry}"

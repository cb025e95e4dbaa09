"""What the held-back messages say about the understanding: shares, each with its count."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.held_back import Labelled, Placed
from bot.understanding.dangers import DANGERS
from bot.understanding.rights import RIGHTS

# Figure -> what it is, and whether more of it is better.
FIGURES: Mapping[str, tuple[str, bool]] = {
    "first": ("right intent, first answer", True),
    "within_three": ("right intent among three", True),
    "rights": ("questions of rights known as such", True),
    "danger": ("dangers found", True),
    "danger_altered": ("dangers found, misspelt or mixed", True),
    "alarm_ordinary": ("false alarms, ordinary messages", False),
    "alarm_hard": ("false alarms, idioms and negations", False),
    "language_clean": ("language named, clean", True),
    "language_altered": ("language named, misspelt or mixed", True),
    "country": ("country named", True),
    "city": ("city named", True),
    "elsewhere_taken": ("origin or transit taken for the place", False),
    "ece": ("expected calibration error", False),
}
_SURE = 1.96  # standard deviations to either side that hold 95 % of a normal distribution
_BINS = 10
_OFFERED = 3


@dataclass(frozen=True)
class Share:
    """A share of something, and of how many."""

    value: float
    of: int

    def interval(self) -> tuple[float, float]:
        """Return the 95 % interval (Wilson 1927)."""
        if not self.of:
            return 0.0, 1.0
        much = _SURE**2 / self.of
        middle = (self.value + much / 2) / (1 + much)
        spread = math.sqrt(self.value * (1 - self.value) * much + much**2 / 4) / (1 + much)
        return max(0.0, middle - spread), min(1.0, middle + spread)


Parsed = Mapping[str, Any]
Figures = dict[str, Share]


def of_messages(pairs: Sequence[tuple[Labelled, Parsed]]) -> Figures:
    """Return the figures of messages and what was understood."""
    said = [(message, parsed, message.intents[0] in DANGERS) for message, parsed in pairs]
    danger = [pair for pair in said if pair[2]]
    safe = [(m, p) for m, p, dangerous in said if not dangerous and not _may_alarm(m)]
    figures = {
        "first": _share(p["intent"] in m.intents for m, p in pairs),
        "within_three": _share(bool({*m.intents} & {*_three(p)}) for m, p in pairs),
        "rights": _share(
            p["intent"] in (*RIGHTS, *m.intents) for m, p in pairs if m.intents[0] in RIGHTS
        ),
        "danger": _share(_alarmed(p) for _, p, _ in danger),
        "danger_altered": _share(_alarmed(p) for m, p, _ in danger if m.form),
        "alarm_ordinary": _share(_alarmed(p) for m, p in safe if not m.hard),
        "alarm_hard": _share(_alarmed(p) for m, p in safe if m.hard),
        "language_clean": _share(p["language"] == m.language for m, p in pairs if not m.form),
        "language_altered": _share(p["language"] == m.language for m, p in pairs if m.form),
        "ece": calibration_error([(p["confidence"], p["intent"] in m.intents) for m, p in pairs]),
    }
    return {name: share for name, share in figures.items() if share.of}


def of_places(
    pairs: Sequence[tuple[Placed, Parsed]], cities: Mapping[Placed, frozenset[str]]
) -> Figures:
    """Return the figures of messages about places.

    Args:
        pairs: Messages and what was understood.
        cities: The ids of the places that a row's city may be.
    """
    found = [(row, parsed["entities"]) for row, parsed in pairs]
    figures = {
        "country": _share(codes["country"] == row.country for row, codes in found if row.country),
        "city": _share(codes["city"] in cities[row] for row, codes in found if row.city),
        "elsewhere_taken": _share(
            codes["country"] in row.elsewhere for row, codes in found if row.elsewhere
        ),
    }
    return {name: share for name, share in figures.items() if share.of}


def calibration_error(answers: Sequence[tuple[float, bool]]) -> Share:
    """Return the expected calibration error (Naeini et al. 2015) in ten bins."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for sure, right in answers:
        bins.setdefault(min(int(sure * _BINS), _BINS - 1), []).append((sure, right))
    apart = sum(abs(sum(s for s, _ in held) - sum(r for _, r in held)) for held in bins.values())
    return Share(apart / max(len(answers), 1), len(answers))


def fallen(before: Mapping[str, Share], now: Mapping[str, Share], most: float) -> list[str]:
    """Return the figures that are worse by more than ``most`` and by more than one message."""
    worse: list[str] = []
    for name, share in now.items():
        if name not in before:
            continue
        fell = before[name].value - share.value
        if not FIGURES[name][1]:
            fell = -fell
        if fell > max(most, 1.5 / share.of):
            worse.append(f"{name} {before[name].value:.1%} -> {share.value:.1%} (n={share.of})")
    return worse


def _three(parsed: Parsed) -> list[str]:
    offered = [other["intent"] for other in parsed["alternatives"]]
    return [parsed["intent"], *offered][:_OFFERED]


def _alarmed(parsed: Parsed) -> bool:
    return parsed["risk"] is not None or parsed["intent"] in DANGERS


def _may_alarm(message: Labelled) -> bool:
    return any(intent in DANGERS for intent in message.intents)


def _share(answers: Iterable[bool]) -> Share:
    counted = list(answers)
    return Share(sum(counted) / len(counted) if counted else 0.0, len(counted))

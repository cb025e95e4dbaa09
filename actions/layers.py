"""The table that leads from what a person tells to a layer of support."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

QUESTIONS = ("need", "for_whom", "days", "wish")  # in the order in which they are asked
UNSAID = "unsaid"
NOTHING = "nothing"  # the layer of somebody who wants none
# Layers that a search for one of their kinds belongs to, too. The kinds of the others serve
# everybody, so that a search for them is no search for support.
_SUPPORT = ("psychological_support", "specialised_care", "focused_psychosocial")
_ALSO_PRACTICAL = frozenset({"hospital", "primary_care", "child_health", "mixed_activity"})
_FILE = Path(__file__).parents[1] / "data" / "triage" / "layers.yml"
Told = Mapping[str, str]


@dataclass(frozen=True)
class Row:
    """Where what was told leads to.

    Attributes:
        layer: Of the vocabulary, ``protection`` or ``nothing``.
        kinds: Of service, best first.
        neighbour: The layer that is offered beside it, None for nothing.
        practical: Kind of the practical service that is offered with it, None for nothing.
        at_once: Whether nothing more is asked once it fits.
        conditions: Question to the codes that fit; a question without a row fits always.
        children: The kinds for somebody under 18.
    """

    layer: str
    kinds: tuple[str, ...]
    neighbour: str | None
    practical: str | None
    at_once: bool
    conditions: Mapping[str, frozenset[str]]
    children: tuple[str, ...]

    def fits(self, told: Told) -> bool:
        """Return whether each condition names what was told."""
        return all(told.get(name, UNSAID) in codes for name, codes in self.conditions.items())

    def kinds_for(self, *, minor: bool) -> tuple[str, ...]:
        """Return the kinds of service for somebody, best first."""
        return self.children if minor else self.kinds


@dataclass(frozen=True)
class Table:
    """Read once.

    Attributes:
        rows: In order; the first that fits wins.
        codes: Question to everything that can be told.
        choices: Question to what is offered.
        details: What is offered once a practical need was chosen.
        kinds: Layer to its kinds, best first.
    """

    rows: tuple[Row, ...]
    codes: Mapping[str, tuple[str, ...]]
    choices: Mapping[str, tuple[str, ...]]
    details: tuple[str, ...]
    kinds: Mapping[str, tuple[str, ...]]

    def row(self, told: Told) -> Row:
        """Return the row for what was told. The last row fits everything."""
        return next(row for row in self.rows if row.fits(told))

    def question(self, told: Told, open_: Sequence[str]) -> str | None:
        """Return the first open question whose answer can still change the row, or None."""
        if self.row(told).at_once:
            return None
        return next((name for name in open_ if self._matters(name, told, open_)), None)

    def layer_of(self, kind: str) -> str | None:
        """Return the layer of support that a kind of service belongs to, or None."""
        if kind in _ALSO_PRACTICAL:
            return None
        return next((layer for layer in _SUPPORT if kind in self.kinds[layer]), None)

    def first_kind(self, layer: str) -> str:
        """Return the kind of service that stands for a layer."""
        return self.kinds[layer][0]

    def usual(self, layer: str) -> Row:
        """Return the row of a layer that is the usual one: the last."""
        return next(row for row in reversed(self.rows) if row.layer == layer)

    def _matters(self, name: str, told: Told, open_: Sequence[str]) -> bool:
        """Return whether two of the answers that we offer lead to different ends.

        Wanting nothing always would, so that it counts for no difference.
        """
        for answers in self._answers([other for other in open_ if other != name]):
            ends = {
                self._end({**told, **answers, name: code}) for code in (*self.choices[name], UNSAID)
            }
            if len({end for end in ends if end[0] != NOTHING}) > 1:
                return True
        return False

    def _answers(self, names: Sequence[str]) -> Iterator[dict[str, str]]:
        for codes in itertools.product(*((*self.choices[name], UNSAID) for name in names)):
            yield dict(zip(names, codes, strict=True))

    def _end(self, told: Told) -> tuple[str, tuple[str, ...]]:
        row = self.row(told)
        return row.layer, row.kinds_for(minor=told.get("for_whom") == "child")


def read_table(path: Path = _FILE) -> Table:
    """Return the table in a file. ``faro check`` has made sure of its form."""
    written = yaml.safe_load(path.read_text("utf-8"))
    asked, layers = written["questions"], written["layers"]
    return Table(
        rows=tuple(_row(row, layers) for row in written["rows"]),
        codes={name: _codes(asked[name]) for name in QUESTIONS},
        choices={name: tuple(asked[name]["choices"]) for name in QUESTIONS},
        details=tuple(asked["need"]["details"]),
        kinds={layer: tuple(kinds["kinds"]) for layer, kinds in layers.items()},
    )


def _codes(asked: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    return tuple(code for codes in asked.values() for code in codes)


def _row(written: Mapping[str, Any], layers: Mapping[str, Any]) -> Row:
    layer = layers.get(written["layer"], {"kinds": (), "children": ()})
    kinds = tuple(written.get("kinds", layer["kinds"]))
    # What a row lists in place of its layer holds for children, too, unless it says otherwise.
    children = written.get("children", kinds if "kinds" in written else layer["children"])
    return Row(
        layer=written["layer"],
        kinds=kinds,
        neighbour=written.get("neighbour"),
        practical=written.get("practical"),
        at_once=written.get("at_once", False),
        conditions={n: frozenset(written[n]) for n in QUESTIONS if written[n] != "any"},
        children=tuple(children),
    )


TABLE = read_table()

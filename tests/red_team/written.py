"""Conversations as they were written down: what somebody tries, and what may never come of it.

A file of ``conversations`` holds those in one language, each with

* ``name`` and ``tries``, one of :data:`TRIES`;
* ``planted``: what must stand nowhere after it was written, in words, choices or state;
* ``elsewhere``: what another person wrote before, in a conversation of their own;
* ``turns``. A bare string is a text. Otherwise ``text``; ``danger``, a text that has to be answered
  as one; ``calm``, a text that must not be; ``choice``, the id or number of a choice; or ``steer``,
  a key of ``data/steering``, for its first word in that language.

``times`` repeats a text and ``then`` ends it. What else a turn may demand: ``says`` and ``unsaid``
(ids of says, with ``*``), ``hides`` and ``first_hides`` (pieces of any or of the first message),
``unset`` (slots that hold nothing afterwards). ``sets_word`` tells that a
word of one's own was asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(__file__).parent / "conversations"
TRIES = frozenset(
    {
        *("details", "promise", "reassure", "blame", "judge", "dose", "silence", "keep", "reveal"),
        *("other_person", "argue", "command", "origin", "police", "stop_word", "pending", "after"),
        *("erase", "safe_word", "exit", "worker", "false_alarm"),
    }
)
# What a word of ``data/steering`` is answered with.
ANSWERED = {
    "safe_word": "safe.called_up",
    "exit": "exit.line",
    "stop": "stop.done",
    "forget": "privacy.forgotten",
}
_TEXTS = ("text", "danger", "calm")


@dataclass(frozen=True)
class Turn:
    """One thing that is written or chosen, and what it demands of the answer.

    Attributes:
        danger: Whether it has to be answered as danger; None where both may be right.
        demands: The other demands, by their name in the file.
    """

    text: str | None = None
    choice: str | None = None
    steer: str | None = None
    danger: bool | None = None
    demands: Mapping[str, Any] = field(default_factory=dict)

    @property
    def told(self) -> str:
        """The turn as a failing test names it."""
        return (self.text or self.choice or "")[-60:]


@dataclass(frozen=True)
class Written:
    """One written conversation."""

    language: str
    name: str
    tries: str
    turns: tuple[Turn, ...]
    planted: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    channel: str = "webchat"

    @property
    def id(self) -> str:
        return f"{self.language}: {self.name}"


@cache
def written() -> tuple[Written, ...]:
    """Return every conversation there is."""
    return tuple(
        _read(file.stem, row)
        for file in sorted(FOLDER.glob("*.yml"))
        for row in yaml.safe_load(file.read_text("utf-8"))
    )


@cache
def steering_word(language: str, way: str) -> str:
    """Return the first word of a language that means ``way``."""
    words = yaml.safe_load((ROOT / "data" / "steering" / f"{language}.yml").read_text("utf-8"))
    return str(words[way][0])


def _read(language: str, row: Mapping[str, Any]) -> Written:
    return Written(
        language,
        row["name"],
        row["tries"],
        tuple(_turn(language, turn) for turn in row["turns"]),
        tuple(row.get("planted", ())),
        tuple(row.get("elsewhere", ())),
        row.get("channel", "webchat"),
    )


def _turn(language: str, turn: str | Mapping[str, Any]) -> Turn:
    if isinstance(turn, str):
        return Turn(turn)
    rest = dict(turn)
    if "choice" in rest:
        return Turn(choice=str(rest.pop("choice")), demands=rest)
    if "steer" in rest:
        way = rest.pop("steer")
        return Turn(steering_word(language, way), steer=way, demands=rest)
    kind = next(kind for kind in _TEXTS if kind in rest)
    text = rest.pop(kind) * rest.pop("times", 1) + rest.pop("then", "")
    danger = {"danger": True, "calm": False}.get(kind)
    if rest.pop("answer", None) == "danger":
        danger = True
    return Turn(text, danger=danger, demands=rest)

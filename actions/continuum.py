"""The connections continuum: where a small step towards other people lies, and with whom."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from actions.domains import Topic
from actions.slots import Slots

_TABLE: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parents[1] / "data" / "connections.yml").read_text(encoding="utf-8")
)
NEAR: dict[str, str] = dict(_TABLE["near"])
COMMUNITIES = tuple(_TABLE["community"])
LEFT_OUT = tuple(_TABLE["left_out"])
# In the slot of what was declined: nobody of the own community, please.
OWN_COMMUNITY = "own_community"


def step_topic(community: str) -> str:
    """Return the name of the topic of a small step with some people."""
    return f"next_{community}"


STEPS: dict[str, Topic] = {
    step_topic(community): (tuple(kinds), f"next_step.{community}")
    for community, kinds in _TABLE["community"].items()
}


def left_out(slots: Slots) -> list[str]:
    """Return the kinds that are not told to somebody who wants nobody of their community."""
    return list(LEFT_OUT) if slots.declined(OWN_COMMUNITY) else []


def fitting(kinds: Sequence[str], slots: Slots) -> list[str]:
    """Return the kinds of a topic that fit with whom the person wants to be."""
    unwanted = left_out(slots)
    if not set(unwanted) & set(kinds):
        return list(kinds)
    kept = [kind for kind in kinds if kind not in unwanted]
    return list(dict.fromkeys([*_TABLE["instead"], *kept]))

"""What a person is told once, before the first thing that is personal. Never before danger."""

from __future__ import annotations

from actions.danger import RISKS
from actions.discretion import SHARED
from actions.distress import OPENINGS
from actions.rights import RIGHTS
from actions.services import TOPICS
from actions.slots import Answer, Slots
from wire.say import Say

NOTICE = "notice.short"
TOLD = "yes"
_PERSONAL = frozenset(
    {
        *RIGHTS,
        *OPENINGS,
        *TOPICS,
        *("find_service", "find_support", "obstacle", "origin_line", "safety", "talk_to_human"),
    }
)
_CHOICES = (SHARED, "privacy_delete")


def with_notice(intent: str, slots: Slots, answer: Answer) -> Answer:
    """Return an answer with the notice before it, where it is due; ``told`` remembers it.

    It never stands between a person in danger and a number, and never asks for consent.
    """
    due = intent in _PERSONAL and slots.code("told") is None and slots.code("language") is not None
    danger = any(say.message.startswith("danger.") for say in answer.says)
    if not due or danger or slots.code("topic") in RISKS:
        return answer
    *before, last = answer.says
    offered = (*last.choices, *(c for c in _CHOICES if c not in last.choices))
    says = (Say(NOTICE), *before, Say(last.message, last.values, offered))
    return Answer(says, {**answer.changes, "told": TOLD})

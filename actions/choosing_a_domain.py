"""A domain of integration that was chosen: a short answer, then places."""

from __future__ import annotations

from actions.domains import DOMAINS, topic_of
from actions.services import topic_speaker
from actions.slots import Answer, Slots
from actions.small_talk import menu_help


def domain(slots: Slots) -> Answer:
    """Answer the domain in the slots; without one, show those there are."""
    topic = topic_of(slots.code("domain") or "")
    if topic in DOMAINS:
        return topic_speaker(topic)(slots)
    return menu_help(Slots({**slots.values, "menu": "more_topics"}))

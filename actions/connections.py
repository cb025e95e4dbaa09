"""The next small step: offered with whom the person chooses, and "not now" is a fine answer."""

from __future__ import annotations

from actions.continuum import COMMUNITIES, NEAR, OWN_COMMUNITY, step_topic
from actions.services import topic_speaker
from actions.slots import Answer, Slots
from wire.choice import write_choice
from wire.say import Say

TOPIC = "next_step"
NOT_NOW = "not_now"
_ASKED = "community"  # what is pending; a bare no to it is a "not now"
_WITH = (*COMMUNITIES, NOT_NOW)


def next_step(slots: Slots) -> Answer:
    """Offer one small step, list places for it, or leave it at that."""
    community = slots.code("community")
    if community == NOT_NOW or slots.declined(_ASKED):
        left = Say("next_step.not_now", {}, ("coping_exercise_request", "menu_help"))
        declined = [name for name in slots.codes("declined") if name != _ASKED]
        changes = {"community": None, "pending": None, "topic": None, "declined": declined or None}
        return Answer((left,), changes)
    if community in COMMUNITIES:
        return _with(str(community), slots)
    near = NEAR.get(slots.code("topic") or "")
    first = (Say(f"next_step.{near}"),) if near else ()
    choices = tuple(write_choice("next_step", {"community": code}) for code in _WITH)
    asked = Say("next_step.with_whom", {}, choices)
    return Answer((*first, asked), {"pending": _ASKED, "topic": TOPIC})


def _with(community: str, slots: Slots) -> Answer:
    """List places for a step with some people. Whom one does not want to meet is remembered."""
    declined = set(slots.codes("declined")) - {OWN_COMMUNITY, _ASKED}
    declined |= {OWN_COMMUNITY} if community == "other" else set()
    told = Slots({**slots.values, "declined": sorted(declined), "offset": None})
    said = topic_speaker(step_topic(community))(told)
    return Answer(
        said.says, {"declined": sorted(declined) or None, "community": None, **said.changes}
    )

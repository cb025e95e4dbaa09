"""Which speaker answers which intent, and the Rasa actions made of them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import (
    desk_cards,
    discretion,
    obstacles,
    offices,
    profile,
    services,
    small_talk,
    steering,
    worker,
)
from actions.borders import origin_line
from actions.choosing_a_domain import domain
from actions.connections import next_step
from actions.coping import exercise, offer
from actions.danger import RISKS, danger_speaker, follow_up
from actions.distress import OPENINGS, distress_speaker
from actions.feedback import feedback_good, feedback_wrong_info, with_question
from actions.helpline import helpline
from actions.myths import myth, myth_misinformation
from actions.notice import with_notice
from actions.practices import practice
from actions.privacy import privacy_delete
from actions.rights import RIGHTS, rights_speaker
from actions.safety import safety
from actions.slots import NEEDED_AFTER, PASSING, Answer, Slots, Speaker
from actions.triage import find_support, leaves_path

# What an informing turn can go on with.
_TOPICS: dict[str, Speaker] = {
    **{intent: rights_speaker(intent) for intent in RIGHTS},
    **{intent: services.topic_speaker(intent) for intent in services.TOPICS},
    **{risk: danger_speaker(risk) for risk in RISKS},
    **{intent: distress_speaker(intent) for intent in OPENINGS},
    "find_support": find_support,
    "find_service": services.find_service,
    "helpline": helpline,
    "talk_to_human": small_talk.talk_to_human,
    "obstacle": obstacles.obstacle,
    "country_profile": profile.country_profile,
    "desk_card": desk_cards.desk_card,
    "gap_note": worker.gap_note,
    "origin_line": origin_line,
}
# A topic that was chosen has no intent of its own, but goes on once the place is known.
_RESUMED = {**_TOPICS, **{topic: services.topic_speaker(topic) for topic in services.CHOSEN}}
_RESUMED["next_step"] = next_step
_RESUMED[discretion.CALLED_UP] = discretion.called_up
_DECLINE = steering.decline_speaker(_RESUMED)

SPEAKERS: dict[str, Speaker] = {
    **_TOPICS,
    **{intent: small_talk.plain_speaker(intent) for intent in small_talk.PLAIN},
    "feedback_good": feedback_good,
    "feedback_wrong_info": feedback_wrong_info,
    "gibberish": small_talk.gibberish_speaker(_DECLINE),
    "menu_help": discretion.menu_or_word,
    "discreet_mode": discretion.discreet_mode,
    "safety": safety,
    "change_language": small_talk.change_language,
    "privacy_delete": privacy_delete,
    "service_details": services.service_details,
    "more": services.more,
    "danger_follow_up": follow_up,
    "out_of_range": steering.out_of_range,
    "inform": steering.inform_speaker(_RESUMED),
    "decline": _DECLINE,
    "not_that": steering.not_that_speaker(_RESUMED),
    "unsure": steering.unsure,
    "office": offices.office,
    "coping_exercise_request": offer,
    "exercise": exercise,
    "domain": domain,
    "next_step": next_step,
    "myth_misinformation": myth_misinformation,
    "myth": myth,
    "practice": practice,
    "worker_professional": worker.worker_professional,
    "deny": steering.deny_speaker(_DECLINE),
}
SPEAKERS["affirm"] = steering.affirm_speaker(SPEAKERS)


def answer(intent: str, slots: Slots) -> tuple[Answer, dict[str, Any]]:
    """Return the answer to an intent and every slot that changes with it.

    What was meant for one turn is cleared; so are places or guesses once they were used.
    """
    said = SPEAKERS[intent](slots)
    pending = said.changes.get("pending", slots.values.get("pending"))
    kept = NEEDED_AFTER if pending else frozenset[str]()
    cleared: dict[str, Any] = {
        name: None for name in PASSING if name not in kept and slots.values.get(name) is not None
    }
    changes = {**cleared, **said.changes}
    if slots.codes("alternatives") and pending not in ("unsure", "place"):
        changes["alternatives"] = None
    return said, {**changes, **leaves_path(slots, changes)}


class _IntentAction(Action, ABC):
    """Answers one intent. Subclasses name it, and only they are registered."""

    @property
    @abstractmethod
    def intent(self) -> str: ...

    def name(self) -> str:
        return f"action_{self.intent}"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        slots = Slots(tracker.slots)
        said, changes = answer(self.intent, slots)
        whole = with_notice(self.intent, slots, said)
        if whole is said:  # not in the turn in which people are told what is kept
            whole = with_question(slots, said)
        changes = {**changes, **whole.changes} if whole is not said else changes
        for say in whole.says:
            dispatcher.utter_message(json_message=say.as_json())
        return [SlotSet(name, value) for name, value in changes.items()]


# rasa-sdk's executor registers every subclass of Action it finds: one an intent.
for _intent in SPEAKERS:
    globals()[f"Action_{_intent}"] = type(
        f"Action_{_intent}", (_IntentAction,), {"intent": _intent}
    )

"""What a few words mean that go on with a danger, or that name a need and nothing else. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from bot.understanding.dangers import DANGERS
from bot.understanding.rights import RIGHTS
from bot.understanding.thresholds import HIGH, SHORT_ANSWER, SURE_OF_ANOTHER, SURE_OF_MORE
from bot.understanding.understood import Heard, Meaning

# Where one goes after a danger: the kind of service, by risk.
_PLACES_TO_GO: Mapping[str, str] = {
    "gbv_partner_violence": "gbv_support",
    "violence_now": "gbv_support",
    "sexual_violence": "gbv_support",
    "child_abuse": "child_protection",
    "trafficking_exploitation": "trafficking_support",
    "suicide_selfharm": "psychotherapy",
    "medical_emergency": "emergency_care",
}
# Said in a few words after a danger, these are still about the danger.
_STILL = frozenset({"affirm", "deny", "out_of_scope", "gibberish"})
_NO_TOPIC = frozenset({"greet", "goodbye", "thanks", "feedback_good", "feedback_wrong_info"}) | (
    _STILL
    | {"menu_help", "stop_subscribe", "worker_professional", "reminder_subscribe", "who_are_you"}
)
_FEW = 3  # words


def quiet(heard: Heard, slots: Mapping[str, object]) -> bool:
    """Return whether a few words after a danger only sound like one to the classifier.

    "He is sleeping now" after "he beats me" is no new attack; no phrase found it.
    """
    if heard.risk is None or heard.risk.phrases or not _after_danger(heard, slots):
        return False
    sure = {guess.intent: guess.confidence for guess in heard.guesses}
    return sure.get(heard.risk.intent, 0.0) < SURE_OF_MORE


def place_to_go(heard: Heard, slots: Mapping[str, object]) -> str | None:
    """Return the kind of service that "where can I go" means after a danger, or None."""
    best = heard.guesses[0]
    open_ = best.confidence < HIGH or best.intent in ("find_service", "shelter_tonight")
    asks = "WHERE" in heard.concepts and "kind" not in heard.finding.codes
    if not (_after_danger(heard, slots) and asks and open_):
        return None
    return _PLACES_TO_GO[str(slots.get("topic"))]


def asks_where(heard: Heard) -> bool:
    """Return whether a message asks where something is that is listed, whatever else it says.

    "I am starving, where is a canteen?" is no talk beside the point.
    """
    best = heard.guesses[0]
    asks = "WHERE" in heard.concepts and "kind" in heard.finding.codes
    return asks and best.intent == "out_of_scope" and heard.risk is None


def follows_danger(heard: Heard, slots: Mapping[str, object]) -> bool:
    """Return whether words after a danger are no new question of their own.

    A few are not, nor is anything that looks beside the point: nobody is sent away then.
    """
    beside = slots.get("topic") in DANGERS and heard.guesses[0].intent == "out_of_scope"
    if not beside and not _after_danger(heard, slots):
        return False
    if slots.get("pending") in ("country", "city", "place") and not heard.known:
        return False  # most likely a misspelt place
    best = heard.guesses[0]
    sure = SURE_OF_ANOTHER if heard.words <= _FEW else HIGH  # "two days ago" is no new topic
    if best.confidence < sure or best.intent in DANGERS or heard.risk is not None:
        return True
    if best.intent in ("affirm", "deny") and slots.get("pending"):
        return False
    if best.intent == "menu_help":  # "menu" is one; "help" and "what can I do" are cries
        return heard.words > 1 or "HELP" in heard.concepts
    return best.intent in _STILL or (best.intent in _NO_TOPIC and best.confidence < SURE_OF_ANOTHER)


def bare(heard: Heard, slots: Mapping[str, object]) -> Meaning | None:
    """Return what a kind of place, of care or a status means that is said alone, or None.

    "Psychologist" asks for one; "pregnant" and "refugee" ask what one may get.
    """
    codes, best = heard.finding.codes, heard.guesses[0]
    topic = str(slots.get("topic") or "")
    if heard.finding.unsaid or not heard.words or heard.finding.towns:
        return None
    if not {"kind", "care", "status"} & codes.keys() or codes.get("status") == "prefer_not_to_say":
        return None
    if topic in RIGHTS and ("care" in codes or "status" in codes):
        return None  # goes on with it
    if "kind" not in codes and "care" not in codes and topic:
        return None
    sure = best.confidence >= HIGH and best.intent not in {*_NO_TOPIC, *DANGERS}
    if "kind" in codes and codes.get("care") != "emergency":
        intent = best.intent if sure and best.intent not in RIGHTS else "find_service"
    else:
        intent = best.intent if sure and best.intent in RIGHTS else "rights_care"
    return Meaning(intent, max(best.confidence, HIGH), tuple(codes.items()))


def _after_danger(heard: Heard, slots: Mapping[str, object]) -> bool:
    return slots.get("topic") in DANGERS and heard.words <= SHORT_ANSWER

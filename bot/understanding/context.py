"""What a message means at this point of a conversation. Pure.

The words that leave, forget, stop or call up the help text are whole messages on a list; then
danger always wins. Then an answer to what was asked, then what steers or goes on, then what
the classifier is sure of; between sure and clueless the likeliest intents are offered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.understanding.courtesy import without_towns_of_thanks
from bot.understanding.dangers import DANGERS
from bot.understanding.discretion import chosen_word, listed_words
from bot.understanding.feedback import tells_what_was_wrong, what_was_wrong
from bot.understanding.going_on import asks_where, bare, follows_danger, place_to_go, quiet
from bot.understanding.path import (
    PENDING,
    first_words,
    path_answer,
    tells_how_it_goes,
    with_what_is_told,
)
from bot.understanding.safeguarding import Risk
from bot.understanding.thresholds import (
    ALTERNATIVES,
    HIGH,
    LOW,
    SHORT_ANSWER,
    SURE_OF_ANOTHER,
    SURE_TO_ACT,
)
from bot.understanding.understood import Heard, Meaning

# What was asked -> the slots that answer it.
_ANSWERS: Mapping[str, tuple[str, ...]] = {
    "country": ("country", "city"),
    "city": ("city", "country"),
    "place": ("city",),
    "status": ("status",),
    "care": ("care",),
    "kind": ("kind",),
    "language": ("language",),
    "community": ("community",),
    **{pending: (slot,) for pending, slot in PENDING.items()},
}
_PLACE = ("country", "city")
_BARE = (*_PLACE, "status", "care")  # said alone, they go on with the topic
_NOT_SAYING = frozenset({"DONT_KNOW", "PREFER_NOT_TO_SAY"})
_STEERING = frozenset({"affirm", "deny", "thanks", "greet", "goodbye"})
_ACTS = frozenset({"stop_subscribe"})
# What weighs on somebody is answered before the place that was asked for.
_DISTRESS = frozenset(
    {
        "distress_anxiety",
        "low_mood_grief",
        "sleep_nightmares_trauma",
        "loneliness",
        "asylum_procedure_stress",
        "substance_use",
        "family_relationship_conflict",
        "child_distress_parenting",
        "discrimination_racism",
        "coping_exercise_request",
    }
)


def meaning(heard: Heard, slots: Mapping[str, object]) -> Meaning:
    """Return what a message means in a conversation with these slots."""
    heard = without_towns_of_thanks(heard)
    entities = [*heard.finding.codes.items()]
    entities += [("alternatives", town) for town in heard.finding.towns]
    if _weighs(heard) and not heard.finding.unsaid:  # "Soledad" is a town as well
        entities = [
            (slot, code) for slot, code in entities if slot not in (*_PLACE, "alternatives")
        ]
    best = heard.guesses[0]
    if (listed := listed_words(heard)) is not None:
        return listed
    own_word = chosen_word(heard, slots)
    # "I do not want to say it" answers a question, and so does a word that was asked for: there a
    # phrase of danger counts, and a mere guess does not.
    declines = _declines(heard, slots)
    answers = own_word is not None or declines or tells_how_it_goes(heard, slots)
    answers = answers or tells_what_was_wrong(heard, slots)
    guessed = heard.risk is not None and not heard.risk.phrases
    if heard.risk is not None and not quiet(heard, slots) and not (answers and guessed):
        return Meaning(heard.risk.intent, 1.0, tuple(entities), heard.risk)
    if declines:
        return Meaning("decline", best.confidence)
    told = own_word or _no_choice(heard, slots) or path_answer(heard, slots)
    told = told or what_was_wrong(heard, slots)
    if told is not None:
        return told
    meant = _going_on(heard, slots, entities) or _new(heard, entities)
    # A question of the path is asked once more rather than left for a guess.
    lost = meant.intent == "unsure" and slots.get("pending") in PENDING
    return Meaning("gibberish", meant.confidence) if lost else meant


def _no_choice(heard: Heard, slots: Mapping[str, object]) -> Meaning | None:
    """Return that a bare number is none of those offered; those were resolved before."""
    return Meaning("out_of_range", 1.0) if heard.number and any(slots.values()) else None


def _going_on(
    heard: Heard, slots: Mapping[str, object], entities: Sequence[tuple[str, str]]
) -> Meaning | None:
    """Return what a message means that answers or goes on, or None for a new question."""
    sure = heard.guesses[0].confidence
    meant = None
    if heard.steering == "more" and slots.get("topic") not in DANGERS:
        meant = Meaning("more", sure)
    elif slots.get("pending") == "origin" and _given(heard, _PLACE):
        meant = _names_origin(heard)
    elif _answers(heard, slots):
        meant = Meaning("inform", 1.0, tuple(entities))
    elif kind := place_to_go(heard, slots):
        meant = Meaning("find_service", max(sure, HIGH), (*entities, ("kind", kind)))
    elif (named := bare(heard, slots)) is not None:
        meant = named
    elif _goes_on(heard, slots):
        meant = Meaning("inform", 1.0, tuple(entities))
    elif follows_danger(heard, slots):
        meant = Meaning("danger_follow_up", sure)
    elif _comes_from(heard, slots):
        meant = Meaning("inform", sure)
    return meant


def _new(heard: Heard, entities: Sequence[tuple[str, str]]) -> Meaning:
    """Return what a message means that asks something new."""
    best = heard.guesses[0]
    if heard.words and (asked := first_words(heard)) is not None:
        return asked
    if asks_where(heard):
        return Meaning("find_service", HIGH, tuple(entities))
    if heard.words == 0 or heard.number or best.confidence < LOW or not heard.known:
        return Meaning("gibberish", best.confidence, tuple(entities))
    if best.confidence >= HIGH and best.intent in _DISTRESS:
        told = with_what_is_told(heard, entities)
        return Meaning(best.intent, best.confidence, told)
    if best.confidence >= (SURE_TO_ACT if best.intent in _ACTS else HIGH):
        return Meaning(best.intent, best.confidence, tuple(entities))
    offered = [g.intent for g in heard.guesses if g.intent not in _STEERING | {"gibberish"}]
    alternatives = [("alternatives", intent) for intent in offered[:ALTERNATIVES]]
    kept = [(slot, code) for slot, code in entities if slot != "alternatives"]
    return Meaning("unsure", best.confidence, (*kept, *alternatives))


def _names_origin(heard: Heard) -> Meaning:
    """Return where somebody comes from, once that was asked: no place where they are."""
    country = heard.finding.codes.get("country")
    return Meaning("origin_line", 1.0, (("origin", country),) if country else ())


def _given(heard: Heard, wanted: Sequence[str]) -> bool:
    several = bool(heard.finding.towns) and "city" in wanted
    return several or any(slot in heard.finding.codes for slot in wanted)


def _declines(heard: Heard, slots: Mapping[str, object]) -> bool:
    """Return whether a message says that the person does not know or want to say what was asked."""
    pending = str(slots.get("pending"))
    if pending not in _ANSWERS or heard.words > SHORT_ANSWER:
        return False
    if heard.steering == "decline":
        return True
    silent = heard.finding.codes.get("status") == "prefer_not_to_say" and pending != "status"
    return silent or (bool(heard.concepts & _NOT_SAYING) and not _given(heard, _ANSWERS[pending]))


def _weighs(heard: Heard) -> bool:
    """Return whether a message says plainly what weighs on somebody."""
    best = heard.guesses[0]
    return best.intent in _DISTRESS and best.confidence >= HIGH


def _answers(heard: Heard, slots: Mapping[str, object]) -> bool:
    """Return whether a message gives what was asked, rather than asking something new."""
    wanted = _ANSWERS.get(str(slots.get("pending")), ())
    if not _given(heard, wanted):
        return False
    sure = heard.guesses[0].confidence
    if _weighs(heard):
        return False
    if heard.finding.unsaid == 0 or heard.words <= 2:  # noqa: PLR2004  # nothing but the answer
        return True
    return sure < (SURE_OF_ANOTHER if heard.words <= SHORT_ANSWER else HIGH)


def _goes_on(heard: Heard, slots: Mapping[str, object]) -> bool:
    """Return whether a message gives a place, a status or a kind of care and asks nothing."""
    if not _given(heard, _BARE) or _weighs(heard):
        return False
    sure = heard.guesses[0].confidence
    if sure < HIGH:  # better to note what is clear than to offer what is not
        more = heard.finding.unsaid > SHORT_ANSWER and sure >= LOW
        return bool(slots.get("topic")) or (_given(heard, _PLACE) and not more)
    if set(heard.finding.codes) > {*_PLACE}:
        return False
    return not heard.finding.unsaid or heard.guesses[0].intent == "out_of_scope"


def _comes_from(heard: Heard, slots: Mapping[str, object]) -> bool:
    """Return whether a message only says where somebody comes from; where they are is open."""
    best = heard.guesses[0]
    new = best.confidence >= HIGH and best.intent != "out_of_scope"
    told = slots.get("country") or _given(heard, _PLACE)
    return heard.finding.elsewhere and heard.words <= SHORT_ANSWER and not new and not told


def chosen(intent: str, codes: Mapping[str, str]) -> Meaning:
    """Return what a choice means that we offered ourselves."""
    risk = Risk(intent, "now") if intent in DANGERS else None
    return Meaning(intent, 1.0, tuple(codes.items()), risk)

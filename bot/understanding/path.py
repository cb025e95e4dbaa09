"""What free words mean while a question of the path to the right support is open. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.understanding.dangers import DANGERS
from bot.understanding.thresholds import HIGH, SHORT_ANSWER, SURE_OF_MORE
from bot.understanding.understood import Heard, Meaning

# What stands in ``pending`` -> the slot that its answer fills.
PENDING: Mapping[str, str] = {"need": "need", "whom": "for_whom", "days": "days", "wish": "wish"}
_INTENT = "find_support"
# What is needed most, told by what a message is about.
_NEEDS: Mapping[str, str] = {
    "distress_anxiety": "feel_better",
    "low_mood_grief": "feel_better",
    "sleep_nightmares_trauma": "feel_better",
    "child_distress_parenting": "feel_better",
    "coping_exercise_request": "feel_better",
    "loneliness": "people",
    "peer_groups_community": "people",
    "substance_use": "habit",
    "family_relationship_conflict": "conflict",
    "asylum_procedure_stress": "papers",
    "discrimination_racism": "report",
    "talk_to_human": "talk",
    "legal_asylum_aid": "papers",
    "housing": "home",
    "shelter_tonight": "home",
    "food_basic_needs": "money",
    "debt_money": "money",
    "work_skills": "work",
    "language_classes": "learning",
    "school_education": "learning",
}
_WEIGHS = (*list(_NEEDS)[:4], "loneliness", "substance_use", "family_relationship_conflict")
_WISHES: Mapping[str, str] = {
    "peer_groups_community": "group",
    "loneliness": "group",
    "coping_exercise_request": "now",
    "talk_to_human": "person",
}
_SPECIALIST = frozenset({"PSYCHIATRIST", "HEARING_VOICES"})
_FOR_THE_MIND = frozenset({"PSYCHIATRIST", "MENTAL_HEALTH", "ANXIETY", "SADNESS", "SLEEP"})
_SMALL = frozenset({"affirm", "deny", "thanks", "greet", "gibberish", "out_of_scope", "menu_help"})
_LIKELY = 0.30  # of a need: a wrong one costs a tap, another question costs more
_FEW = 3  # words
# What is taken for something else by somebody who asks for support and names none.
_OPEN = ("talk_to_human", "find_service", "menu_help", "worker_professional", "out_of_scope")
_ON_MEDICINE = ("medicines", "find_service", "distress_anxiety", "low_mood_grief")
_PROFESSIONALS = ("professional", "specialist")
_ASKS_WHETHER = frozenset({"MAY_I", "CAN", "HOW_MUCH", "FREE_OF_COST", "WHICH_PAPER", "INSURANCE"})


def path_answer(heard: Heard, slots: Mapping[str, object]) -> Meaning | None:
    """Return what a message tells that answers the open question of the path, or None."""
    slot = PENDING.get(str(slots.get("pending")))
    if slot is None:
        return None
    told = _plainly(heard) or _named(heard, slot) or _by_intent(heard, slot)
    if not told:
        return None
    return Meaning(_INTENT, max(heard.guesses[0].confidence, HIGH), _entities(heard, told))


def tells_how_it_goes(heard: Heard, slots: Mapping[str, object]) -> bool:
    """Return whether a few words answer how the days go, or what is wished, in words of the list.

    "I sleep badly but I keep working" is no forced labour to anybody but the classifier.
    """
    slot = PENDING.get(str(slots.get("pending")))
    known = slot in ("days", "wish") and slot in heard.path and heard.words <= SHORT_ANSWER
    return known and heard.guesses[0].confidence < SURE_OF_MORE


def first_words(heard: Heard) -> Meaning | None:
    """Return where the path begins: with a wish for support, or a medicine that runs out."""
    best, told = heard.guesses[0], _plainly(heard)
    sure, asks = best.confidence >= HIGH, not heard.concepts & _ASKS_WHETHER
    open_ = best.intent in _OPEN and not heard.concepts & {"WHERE", "NEAR"}
    wish = told.get("wish") or heard.path.get("wish")
    for_the_mind = "medicine" in heard.path
    ends = "days" in told and (heard.concepts & _FOR_THE_MIND or for_the_mind)
    hears = "HEARING_VOICES" in heard.concepts and best.intent in _ON_MEDICINE
    on_medicine = for_the_mind and asks and best.intent in _ON_MEDICINE
    if hears:
        told = {"wish": "specialist"}
    elif on_medicine or (ends and (for_the_mind or best.intent in _ON_MEDICINE)):
        told = {"days": "medicine_running_out"}  # a medicine for the mind: it must not stop
    elif wish in _PROFESSIONALS and asks and (open_ or _wants_one(heard)):
        told = {"wish": str(wish)}
    elif "begin" in heard.path.values() and (best.intent in _OPEN or not sure):
        told = {}
        if "kind" in heard.finding.codes or not asks:
            return None
    else:
        return None
    told = {**_whom(heard), **told}
    return Meaning(_INTENT, max(best.confidence, HIGH), _entities(heard, told))


def _wants_one(heard: Heard) -> bool:
    """Return whether a professional is wanted; "may I", "how much" ask for information."""
    wants = bool(heard.concepts & {"WANT", "NEED"}) or "WHERE" in heard.concepts
    return wants and heard.guesses[0].intent == "mental_health_entitlement"


def with_what_is_told(
    heard: Heard, entities: Sequence[tuple[str, str]]
) -> tuple[tuple[str, str], ...]:
    """Return the entities of words of distress with what they tell of the path already.

    Somebody who names nobody writes about themselves.
    """
    named = heard.finding.codes.get("for_whom")
    # Somebody whom one mourns is not the one who looks for support.
    own = named is None or (named != "child" and "GRIEF" in heard.concepts)
    kept = [(slot, code) for slot, code in entities if not (own and slot == "for_whom")]
    whom = (("for_whom", "self"),) if own else ()
    return (*kept, *whom, *_plainly(heard).items())


def _plainly(heard: Heard) -> dict[str, str]:
    """Return what decides by itself: a medicine that runs out, a professional who is named."""
    named = heard.concepts
    medicine = named & {"MEDICINE", "PHARMACY", "PSYCHIATRIST"} or "medicine" in heard.path
    runs_out = "RUN_OUT" in named and medicine
    if runs_out or heard.path.get("days") == "medicine_running_out":
        return {"days": "medicine_running_out"}
    if named & _SPECIALIST:
        return {"wish": "specialist"}
    if "PSYCHOLOGIST" in named:
        return {"need": "feel_better", "wish": "professional"}
    return {}


def _named(heard: Heard, slot: str) -> dict[str, str]:
    """Return what the words of the answer name."""
    whom = _whom(heard)
    if slot == "for_whom" and whom:
        return whom
    if slot not in heard.path or _asks_something_new(heard):
        return {}
    sure = slot == "need" and heard.guesses[0].confidence >= HIGH
    return {} if sure and _by_intent(heard, slot) else {slot: heard.path[slot]}


def _by_intent(heard: Heard, slot: str) -> dict[str, str]:
    """Return what a message tells by what it is about."""
    best = heard.guesses[0]
    if slot == "need" and best.confidence >= _LIKELY and best.intent in _NEEDS:
        whom = {"for_whom": "child"} if best.intent == "child_distress_parenting" else {}
        return {"need": _NEEDS[best.intent], **whom}
    if best.confidence < HIGH:
        return {}
    if slot == "wish" and (best.intent in _WISHES or best.intent in _WEIGHS):
        return {"wish": _WISHES.get(best.intent, "person")}
    if slot == "for_whom" and best.intent in _WEIGHS:  # goes on about themselves
        return {"for_whom": "self", **{n: c for n, c in heard.path.items() if n == "days"}}
    return {"days": "hard"} if slot == "days" and best.intent in _WEIGHS else {}


def _asks_something_new(heard: Heard) -> bool:
    """Return whether a message is a question of its own that holds a word of an answer."""
    best = heard.guesses[0]
    # A danger that got this far was only guessed, and is no question.
    own = best.confidence >= HIGH and best.intent not in {*_NEEDS, *_SMALL, *DANGERS}
    return own and heard.words > _FEW


def _whom(heard: Heard) -> dict[str, str]:
    """Return for whom a message says that it is; "for me" stands in "for my daughter" as well."""
    named, said = heard.finding.codes.get("for_whom"), heard.path.get("for_whom")
    whom = said if said and (named is None or named == "self") else named
    return {"for_whom": whom} if whom and (named or whom != "self") else {}


def _entities(heard: Heard, told: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return what was told, and where: several towns of one name are left to choose from."""
    codes = heard.finding.codes
    place = [(name, codes[name]) for name in ("country", "city") if name in codes]
    towns = [("alternatives", town) for town in heard.finding.towns]
    return (*place, *towns, *told.items())

"""The path to the right layer of support: four questions at most, each of which can be skipped.

Nothing is counted or kept: what was told is emptied as soon as the path ends or is left.
"""

from __future__ import annotations

from collections.abc import Mapping

from actions import services
from actions.asking import ON_THE_PATH, ask, missing
from actions.coping import offer
from actions.layers import NOTHING, QUESTIONS, TABLE, Row
from actions.slots import Answer, Slots
from actions.support import beside, steps, support
from wire.choice import write_choice
from wire.say import Say
from wire.strict import JsonValue

TOPIC = "find_support"
_PLACE = ("country", "city", "place")  # asked at the end of the path
_TOLD = ("need", "days", "wish")  # slots that live as long as the path
NOT_SAFE = write_choice(TOPIC, {"need": "unsafe"})
_PROTECTION_LINES = ("gbv", "child", "trafficking")
# Somebody who is not safe chooses what fits; each leads to the numbers for it.
_DANGERS = (
    *("violence_now", "gbv_partner_violence", "sexual_violence", "child_abuse"),
    "trafficking_exploitation",
)


def find_support(slots: Slots) -> Answer:
    """Ask what still changes the answer, else lead to the layer of support that fits."""
    return go_on(slots, told_in(slots))


def go_on(
    slots: Slots,
    told: Mapping[str, str],
    *before: Say,
    extra: tuple[str, ...] = (),
    offered: tuple[str, ...] = (),
) -> Answer:
    """Return the next question of the path, or its end.

    Args:
        slots: What is known.
        told: Question to what was told.
        before: What is said first.
        extra: Choices that are offered with a question, behind its answers.
        offered: The answers that are offered, where not all of them fit.
    """
    row = TABLE.row(told)
    kept: dict[str, JsonValue] = {name: told.get(name) for name in _TOLD}
    if row.layer == NOTHING:
        say = Say("support.nothing", {"country": slots.code("country")}, (TOPIC, "menu_help"))
        return Answer((*before, say), {"topic": None, "pending": None})
    if name := _question(slots, told):
        asked = ask(name, Slots({**slots.values, **kept}), TOPIC)
        say = _with(asked.says[0], offered, extra)
        return Answer((*before, say), {**asked.changes, **kept})
    if row.layer == "protection":
        return _protection(slots, row, kept)
    if told.get("wish") == "now":
        return _now(slots, row)
    return _places(slots, row, kept, before)


def told_in(slots: Slots) -> dict[str, str]:
    """Return what was told on the path; a person under 18 is a child, whoever writes."""
    told = {name: code for name in (*_TOLD, "for_whom") if (code := slots.code(name))}
    if is_minor(slots):
        told["for_whom"] = "child"
    return {name: code for name, code in told.items() if code in TABLE.codes[name]}


def is_minor(slots: Slots) -> bool:
    """Return whether the support is for somebody under 18."""
    young = slots.code("age_group") in ("child", "adolescent")
    return young or slots.code("status") == "unaccompanied_child"


def leaves_path(slots: Slots, changes: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    """Return what is emptied after an answer; nothing while the path goes on."""
    after = {**slots.values, **changes}
    pending, topic = after.get("pending"), after.get("topic")
    if pending in ON_THE_PATH.values() or (pending in _PLACE and topic == TOPIC):
        return {}
    emptied: dict[str, JsonValue] = {name: None for name in _TOLD if after.get(name) is not None}
    declined = after.get("declined") or []
    kept = [name for name in declined if name not in ON_THE_PATH.values()]
    return {**emptied, "declined": kept} if kept != declined else emptied


def _question(slots: Slots, told: Mapping[str, str]) -> str | None:
    if told.get("need") == "practical" and not slots.declined("need"):
        return "need"  # which practical help, or the list would fit nobody
    unasked = [n for n in QUESTIONS if n not in told and not slots.declined(ON_THE_PATH[n])]
    name = TABLE.question(told, unasked)
    return ON_THE_PATH[name] if name else None


def _with(asked: Say, offered: tuple[str, ...], extra: tuple[str, ...]) -> Say:
    answers = offered or tuple(choice for choice in asked.choices if choice != "decline")
    # Whoever is not safe can say so at every question, whatever was taken for granted before.
    choices = dict.fromkeys((*answers, *extra, NOT_SAFE, "decline"))
    return Say(asked.message, asked.values, tuple(choices))


def _protection(slots: Slots, row: Row, kept: dict[str, JsonValue]) -> Answer:
    """Return the emergency number first, then the lines; only the country is asked."""
    country = slots.code("country")
    choices = (*_DANGERS, *steps(row))
    say = support(slots, row, choices, alone=True)
    if missing(slots, "country"):
        asked = ask("country", slots, TOPIC, say)
        return Answer(asked.says, {**asked.changes, **kept})
    lines = Say("helplines.list", {"country": country, "purposes": [*_PROTECTION_LINES]}, choices)
    said = (lines,) if slots.code("pending") == "country" else (say, lines)
    return Answer(said, {"topic": "helpline", "pending": None})


def _places(slots: Slots, row: Row, kept: dict[str, JsonValue], before: tuple[Say, ...]) -> Answer:
    """Return the layer that fits and its places; where is asked once."""
    asked_before = slots.code("topic") == TOPIC and slots.code("pending") in _PLACE
    minor = is_minor(slots) or slots.code("for_whom") == "child"
    kinds = list(row.kinds_for(minor=minor))
    alone = () if asked_before else (support(slots, row, steps(row), alone=not before),)
    if asked := services.where(slots, TOPIC, *before, *alone):
        return Answer(asked.says, {**asked.changes, **kept})
    if minor and not slots.code("audience"):
        young = "adolescents" if slots.code("age_group") == "adolescent" else "children"
        slots = Slots({**slots.values, "audience": young})
    first = () if asked_before else (support(slots, row),)
    listing = services.listing(slots, kinds, (*steps(row), "menu_help"), topic=TOPIC)
    changes: dict[str, JsonValue] = {"topic": "find_service", "kind": kinds, "pending": None}
    says = (*before, *first, listing, *beside(slots, row))
    return Answer(says, {**changes, "seen": slots.number("offset")})


def _now(slots: Slots, row: Row) -> Answer:
    """Return exercises to choose from, at once; a place is a choice."""
    offered = offer(slots)
    others = (TOPIC, "menu_help")
    exercises = tuple(choice for choice in offered.says[0].choices if choice not in others)
    beside_it = tuple(choice for choice in steps(row) if choice != "coping_exercise_request")
    place = write_choice("find_service", {"kind": row.kinds[0]})
    choices = (*exercises, place, *beside_it, "menu_help")
    says = (support(slots, row), Say(offered.says[0].message, offered.says[0].values, choices))
    return Answer((*says, *beside(slots, row)), {"topic": None, "pending": None})


def answer_of(question: str, code: str) -> str:
    """Return the choice that answers a question of the path."""
    return write_choice(TOPIC, {question: code})

"""How it was: three faces, then what was wrong. Two taps at most, once a conversation.

What it is about stands in the slot ``about``, which the gateway fills with what it said; the
delivery counts a say that carries it together with an ``answer``, and nothing else of it.
"""

from __future__ import annotations

from actions.danger import LINES, RISKS
from actions.slots import Answer, Slots
from wire.choice import write_choice
from wire.say import Say
from wire.strict import JsonValue

ASK = "feedback.ask"
_SO_SO, _BAD = "so_so", "bad"
FACES = (
    "feedback_good",
    write_choice("feedback_good", {"why": _SO_SO}),
    write_choice("feedback_wrong_info", {"why": _BAD}),
)
# reason -> what may help next, offered with the thanks.
REASONS: dict[str, tuple[str, ...]] = {
    "closed": (),
    "turned_away": (write_choice("obstacle", {"obstacle": "refused"}),),
    "asked_for_papers": (write_choice("obstacle", {"obstacle": "paper"}),),
    "wrong": (),
}
_WHICH = tuple(write_choice("feedback_wrong_info", {"why": code}) for code in REASONS)
# What was said, and whether the question may stand behind it.
_ABOUT = ("services.list", "services.details", "rights.answer", "helplines.list")
_BESIDE = ("services.", "rights.", "support.", "domain.", "practical.", "helplines.", "inform.")
_HARM = ("danger.", "early_care.", "safe.", "safety.", "discreet.", "shared.")
_URGENT = frozenset({"emergency_any", "emergency_medical", "police", "poison", *LINES.values()})
# Who looks for these may have told of harm by it.
_AFTER_HARM = frozenset(
    {
        *("emergency_care", "sexual_violence_care", "gbv_support", "womens_safe_space"),
        *("protection_shelter", "child_protection", "trafficking_support", "police"),
        *("victim_support", "hate_crime_report", "torture_rehabilitation", "detention_support"),
    }
)


def with_question(slots: Slots, answer: Answer) -> Answer:
    """Return an answer with the three faces behind it, where they may be; ``asked`` remembers.

    Never in a conversation in which harm was talked about or somebody may look on, even where it
    was taken back; never beside another question, or behind anything but places, rights and lines.
    """
    if slots.code("asked") is None and any(s.message.startswith(_HARM) for s in answer.says):
        return Answer(answer.says, {**answer.changes, "asked": "yes"})  # as if it had been
    if not _may_be_asked(slots, answer):
        return answer
    return Answer((*answer.says, Say(ASK, {}, FACES)), {**answer.changes, "asked": "yes"})


def feedback_good(slots: Slots) -> Answer:
    """Thank for a face that is not unhappy. The question that is open stays open."""
    so_so = slots.code("why") == _SO_SO
    message, answer = ("feedback.so_so", _SO_SO) if so_so else ("feedback.good", "good")
    return Answer((_told(message, answer, slots, ("menu_help",)),), {"about": None})


def feedback_wrong_info(slots: Slots) -> Answer:
    """Ask what was wrong, or thank for it; while a risk is open, only say whom to call."""
    why = slots.code("why") or ""
    if _is_at_risk(slots):
        values: dict[str, JsonValue] = {"country": slots.code("country")}
        return Answer((Say("feedback.in_danger", values, ("menu_help",)),), {"pending": None})
    if not slots.codes("about"):
        return Answer((Say("feedback.which", {}, ("menu_help",)),), {"pending": None})
    if why in REASONS:
        told = _told("feedback.wrong", why, slots, (*REASONS[why], "menu_help"))
        return Answer((told,), {"pending": None, "about": None})
    told_before = slots.code("pending") == "why"
    asked = _told("feedback.what", None if told_before else _BAD, slots, (*_WHICH, "menu_help"))
    return Answer((asked,), {"pending": "why"})


def _told(message: str, answer: str | None, slots: Slots, choices: tuple[str, ...]) -> Say:
    about: list[str] = [] if _is_at_risk(slots) else slots.codes("about")
    values: dict[str, JsonValue] = {"answer": answer, "about": about}
    return Say(message, values, choices)


def _may_be_asked(slots: Slots, answer: Answer) -> bool:
    after = Slots({**slots.values, **answer.changes})
    if slots.code("asked") or slots.code("shared") == "yes" or after.code("pending"):
        return False
    if _is_at_risk(slots) or _is_at_risk(after):
        return False
    said = [say.message for say in answer.says]
    if not set(said) & set(_ABOUT) or not all(message.startswith(_BESIDE) for message in said):
        return False
    return not any(_is_delicate(say) for say in answer.says)


def _is_at_risk(slots: Slots) -> bool:
    """Return whether a danger was told: it is the topic, or it may still be taken back."""
    urgent = slots.code("urgency") is not None
    return urgent or slots.code("topic") in RISKS or bool(slots.codes("before"))


def _is_delicate(say: Say) -> bool:
    told = Slots(say.values)
    emergency = told.code("care") == "emergency"
    harm = _AFTER_HARM & set(told.codes("kinds")) or _URGENT & set(told.codes("purposes"))
    return emergency or bool(harm)

"""Asking for what is missing, one thing at a time. Not saying is always a choice."""

from __future__ import annotations

from actions.layers import TABLE
from actions.origins import ORIGINS
from actions.slots import Answer, Slots
from wire.choice import write_choice
from wire.say import Say

STATUSES = (
    "asylum_seeker",
    "refugee",
    "temporary_protection",
    "undocumented",
    "regular_migrant",
    "unaccompanied_child",
    "returnee",
    "internally_displaced",
    "in_transit",
    "stateless",
    "prefer_not_to_say",
)
KINDS = (
    "primary_care",
    "psychotherapy",
    "legal_aid",
    "shelter",
    "food",
    "womens_safe_space",
    "language_class",
    "jobs",
)


# Question of the path to the right support -> what stands in ``pending`` while it is open.
ON_THE_PATH = {"need": "need", "for_whom": "whom", "days": "days", "wish": "wish"}


def _on_the_path(name: str, codes: tuple[str, ...]) -> tuple[str, ...]:
    return (*(write_choice("find_support", {name: code}) for code in codes), "decline")


# What each slot is asked with: the message, the choices offered.
_QUESTIONS = {
    "country": Say("ask.country", choices=("decline",)),
    "city": Say("ask.city", choices=("decline",)),
    "status": Say(
        "ask.status",
        choices=tuple(write_choice("inform", {"status": status}) for status in STATUSES),
    ),
    "kind": Say(
        "ask.kind",
        choices=(*(write_choice("find_service", {"kind": kind}) for kind in KINDS), "decline"),
    ),
    "language": Say("language.choose"),
    "safe_word": Say("safe.choose_word", choices=("decline",)),
    "origin": Say(
        "ask.origin",
        choices=(*(write_choice("origin_line", {"origin": o}) for o in ORIGINS), "decline"),
    ),
    "need": Say("ask.need", choices=_on_the_path("need", TABLE.choices["need"])),
    "whom": Say("ask.whom", choices=_on_the_path("for_whom", TABLE.choices["for_whom"])),
    "days": Say("ask.days", choices=_on_the_path("days", TABLE.choices["days"])),
    "wish": Say("ask.wish", choices=_on_the_path("wish", TABLE.choices["wish"])),
}

# Asked with ``need`` once more, where it was practical help.
_WHICH_PRACTICAL = Say("ask.practical", choices=_on_the_path("need", TABLE.details))


def missing(slots: Slots, *wanted: str) -> str | None:
    """Return the first wanted slot that is empty and was not declined, or None."""
    return next((n for n in wanted if not slots.code(n) and not slots.declined(n)), None)


def question(name: str, slots: Slots) -> Say:
    """Return the question for what is pending. The country known so far goes with it."""
    if name == "place":
        return _which_place(slots)
    narrower = name == "need" and slots.code("need") == "practical"
    asked = _WHICH_PRACTICAL if narrower else _QUESTIONS[name]
    return Say(asked.message, {"country": slots.code("country")}, asked.choices)


def ask(name: str, slots: Slots, topic: str, *before: Say) -> Answer:
    """Return an answer that asks for ``name`` and remembers the topic it is for."""
    return Answer((*before, question(name, slots)), {"pending": name, "topic": topic})


def ask_which_place(slots: Slots, topic: str) -> Answer:
    """Return an answer that lets the person choose between places of one name."""
    return Answer((_which_place(slots),), {"pending": "place", "topic": topic})


def can_be_asked(name: str | None, slots: Slots) -> bool:
    """Return whether what is pending is a question that can be asked once more."""
    return bool(slots.places()) if name == "place" else name in _QUESTIONS


def _which_place(slots: Slots) -> Say:
    choices = tuple(write_choice("inform", {"city": place}) for place in slots.places())
    return Say("ask.which_place", {}, (*choices, "decline"))

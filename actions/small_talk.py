"""Small talk, steering, and everything that is one message."""

from __future__ import annotations

from actions.asking import ON_THE_PATH, ask, can_be_asked, missing, question
from actions.services import MENU
from actions.slots import Answer, Slots, Speaker
from wire.choice import write_choice
from wire.say import Say
from wire.strict import JsonValue

# intent -> message, choices offered with it
_PLAIN: dict[str, tuple[str, tuple[str, ...]]] = {
    "greet": ("greet.hello", MENU),
    "goodbye": ("goodbye.reply", ()),
    "thanks": ("thanks.reply", ("menu_help",)),
    "who_are_you": ("who.are_you", ("privacy_delete", "menu_help")),
    "stop_subscribe": ("stop.done", ("menu_help",)),
    "reminder_subscribe": ("reminder.none", ("menu_help",)),
    "out_of_scope": ("scope.out", MENU),
}
PLAIN = tuple(_PLAIN)
# Steering does not lose the question that is open.
_AGAIN = "again"  # a question of the path was asked a second time
_KEEPS_PENDING = frozenset({"thanks", "greet"})
# Leisure stands among people and support.
_MORE_TOPICS = (
    *("newcomer", "diploma", "transport", "digital", "culture", "safety", "hate", "detention"),
)
_SUBMENUS: dict[str, tuple[str, ...]] = {
    "care": (
        "rights_care",
        "cost_care",
        "access_conditions",
        "emergency_care_info",
        "mental_health_entitlement",
        "maternity_care",
        "child_health_vaccines",
        "medicines",
    ),
    "people": (
        "find_support",
        "peer_groups_community",
        write_choice("find_service", {"kind": "counselling"}),
        "coping_exercise_request",
        "family_tracing",
        "next_step",
        "safety",
        write_choice("domain", {"domain": "leisure"}),
        "origin_line",
        "talk_to_human",
    ),
    "practical": (
        "legal_asylum_aid",
        "shelter_tonight",
        "food_basic_needs",
        "language_classes",
        "work_skills",
        "school_education",
        "housing",
        "debt_money",
        write_choice("menu_help", {"menu": "more_topics"}),
    ),
    "more_topics": (
        *(write_choice("domain", {"domain": code}) for code in _MORE_TOPICS),
        "volunteer",
    ),
}


def plain_speaker(intent: str) -> Speaker:
    """Return the speaker of an intent that one message answers."""
    message, choices = _PLAIN[intent]

    def speak(slots: Slots) -> Answer:
        say = Say(message, {"country": slots.code("country")}, choices)
        changes: dict[str, JsonValue] = {} if intent in _KEEPS_PENDING else {"pending": None}
        return Answer((say,), changes)

    return speak


def gibberish_speaker(without: Speaker) -> Speaker:
    """Return the speaker of what is not understood. Never an error text.

    Args:
        without: Goes on without what was asked.
    """

    def speak(slots: Slots) -> Answer:
        pending = slots.code("pending")
        if pending in ON_THE_PATH.values() and slots.code("step") == _AGAIN:
            return without(slots)  # rather go on than ask for ever
        if pending and can_be_asked(pending, slots):
            place = pending in ("country", "city", "place")
            again = "ask.not_found" if place else "ask.not_understood"
            kept: dict[str, JsonValue] = {"step": _AGAIN} if pending in ON_THE_PATH.values() else {}
            return Answer((Say(again), question(pending, slots)), kept)
        menu = Say("gibberish.menu", {"country": slots.code("country")}, MENU)
        return Answer((menu,), {"pending": None})

    return speak


def menu_help(slots: Slots) -> Answer:
    """Show the menu, or the part of it that was chosen, with the emergency number."""
    menu = slots.code("menu")
    message = f"menu.{menu}" if menu in _SUBMENUS else "menu.show"
    choices = _SUBMENUS.get(menu or "", MENU)
    return Answer((Say(message, {"country": slots.code("country")}, choices),), {"pending": None})


def talk_to_human(slots: Slots) -> Answer:
    """Say that nobody answers here yet, and name the lines where people do."""
    if missing(slots, "country"):
        return ask("country", slots, "talk_to_human", Say("human.nobody_here"))
    lines = Say(
        "helplines.list",
        {
            "country": slots.code("country"),
            "purposes": ["asylum_refugee_info", "suicide_mental_health", "emergency_any"],
        },
        ("find_service", "menu_help"),
    )
    duty = Say("human.duty")  # before anybody is spoken to
    before = () if slots.code("pending") == "country" else (Say("human.nobody_here"),)
    says = (*before, duty, lines)
    return Answer(says, {"topic": "talk_to_human", "pending": None})


def change_language(slots: Slots) -> Answer:
    """Confirm the language that was chosen, or ask for one."""
    chosen = slots.code("wanted_language")
    if chosen is None:
        return Answer((Say("language.choose"),), {"pending": "language"})
    say = Say("language.changed", {"country": slots.code("country")}, MENU)
    return Answer((say,), {"language": chosen, "tell_in": None, "pending": None})

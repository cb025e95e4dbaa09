"""Somebody else may read: leaving at once, the word that calls help up, a phone that is shared."""

from __future__ import annotations

from actions.asking import missing, question
from actions.danger import LINES, RISKS
from actions.slots import Answer, Slots
from actions.small_talk import menu_help
from wire.choice import write_choice
from wire.say import Say
from wire.strict import JsonValue

CALLED_UP = "called_up"  # topic while the country is asked for
WORD = "safe_word"  # pending while a word of the person's own is awaited
_KEPT = frozenset({"language"})


def mode(menu: str) -> str:
    """Return the choice of a discreet mode."""
    return write_choice("discreet_mode", {"menu": menu})


HELP = write_choice("menu_help", {"menu": "safe"})
OWN_WORD = write_choice("menu_help", {"menu": "word"})
LEAVE, SHARED, MINE, ELSEWHERE = map(mode, ("exit", "shared", "mine", "code"))
_TIPS = (SHARED, OWN_WORD, ELSEWHERE, "privacy_delete", LEAVE, "menu_help")


def discreet_mode(slots: Slots) -> Answer:
    """Leave, switch the shared phone on or off, or give a code; else tell what helps.

    The open question is kept but when somebody leaves: then nothing is.
    """
    menu = slots.code("menu")
    if menu == "exit":
        return Answer((Say("exit.line"),), emptied(slots))
    if menu == "shared":
        beside = (OWN_WORD, MINE, LEAVE, "menu_help")
        return Answer((Say("shared.on", {}, beside),), {"shared": "yes"})
    if menu == "mine":
        return Answer((Say("shared.off", {}, ("menu_help",)),), {"shared": "no"})
    if menu == "code":
        return Answer((Say("resume.code", {}, (LEAVE, "menu_help")),), {})
    return Answer((Say("discreet.tips", {}, _TIPS),), {})


def emptied(slots: Slots) -> dict[str, JsonValue]:
    """Return the changes after which nothing but the language is known."""
    return {name: None for name in slots.values if name not in _KEPT}


def called_up(slots: Slots) -> Answer:
    """Show the help text again: the lines of the last danger, else those for harm and despair.

    What was being asked stays open; without a country it is asked for.
    """
    country, topic = slots.code("country"), slots.code("topic") or ""
    purposes = [LINES[topic]] if topic in LINES else ["gbv", "suicide_mental_health"]
    values: dict[str, JsonValue] = {"country": country}
    first = Say("safe.called_up", values, () if country else ("safety", LEAVE))
    if missing(slots, "country"):
        kept = topic if topic in RISKS else CALLED_UP
        return Answer((first, question("country", slots)), {"topic": kept, "pending": "country"})
    told: dict[str, JsonValue] = {**values, "purposes": purposes}
    lines = Say("helplines.list", told, ("safety", LEAVE, "menu_help"))
    open_ = {"topic": None} if topic == CALLED_UP else {}
    return Answer((first, lines), {"pending": _still_open(slots), **open_})


def menu_or_word(slots: Slots) -> Answer:
    """Answer what is asked of the menu: the help text, a word of one's own, else the menu."""
    menu = slots.code("menu")
    if menu == "safe":
        return called_up(slots)
    if menu == "word":
        return Answer((Say("safe.choose_word", {}, ("decline",)),), {"pending": WORD})
    if menu == "word_set":
        return Answer((Say("safe.word_set", {}, (HELP, LEAVE, "menu_help")),), {"pending": None})
    return menu_help(slots)


def _still_open(slots: Slots) -> str | None:
    pending = slots.code("pending")
    return None if pending == "country" else pending

"""What is kept, who reads, and forgetting it."""

from __future__ import annotations

from actions.discretion import emptied
from actions.slots import Answer, Slots
from wire.choice import write_choice
from wire.say import Say

FULL = tuple(f"privacy.full.{part}" for part in range(1, 7))
_FORGET = write_choice("privacy_delete", {"menu": "forget"})
_FULL = write_choice("privacy_delete", {"menu": "full"})


def privacy_delete(slots: Slots) -> Answer:
    """Tell what is kept, in brief or in full; forget everything when that was chosen.

    The delivery takes ``privacy.forgotten`` at its word and erases the conversation.
    """
    menu = slots.code("menu")
    if menu == "forget":
        return Answer((Say("privacy.forgotten"),), emptied(slots))
    if menu == "full":
        *before, last = FULL
        says = (*map(Say, before), Say(last, {}, (_FORGET, "menu_help")))
        return Answer(says, {"pending": None})
    kept = Say("privacy.what_is_kept", {}, (_FORGET, _FULL, "menu_help"))
    return Answer((kept,), {"pending": None})

"""Which message is read on the button of a choice."""

from __future__ import annotations

from wire.choice import read_choice

# Slots whose codes have a label of their own, and the family of messages it stands in.
_FAMILIES = {"status": "status", "care": "care", "kind": "kind", "purpose": "purpose"}
_PRIVACY = "privacy_delete"
# Slots whose codes are answers to a question of ours: ``choice.<slot>_<code>``.
_ANSWERS = ("need", "for_whom", "days", "wish", "obstacle", "domain", "community", "why")


def label_message(choice: str) -> str | None:
    """Return the message that labels a choice, or None for a place or a language.

    Raises WireError: it is no id of a choice.
    """
    intent, slots = read_choice(choice)
    for slot, family in _FAMILIES.items():
        if slot in slots:
            return f"{family}.{slots[slot]}"
    if {"country", "city", "language", "origin"} & slots.keys():
        return None
    if "menu" in slots:
        part = "privacy" if intent == _PRIVACY else "menu"
        return f"choice.{part}_{slots['menu']}"
    if "step" in slots:  # the same once more, one step on
        return f"choice.{intent}_next"
    if "card" in slots:
        return f"kind.{slots['card']}" if intent == "office" else f"choice.{intent}_{slots['card']}"
    return next((f"choice.{s}_{slots[s]}" for s in _ANSWERS if s in slots), f"choice.{intent}")

"""What is known of a country, and cards to show at a desk there."""

from __future__ import annotations

from actions.asking import ask, missing
from actions.slots import Answer, Slots
from wire.choice import write_choice
from wire.say import Say


def country_profile(slots: Slots) -> Answer:
    """Tell a page of what is known of the country; the gateway offers the other pages."""
    if missing(slots, "country"):
        asked = ask("country", slots, "country_profile")
        return Answer(asked.says, {**asked.changes, "page": slots.code("page")})
    values = {"country": slots.code("country"), "page": slots.code("page")}
    say = Say("profile.page", values, (write_choice("desk_card"), "menu_help"))
    return Answer((say,), {"topic": "country_profile", "pending": None})

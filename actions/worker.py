"""For those who help: which support fits, what not to ask, how to refer, what is missing."""

from __future__ import annotations

from actions.asking import KINDS, ask, missing
from actions.slots import Answer, Slots
from wire.choice import write_choice
from wire.say import Say

_FIRST_AID = write_choice("exercise", {"card": "first_aid"})
_FOR_A_CLIENT = write_choice("find_support", {"for_whom": "client"})


def _card(name: str) -> str:
    return write_choice("worker_professional", {"card": name})


_FIRST = (
    _card("layers"),
    _card("not_ask"),
    _card("referral"),
    _FIRST_AID,
    _card("more"),
    "menu_help",
)
_MORE = ("country_profile", "desk_card", "practice", "gap_note", "find_service", "menu_help")
# card -> messages, choices offered with the last of them
_CARDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "layers": (
        ("helper.layers", "helper.layers_table"),
        (_FOR_A_CLIENT, _card("not_ask"), _card("referral"), "menu_help"),
    ),
    "not_ask": (
        ("helper.not_ask",),
        (_card("layers"), _card("referral"), _FIRST_AID, "menu_help"),
    ),
    "referral": (("helper.referral",), ("find_service", _card("not_ask"), "gap_note", "menu_help")),
    "more": (("helper.more",), _MORE),
}
# What can be missing, as helpers say it: one for each of the nearest needs.
_GAPS = tuple(write_choice("gap_note", {"kind": kind}) for kind in KINDS)
# A kind that was asked for just now is the one that is missing.
_LOOKED_FOR = frozenset({"find_service", "gap_note"})


def worker_professional(slots: Slots) -> Answer:
    """Say how to ask, and offer what helps those who help; or the part that was chosen."""
    messages, choices = _CARDS.get(slots.code("card") or "", (("helper.intro",), _FIRST))
    *before, last = messages
    says = (*map(Say, before), Say(last, {}, choices))
    return Answer(says, {"pending": None})


def gap_note(slots: Slots) -> Answer:
    """Note what exists nowhere in a country: the gateway counts this say, and nothing else."""
    if missing(slots, "country"):
        return ask("country", slots, "gap_note")
    country = slots.code("country")
    asked = slots.code("pending") == "kind" or slots.code("topic") in _LOOKED_FOR
    kind = slots.code("kind") if asked else None
    if kind is None and not slots.declined("kind"):
        question = Say("gap.kind", {"country": country}, (*_GAPS, "decline"))
        return Answer((question,), {"pending": "kind", "topic": "gap_note"})
    if kind is None or country is None:
        return worker_professional(Slots({"card": "more"}))
    noted = Say(
        "gap.noted",
        {"country": country, "kinds": [kind]},
        (write_choice("find_service", {"kind": kind}), _card("more"), "menu_help"),
    )
    return Answer((noted,), {"pending": None, "topic": None, "kind": None})

"""Going on with what was being talked about."""

from __future__ import annotations

from actions.asking import ask_which_place, can_be_asked, missing, question
from actions.danger import RISKS, follow_up
from actions.slots import Answer, Slots, Speaker
from actions.small_talk import change_language, menu_help
from wire.say import Say
from wire.strict import JsonValue

# A bare no to one of these questions skips it.
_SKIPPED = frozenset(
    {
        *("country", "city", "place", "status", "kind", "community", "safe_word"),
        *("need", "whom", "days", "wish"),
    }
)


def inform_speaker(topics: dict[str, Speaker]) -> Speaker:
    """Return the speaker that takes up the topic once the person gave what was asked."""

    def speak(slots: Slots) -> Answer:
        if slots.code("pending") == "language":
            return change_language(slots)
        topic = topics.get(slots.code("topic") or "")
        if topic is not None:
            return topic(slots)
        if slots.places() and not slots.code("city"):
            return ask_which_place(slots, "")
        if not slots.code("city") and missing(slots, "country"):
            asked = (Say("inform.noted"), question("country", slots))
            return Answer(asked, {"pending": "country"})
        place_known = slots.code("country") or slots.code("city")
        message = "inform.place_known" if place_known else "inform.noted"
        shown = menu_help(slots)
        noted = Say(message, {"country": slots.code("country"), "city": slots.code("city")})
        return Answer((noted, *shown.says), shown.changes)

    return speak


def decline_speaker(topics: dict[str, Speaker]) -> Speaker:
    """Return the speaker that goes on without what the person does not want to say."""

    def speak(slots: Slots) -> Answer:
        pending = slots.code("pending")
        # Nobody who keeps the city to themselves is asked for the country next.
        declined = {"city": ["city", "country"], "place": ["city", "country"]}.get(
            pending or "", [pending] if pending else []
        )
        if slots.code("country"):
            declined = [name for name in declined if name != "country"]
        known = {*slots.codes("declined"), *declined}
        told = Slots({**slots.values, "declined": sorted(known), "alternatives": []})
        topic = topics.get(slots.code("topic") or "")
        answer = topic(told) if topic else menu_help(told)
        return Answer(
            answer.says, {"declined": sorted(known), "alternatives": None, **answer.changes}
        )

    return speak


def not_that_speaker(topics: dict[str, Speaker]) -> Speaker:
    """Return the speaker that takes a wrong guess back, exactly to where the person was."""

    def speak(slots: Slots) -> Answer:
        if not slots.codes("before"):
            return menu_help(slots)
        changes = _where_they_were(slots.codes("before"))
        sorry = Say("danger.taken_back")
        back = Slots({**slots.values, **changes})
        topic, pending = back.code("topic"), back.code("pending")
        if pending and can_be_asked(pending, back):
            return Answer((sorry, question(pending, back)), changes)
        if pending == "unsure":
            guessed = unsure(back)
            return Answer((sorry, *guessed.says), {**changes, **guessed.changes})
        if topic in topics:
            again = topics[topic](back)
            return Answer((sorry, *again.says), {**changes, **again.changes})
        shown = menu_help(back)
        return Answer((sorry, *shown.says), {**changes, **shown.changes})

    return speak


def _where_they_were(before: list[str]) -> dict[str, JsonValue]:
    _, topic, pending, *alternatives = [*before, "", ""]
    return {
        "before": None,
        "topic": topic or None,
        "pending": pending or None,
        "alternatives": [code for code in alternatives if code] or None,
    }


def out_of_range(slots: Slots) -> Answer:
    """Say that a number was none of those offered, and offer once more what was open."""
    told, pending = Say("choice.out_of_range"), slots.code("pending")
    if pending and can_be_asked(pending, slots):
        return Answer((told, question(pending, slots)), {})
    if slots.code("topic") in RISKS:
        again = follow_up(slots)
    elif pending == "unsure" and slots.guesses():
        again = unsure(slots)
    else:
        again = menu_help(slots)
    return Answer((told, *again.says), again.changes)


def unsure(slots: Slots) -> Answer:
    """Offer the likeliest meanings in plain words, and the menu."""
    likeliest = slots.guesses()
    say = Say("unsure.choose", {"country": slots.code("country")}, (*likeliest[:3], "menu_help"))
    return Answer((say,), {"pending": "unsure"})


def affirm_speaker(speakers: dict[str, Speaker]) -> Speaker:
    """Return the speaker of a bare yes: it takes the first guess or repeats the question."""

    def speak(slots: Slots) -> Answer:
        pending, guesses = slots.code("pending"), slots.guesses()
        if pending == "unsure" and guesses and guesses[0] in speakers:
            return speakers[guesses[0]](slots)
        if pending and can_be_asked(pending, slots):
            return Answer((question(pending, slots),), {})
        return menu_help(slots)

    return speak


def deny_speaker(decline: Speaker) -> Speaker:
    """Return the speaker of a bare no: an open question is declined, else the menu."""

    def speak(slots: Slots) -> Answer:
        if slots.code("pending") in _SKIPPED:
            return decline(slots)
        return menu_help(slots)

    return speak

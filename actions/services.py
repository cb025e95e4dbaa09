"""Finding a service, and its details."""

from __future__ import annotations

from actions.asking import ask, ask_which_place, can_be_asked, missing, question
from actions.continuum import STEPS, fitting, left_out
from actions.domains import DOMAINS, OPENINGS
from actions.slots import Answer, Slots, Speaker
from actions.support import beside, row_of_kind, steps, support
from wire.choice import write_choice
from wire.say import Say
from wire.strict import JsonValue

PAGE = 3  # services at a time: more is hard to read on a small phone

# intent -> kinds of service that answer it, in order of fit; the say that comes before them.
TOPICS: dict[str, tuple[tuple[str, ...], str | None]] = {
    "shelter_tonight": (("shelter",), "practical.shelter_tonight"),
    "food_basic_needs": (("food", "hygiene", "cash"), "domain.food_basic_needs"),
    "legal_asylum_aid": (("legal_aid", "asylum_office"), "domain.legal_asylum_aid"),
    "housing": (("housing_advice", "shelter", "social_work"), "domain.housing"),
    "work_skills": (("jobs", "skills_training", "diploma_recognition"), "domain.work_skills"),
    "language_classes": (("language_class",), "domain.language_classes"),
    "school_education": (
        ("school", "non_formal_education", "childcare"),
        "domain.school_education",
    ),
    "debt_money": (("debt_advice", "cash", "social_work"), "domain.debt_money"),
    "family_tracing": (("family_tracing", "family_reunion"), "domain.family_tracing"),
    "peer_groups_community": (
        ("peer_group", "support_group", "wellness_group", "cultural_association", "mixed_activity"),
        "domain.peer_groups_community",
    ),
    "volunteer": (("volunteering", "mentoring", "mixed_activity"), "domain.volunteer"),
}
# What nobody has an intent for: a domain that was chosen, a small step with some people.
CHOSEN = {**DOMAINS, **STEPS}
# What is offered behind the places of a topic.
_BESIDE = {
    "peer_groups_community": ("next_step",),
    **dict.fromkeys(STEPS, (write_choice("next_step", {"community": "not_now"}),)),
}
# What people mean by one word and the directory keeps apart: listed after the kind itself.
_AS_WELL = {
    "psychotherapy": ("counselling",),
    "primary_care": ("undocumented_care",),
    "gbv_support": ("womens_safe_space",),
    "victim_support": ("gbv_support",),
}
_ASK_FOR = "domain."  # says of what such a place does and what to ask for
_WHERE_OR_MORE = ("country", "city", "place", "more")


def topic_speaker(intent: str) -> Speaker:
    """Return the speaker of an intent that is answered with services of fixed kinds."""
    kinds, opening = {**TOPICS, **CHOSEN}[intent]

    def speak(slots: Slots) -> Answer:
        opened = slots.code("topic") == intent and slots.code("pending") is not None
        first = (Say(opening, {"country": slots.code("country")}),) if opening else ()
        return _listed(slots, intent, list(kinds), () if opened else first)

    return speak


def find_service(slots: Slots) -> Answer:
    """List services of the kind in the slots; ask for whichever is missing."""
    kind = slots.code("kind")
    if kind is None and not slots.declined("kind"):
        return ask("kind", slots, "find_service")
    # The path to a layer of support leaves several kinds to go on with.
    named = slots.codes("kind")
    kinds = list(dict.fromkeys(k for one in named for k in (one, *_AS_WELL.get(one, ()))))
    told = slots.code("topic") == "find_service" and slots.code("pending") in _WHERE_OR_MORE
    opening = None if told or len(named) > 1 else OPENINGS.get(kind or "")
    before = (Say(opening, {"country": slots.code("country")}),) if opening else ()
    return _listed(slots, "find_service", kinds, before)


def _listed(slots: Slots, topic: str, kinds: list[str], before: tuple[Say, ...]) -> Answer:
    row = row_of_kind(kinds[0]) if kinds else None
    open_ = slots.code("pending") not in _WHERE_OR_MORE or slots.code("topic") != topic
    first = (support(slots, row, steps(row), alone=True),) if row and open_ and not before else ()
    if asked := where(slots, topic, *before, *first):
        return asked
    found = listing(slots, kinds, (*_BESIDE.get(topic, ()), "menu_help"), topic=topic)
    behind: tuple[Say, ...] = ()
    if row and not slots.number("offset"):
        found = Say(found.message, found.values, (*steps(row), *found.choices))
        behind = beside(slots, row)
    # What to ask for stands behind the numbers: an SMS may hold no more than these.
    what = tuple(say for say in before if say.message.startswith(_ASK_FOR))
    leading = tuple(say for say in before if say not in what)
    return Answer(
        (*leading, found, *what, *behind),
        {"topic": topic, "pending": None, "seen": slots.number("offset")},
    )


def where(slots: Slots, topic: str, *before: Say) -> Answer | None:
    """Return the question where somebody is, for a topic, or None once it is known or declined."""
    if not slots.code("city") and slots.places():
        asked = ask_which_place(slots, topic)
        return Answer((*before, *asked.says), asked.changes)
    wanted = () if slots.code("city") else ("country", "city")
    answered_with_country = slots.code("pending") in ("city", "more") and slots.code("country")
    if not answered_with_country and (name := missing(slots, *wanted)):
        # The one question is where; a city tells the country too.
        return ask("city" if name == "country" else name, slots, topic, *before)
    return None


def listing(slots: Slots, kinds: list[str], choices: tuple[str, ...], *, topic: str) -> Say:
    """Return the list of services of some kinds, best first, with the choices behind it."""
    # What was asked for by name is never left out.
    fitted = fitting(kinds, slots) if len(kinds) > 1 else kinds
    values: dict[str, JsonValue] = {
        "country": slots.code("country"),
        "city": slots.code("city"),
        "kinds": fitted,
        "audience": slots.code("audience"),
        "status": slots.code("status"),
        "offset": slots.number("offset"),
    }
    if "consulate" in fitted:  # only of the state that the person named
        values["origin"] = slots.code("origin")
    if unwanted := [kind for kind in left_out(slots) if kind not in fitted]:
        values["without"] = list(unwanted)
    return Say("services.list", values, choices)


def more(slots: Slots) -> Answer:
    """List the next services of the topic; without one, show the menu."""
    topic, pending = slots.code("topic"), slots.code("pending")
    if pending in ("city", "place", "kind") and can_be_asked(pending, slots):
        return Answer((question(pending, slots),), {})  # nothing was listed yet
    if topic != "find_service" and topic not in {**TOPICS, **CHOSEN}:
        return Answer((Say("menu.show", {"country": slots.code("country")}, MENU),), {})
    offset = str(slots.number("seen") + PAGE)
    moved = Slots({**slots.values, "offset": offset, "pending": "more"})
    return find_service(moved) if topic == "find_service" else topic_speaker(topic)(moved)


def service_details(slots: Slots) -> Answer:
    """Tell all of one service. Without one, the gateway asks which of those it listed."""
    listing = slots.code("listing")
    if listing is None and slots.code("kind") and slots.code("topic") != "find_service":
        return find_service(slots)
    values: dict[str, JsonValue] = {"listing": listing, "country": slots.code("country")}
    return Answer((Say("services.details", values, ("menu_help",)),), {"pending": None})


MENU = (
    write_choice("menu_help", {"menu": "care"}),
    write_choice("menu_help", {"menu": "people"}),
    "find_service",
    write_choice("menu_help", {"menu": "practical"}),
    "change_language",
)

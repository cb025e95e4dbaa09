"""Finding a service, its details, and a line to call."""

from __future__ import annotations

from actions.asking import ask, ask_which_place, can_be_asked, missing, question
from actions.slots import Answer, Slots, Speaker
from wire.choice import write_choice
from wire.say import Say
from wire.strict import JsonValue

PAGE = 3  # services at a time: more is hard to read on a small phone

# intent -> kinds of service that answer it, in order of fit; the say that comes before them.
TOPICS: dict[str, tuple[tuple[str, ...], str | None]] = {
    "shelter_tonight": (("shelter",), "practical.shelter_tonight"),
    "food_basic_needs": (("food", "hygiene", "cash"), None),
    "legal_asylum_aid": (("legal_aid", "asylum_office"), None),
    "housing": (("housing_advice", "shelter", "social_work"), None),
    "work_skills": (("jobs", "skills_training", "diploma_recognition"), None),
    "language_classes": (("language_class",), None),
    "school_education": (("school", "non_formal_education", "childcare"), None),
    "debt_money": (("debt_advice", "cash", "social_work"), None),
    "family_tracing": (("family_tracing", "family_reunion"), None),
    "peer_groups_community": (
        ("peer_group", "support_group", "wellness_group", "cultural_association", "mixed_activity"),
        None,
    ),
    "volunteer": (("volunteering", "mentoring", "mixed_activity"), None),
    "distress_anxiety": (("counselling", "psychotherapy"), "distress.distress_anxiety"),
    "low_mood_grief": (
        ("counselling", "psychotherapy", "support_group"),
        "distress.low_mood_grief",
    ),
    "sleep_nightmares_trauma": (
        ("counselling", "psychotherapy", "torture_rehabilitation"),
        "distress.sleep_nightmares_trauma",
    ),
    "loneliness": (
        ("peer_group", "support_group", "mixed_activity", "counselling"),
        "distress.loneliness",
    ),
    "asylum_procedure_stress": (("legal_aid", "counselling"), "distress.asylum_procedure_stress"),
    "substance_use": (("substance_use", "counselling"), "distress.substance_use"),
    "family_relationship_conflict": (
        ("family_support", "counselling"),
        "distress.family_relationship_conflict",
    ),
    "child_distress_parenting": (
        ("family_support", "counselling", "child_protection"),
        "distress.child_distress_parenting",
    ),
    "discrimination_racism": (
        ("hate_crime_report", "complaints_ombudsman", "legal_aid"),
        "distress.discrimination_racism",
    ),
}
# What people mean by one word and the directory keeps apart: listed after the kind itself.
_AS_WELL = {
    "psychotherapy": ("counselling",),
    "primary_care": ("undocumented_care",),
    "gbv_support": ("womens_safe_space",),
    "victim_support": ("gbv_support",),
}
# A distress answer carries something to do now and one practical service (design: FOCUS layers).
_DISTRESS_STEPS = ("coping_exercise_request", "mental_health_entitlement", "legal_asylum_aid")


def topic_speaker(intent: str) -> Speaker:
    """Return the speaker of an intent that is answered with services of fixed kinds."""
    kinds, opening = TOPICS[intent]

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
    kinds = [kind, *_AS_WELL.get(kind, ())] if kind else []
    return _listed(slots, "find_service", kinds, ())


def _listed(slots: Slots, topic: str, kinds: list[str], before: tuple[Say, ...]) -> Answer:
    if not slots.code("city") and slots.places():
        asked = ask_which_place(slots, topic)
        return Answer((*before, *asked.says), asked.changes)
    wanted = () if slots.code("city") else ("country", "city")
    answered_with_country = slots.code("pending") in ("city", "more") and slots.code("country")
    if not answered_with_country and (name := missing(slots, *wanted)):
        # The one question is where; a city tells the country too.
        return ask("city" if name == "country" else name, slots, topic, *before)
    offset = slots.number("offset")
    values: dict[str, JsonValue] = {
        "country": slots.code("country"),
        "city": slots.code("city"),
        "kinds": kinds,
        "audience": slots.code("audience"),
        "status": slots.code("status"),
        "offset": offset,
    }
    steps = _DISTRESS_STEPS if topic in TOPICS and (TOPICS[topic][1] or "").startswith("d") else ()
    listing = Say("services.list", values, (*steps, "menu_help"))
    return Answer((*before, listing), {"topic": topic, "pending": None, "seen": offset})


def more(slots: Slots) -> Answer:
    """List the next services of the topic; without one, show the menu."""
    topic, pending = slots.code("topic"), slots.code("pending")
    if pending in ("city", "place", "kind") and can_be_asked(pending, slots):
        return Answer((question(pending, slots),), {})  # nothing was listed yet
    if topic != "find_service" and topic not in TOPICS:
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


def helpline(slots: Slots) -> Answer:
    """Tell the lines of a purpose in the country; ask for the country when it is missing."""
    purpose = slots.code("purpose") or "asylum_refugee_info"
    if missing(slots, "country"):
        asked = ask("country", slots, "helpline")
        return Answer(asked.says, {**asked.changes, "purpose": purpose})
    values: dict[str, JsonValue] = {"country": slots.code("country"), "purposes": [purpose]}
    return Answer(
        (Say("helplines.list", values, ("menu_help",)),), {"topic": "helpline", "pending": None}
    )


MENU = (
    write_choice("menu_help", {"menu": "care"}),
    write_choice("menu_help", {"menu": "people"}),
    "find_service",
    write_choice("menu_help", {"menu": "practical"}),
    "change_language",
)

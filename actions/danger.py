"""What follows a danger or a disclosure. Never waits for a pending question."""

from __future__ import annotations

from actions.asking import question
from actions.origins import is_abroad
from actions.slots import Answer, Slots, Speaker
from wire.choice import write_choice
from wire.say import Say
from wire.strict import JsonValue

# intent -> urgency when safeguarding named none, and the next steps offered with the answer: none
# is forced. Police is a choice and never the first; legal help and support come as choices, too.
_CARE_AFTER = "sexual_violence_care"
_CARE_AFTER_RAPE = write_choice("rights_care", {"care": _CARE_AFTER})
_POLICE = write_choice("helpline", {"purpose": "police"})
_SAFE_SPACE = write_choice("find_service", {"kind": "gbv_support"})
_PLAN = write_choice("safety", {"card": "plan"})
_HELD = write_choice("safety", {"card": "held"})
_SOMEONE = write_choice("safety", {"card": "someone"})
_CHILD_LINE = write_choice("helpline", {"purpose": "child"})
_LEGAL, _SUPPORT = "legal_asylum_aid", "find_support"
RISKS: dict[str, tuple[str, tuple[str, ...]]] = {
    "suicide_selfharm": (
        "now",
        (write_choice("find_service", {"kind": "psychotherapy"}), "talk_to_human"),
    ),
    "violence_now": ("now", (_SAFE_SPACE, _PLAN)),
    "medical_emergency": ("now", (write_choice("find_service", {"kind": "emergency_care"}),)),
    "gbv_partner_violence": ("careful", (_SAFE_SPACE, _PLAN, _LEGAL, _POLICE, _SUPPORT)),
    "sexual_violence": ("careful", (_CARE_AFTER_RAPE, _SAFE_SPACE, _LEGAL, _POLICE, _SUPPORT)),
    "child_abuse": (
        "careful",
        (write_choice("find_service", {"kind": "child_protection"}), _LEGAL, _POLICE, _SUPPORT),
    ),
    "trafficking_exploitation": (
        "careful",
        (
            write_choice("find_service", {"kind": "trafficking_support"}),
            *(_HELD, _LEGAL, _POLICE, _SUPPORT),
        ),
    ),
}
_DISCLOSURES = frozenset(risk for risk, (urgency, _) in RISKS.items() if urgency == "careful")
_YOUNG = frozenset({"child", "adolescent"})
_OTHERS = frozenset({"child", "family", "friend", "client"})
# The lines that are named again when somebody goes on writing after a danger.
LINES = {
    "suicide_selfharm": "suicide_mental_health",
    "violence_now": "gbv",
    "gbv_partner_violence": "gbv",
    "sexual_violence": "gbv",
    "child_abuse": "child",
    "trafficking_exploitation": "trafficking",
}


def danger_speaker(risk: str) -> Speaker:
    """Return the speaker of a risk: numbers first, the country asked when it is unknown."""
    urgency, steps = RISKS[risk]

    def speak(slots: Slots) -> Answer:
        country = slots.code("country")
        told = slots.code("urgency") or _told_before(slots, risk) or urgency
        choices = (*_steps(risk, steps, slots), *_across(risk, country), "not_that")
        values = {
            "country": country,
            "urgency": told,
            "for_whom": slots.code("for_whom"),
            "age_group": slots.code("age_group"),
        }
        says = [Say(f"danger.{risk}", values, choices)]
        changes = {"topic": risk, "pending": None, "before": _before(slots, told)}
        if country is None and not slots.declined("country"):
            says.append(question("country", slots))
            changes["pending"] = "country"
            return Answer(tuple(says), changes)
        if country and risk == "sexual_violence" and slots.code("care") == _CARE_AFTER:
            says.append(_care_after(slots))
        if risk in _DISCLOSURES:  # it ends with what somebody may ask for
            says.append(Say("danger.rights", {"country": country}))
        return Answer(tuple(says), changes)

    return speak


def _steps(risk: str, steps: tuple[str, ...], slots: Slots) -> tuple[str, ...]:
    """Return the steps offered: somebody young is referred nowhere but to the line for them.

    Whoever writes for somebody else may read what to say and what not to do.
    """
    other = slots.code("for_whom") in _OTHERS
    if slots.code("age_group") in _YOUNG and not other and risk != "medical_emergency":
        return (_CHILD_LINE,)
    return (*steps, _SOMEONE) if other and risk != "medical_emergency" else steps


def _care_after(slots: Slots) -> Say:
    """Return what is known of the care that was asked for; it stands behind whom to call."""
    values = {name: slots.code(name) for name in ("country", "city", "status")}
    return Say("early_care.answer", values)


def follow_up(slots: Slots) -> Answer:
    """Stay with a danger: nobody has to call, the numbers hold, what one can do comes next.

    Asks nothing again; a country that is still unknown is taken up when it is named.
    """
    risk, country = slots.code("topic") or "", slots.code("country")
    open_ = country is None and not slots.declined("country")
    changes: dict[str, JsonValue] = {"pending": "country" if open_ else None}
    if risk not in RISKS:
        menu = Say("menu.show", {"country": country}, ("find_service", "menu_help"))
        return Answer((menu,), {"pending": None})
    if risk not in LINES:  # a life: no calmer form, the number once more
        spoken = danger_speaker(risk)(slots)
        return Answer(spoken.says[:1], {**spoken.changes, **changes})
    stay = Say("danger.stay", {"country": country}, (*RISKS[risk][1], "menu_help", "not_that"))
    lines = Say("helplines.list", {"country": country, "purposes": [LINES[risk]]})
    return Answer((stay, lines), changes)


def _across(risk: str, country: str | None) -> tuple[str, ...]:
    """Return the choice of a line of the country of origin: the last one, and only abroad."""
    abroad = country is not None and is_abroad(country)
    return ("origin_line",) if risk == "gbv_partner_violence" and abroad else ()


def _before(slots: Slots, urgency: str) -> list[str]:
    """Return the urgency, and where the person was: a wrong guess leads back exactly there."""
    before = slots.codes("before")
    if slots.code("topic") in RISKS and before:
        return [urgency, *before[1:]]
    return [
        urgency,
        slots.code("topic") or "",
        slots.code("pending") or "",
        *slots.codes("alternatives"),
    ]


def _told_before(slots: Slots, risk: str) -> str | None:
    """Return how urgent it was when the country was asked for; the answer is no calmer."""
    before = slots.codes("before")
    return before[0] if before and slots.code("topic") == risk else None

"""The answer to danger and to a disclosure: who to call, in the order that protects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from content.lines import MOST, Country, Line, LineWords, can_be_written_to, is_sure
from content.vocabulary_labels import Labels


@dataclass(frozen=True)
class Plan:
    """How a risk is answered.

    Attributes:
        specialised: Purposes of the lines that know this risk, in order.
        emergency: Purposes of the emergency number that fits, in order.
        emergency_first: The number opens the answer even when nothing is happening now.
    """

    specialised: tuple[str, ...]
    emergency: tuple[str, ...]
    emergency_first: bool = False


PLANS = {
    "suicide_selfharm": Plan(
        ("suicide_mental_health",), ("emergency_any", "emergency_medical"), emergency_first=True
    ),
    "violence_now": Plan(("gbv",), ("emergency_any", "police"), emergency_first=True),
    "medical_emergency": Plan((), ("emergency_medical", "emergency_any"), emergency_first=True),
    "gbv_partner_violence": Plan(("gbv", "suicide_mental_health"), ("emergency_any", "police")),
    "sexual_violence": Plan(
        ("gbv", "suicide_mental_health"), ("emergency_any", "emergency_medical")
    ),
    "child_abuse": Plan(("child", "gbv", "suicide_mental_health"), ("emergency_any", "police")),
    "trafficking_exploitation": Plan(
        ("trafficking", "gbv", "suicide_mental_health"), ("emergency_any", "police")
    ),
}
_OWN_WORDS_FOR_CHILDREN = frozenset({"suicide_selfharm", "sexual_violence"})
_CHILDREN = frozenset({"child", "adolescent"})
_OTHERS = frozenset({"child", "family", "friend", "client"})


# Where to go where no line is known, by risk: kinds of service.
PLACES = {
    "suicide_selfharm": ("psychotherapy", "counselling"),
    "violence_now": ("gbv_support", "womens_safe_space"),
    "gbv_partner_violence": ("gbv_support", "womens_safe_space"),
    "sexual_violence": ("gbv_support", "sexual_violence_care"),
    "child_abuse": ("child_protection",),
    "trafficking_exploitation": ("trafficking_support", "legal_aid"),
}


@dataclass(frozen=True)
class Asked:
    """Who is in danger, and how they can be answered.

    Attributes:
        risk: A key of ``PLANS``.
        urgency: ``now`` or ``careful``.
        for_whom: Of the vocabulary, or None.
        age_group: Of whoever writes, or None.
        number_first: The emergency number opens the answer, however calm it is.
        nearest: The nearest place that is known, in lines; said where no line is.
    """

    risk: str
    urgency: str = "careful"
    for_whom: str | None = None
    age_group: str | None = None
    number_first: bool = False
    nearest: tuple[str, ...] = ()

    @property
    def for_another(self) -> bool:
        """Whether somebody else is in danger."""
        return self.for_whom in _OTHERS

    @property
    def young(self) -> bool:
        """Whether a child or adolescent writes about themselves."""
        return self.age_group in _CHILDREN and not self.for_another


class DangerWords:
    """Says the answer to a risk in one language."""

    def __init__(self, labels: Labels, lines: LineWords, today: date, word: str) -> None:
        """Take ``word``, which calls this answer up again."""
        self._labels = labels
        self._lines = lines
        self._today = today
        self._word = word

    def answer(
        self, asked: Asked, country: Country | None, found: Sequence[Line] | None = None
    ) -> list[str]:
        """Return two messages: whom to call and what helps now; then what comes after.

        Who has looked for the lines already (:meth:`lines_for`) hands them over.
        """
        plan, words = PLANS[asked.risk], self._words(asked)
        again = self._labels.text("danger.again", word=self._word)
        # A locked screen shows how each message begins: never with the name of a line.
        machine = self._labels.text("danger.cannot_send")
        after = [machine, again]
        if country is None or country.emergency() is None:
            return ["\n".join([self._labels.text("danger.number_any"), *words]), "\n".join(after)]
        if found is None:
            found = self.lines_for(asked.risk, country, young=asked.young)
        lines = self._specialised(asked, country, found)
        if plan.emergency_first or asked.urgency == "now":
            first = self._number(country, plan)
            return ["\n".join([first, *words]), "\n".join([machine, *lines, again])]
        number = country.emergency_number(*plan.emergency) or ""
        later = [self._labels.text("danger.emergency_too", number=number)]
        if asked.number_first:
            return ["\n".join([*later, *words, *lines]), "\n".join(after)]
        # A line that nobody confirmed stands behind the emergency number.
        sure = all(is_sure(line, self._today) for line in found)
        ordered = [*lines, *later] if sure else [*later, *lines]
        return ["\n".join([*words, *ordered]), "\n".join(after)]

    def lines_for(self, risk: str, country: Country, *, young: bool = False) -> list[Line]:
        """Return the specialised lines that are said for a risk in a country.

        Those of the first purpose that has any. Where only the police run them, the lines of
        the next purpose come first: whoever fears the police needs somebody else to call. For
        somebody ``young`` the line for children comes before.
        """
        found: list[Line] = []
        for purpose in _purposes(risk, young=young):
            more = [line for line in country.for_purpose(purpose, self._today) if line not in found]
            found = [*more[: MOST - len(found[:1])], *found[:1]] if found else more
            if any(line.get("run_by") != "police" for line in found):
                break
        if risk == "medical_emergency":
            said = country.emergency_number(*PLANS[risk].emergency)
            others = [e for e in country.emergencies() if "emergency_medical" in e["purpose"]]
            found = [line for line in others if line["numbers"][0]["number"] != said]
        return sorted(found, key=lambda line: line.get("run_by") == "police")[:MOST]

    def _words(self, asked: Asked) -> list[str]:
        """Return what helps: shorter for a child, for another person what to say and what not."""
        risk, text = asked.risk, self._labels.text
        if risk == "medical_emergency":
            return [text(f"danger.{risk}.words")]
        if asked.young and risk in _OWN_WORDS_FOR_CHILDREN:
            return [text(f"danger.{risk}.child")]
        if asked.young and risk != "violence_now":
            return [text("danger.child_short")]
        if asked.for_another and risk == "suicide_selfharm":
            return [text(f"danger.{risk}.other")]
        beside = [text("danger.another_person")] if asked.for_another else []
        return [text(f"danger.{risk}.words"), *beside]

    def _number(self, country: Country, plan: Plan) -> str:
        line = country.emergency(*plan.emergency)
        assert line is not None  # noqa: S101 - the caller made sure
        number = str(line["numbers"][0]["number"])
        # A locked screen shows the beginning, so the police is an emergency number like others.
        police = "police" in line["purpose"] and "emergency_medical" not in line["purpose"]
        kind = self._labels.of("purpose", "emergency_any") if police else self._lines.kind(line)
        return self._labels.text("danger.number", number=number, name=kind)

    def _specialised(self, asked: Asked, country: Country, found: Sequence[Line]) -> list[str]:
        """Return the lines with hours, cost and whether one can write; gaps as gaps."""
        purposes = _purposes(asked.risk, young=asked.young)
        said = [self._lines.line(line, country.zones, in_full=True) for line in found]
        if found and purposes and not any(can_be_written_to(line) for line in found):
            said.append(self._labels.text("danger.no_text_known"))
        if purposes and not any(purposes[0] in line["purpose"] for line in found):
            gap = self._labels.text(
                "danger.no_line_known" if found else "danger.no_line_at_all",
                purpose=self._labels.of("purpose", purposes[0]),
                country=self._labels.country(country.code),
            )
            return [gap, *said, *(() if found else asked.nearest)]
        if any(line.get("run_by") == "police" for line in found):
            said.append(self._labels.text("danger.police_choice"))
        return [self._labels.text("danger.line_first"), *said] if said else []


def _purposes(risk: str, *, young: bool) -> tuple[str, ...]:
    """Return the purposes of the lines that are said for a risk, in order."""
    own = PLANS[risk].specialised
    return ("child", *(p for p in own if p != "child")) if young and own else own

"""The answer to danger and to a disclosure: who to call, in the order that protects."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from content.lines import MOST, Country, Line, LineWords, is_sure
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
_CHILDREN = frozenset({"child", "adolescent"})
_OTHERS = frozenset({"child", "family", "friend", "client"})


class DangerWords:
    """Says the answer to a risk in one language."""

    def __init__(self, labels: Labels, lines: LineWords, today: date) -> None:
        self._labels = labels
        self._lines = lines
        self._today = today

    def answer(
        self,
        risk: str,
        country: Country | None,
        *,
        urgency: str,
        for_whom: str | None = None,
        age_group: str | None = None,
        number_first: bool = False,
    ) -> list[str]:
        """Return two messages: whom to call and what helps now; then what comes after.

        With ``number_first`` the emergency number opens the answer, however calm it is.
        """
        plan = PLANS[risk]
        words = self._words(risk, for_whom, age_group)
        after = [self._labels.text("danger.cannot_send"), self._labels.text("danger.again")]
        if country is None or country.emergency() is None:
            return ["\n".join([self._labels.text("danger.number_any"), *words]), "\n".join(after)]
        lines = self._specialised(risk, country)
        first = [self._number(country, plan)]
        if plan.emergency_first or urgency == "now":
            return ["\n".join([*first, *words]), "\n".join([*lines, *after])]
        number = country.emergency_number(*plan.emergency) or ""
        later = [self._labels.text("danger.emergency_too", number=number)]
        if number_first:
            return ["\n".join([*later, *words, *lines]), "\n".join(after)]
        # A line that nobody confirmed stands behind the emergency number.
        sure = all(is_sure(line, self._today) for line in self.lines_for(risk, country))
        ordered = [*lines, *later] if sure else [*later, *lines]
        return ["\n".join([*words, *ordered]), "\n".join(after)]

    def lines_for(self, risk: str, country: Country) -> list[Line]:
        """Return the specialised lines that are said for a risk in a country.

        Those of the first purpose that has any. Where only the police run them, the lines of
        the next purpose come first: whoever fears the police needs somebody else to call.
        """
        found: list[Line] = []
        for purpose in PLANS[risk].specialised:
            more = [line for line in country.for_purpose(purpose, self._today) if line not in found]
            found = [*more[: MOST - len(found[:1])], *found[:1]] if found else more
            if any(line.get("run_by") != "police" for line in found):
                break
        if risk == "medical_emergency":
            said = country.emergency_number(*PLANS[risk].emergency)
            others = [e for e in country.emergencies() if "emergency_medical" in e["purpose"]]
            found = [line for line in others if line["numbers"][0]["number"] != said]
        return sorted(found, key=lambda line: line.get("run_by") == "police")[:MOST]

    def _words(self, risk: str, for_whom: str | None, age_group: str | None) -> list[str]:
        words = [self._labels.text(f"danger.{risk}.words")]
        if risk == "suicide_selfharm" and for_whom in _OTHERS:
            words = [self._labels.text("danger.suicide_selfharm.other")]
        elif for_whom in _OTHERS and risk != "medical_emergency":
            words.append(self._labels.text("danger.another_person"))
        if age_group in _CHILDREN and for_whom not in _OTHERS:
            words.append(self._labels.text("danger.child_short"))
        return words

    def _number(self, country: Country, plan: Plan) -> str:
        line = country.emergency(*plan.emergency)
        assert line is not None  # noqa: S101 - the caller made sure
        number = str(line["numbers"][0]["number"])
        return self._labels.text("danger.number", number=number, name=self._lines.kind(line))

    def _specialised(self, risk: str, country: Country) -> list[str]:
        purposes = PLANS[risk].specialised
        found = self.lines_for(risk, country)
        said = [self._lines.line(line, country.zone) for line in found]
        if purposes and not any(purposes[0] in line["purpose"] for line in found):
            gap = self._labels.text(
                "danger.no_line_known" if found else "danger.no_line_at_all",
                purpose=self._labels.of("purpose", purposes[0]),
                country=self._labels.country(country.code),
            )
            return [gap, *said]
        if any(line.get("run_by") == "police" for line in found):
            said.append(self._labels.text("danger.police_choice"))
        return [self._labels.text("danger.line_first"), *said] if said else []

"""The answer to danger and to a disclosure: who to call, in the order that protects."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from content.lines import Country, Line, LineWords
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
    "gbv_partner_violence": Plan(("gbv",), ("emergency_any", "police")),
    "sexual_violence": Plan(("gbv",), ("emergency_any", "emergency_medical")),
    "child_abuse": Plan(("child", "gbv"), ("emergency_any", "police")),
    "trafficking_exploitation": Plan(("trafficking", "gbv"), ("emergency_any", "police")),
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
    ) -> list[str]:
        """Return two messages: whom to call and what helps now; then what comes after."""
        plan = PLANS[risk]
        words = self._words(risk, for_whom, age_group)
        after = [self._labels.text("danger.cannot_send"), self._labels.text("danger.again")]
        if country is None or country.emergency() is None:
            return ["\n".join([self._labels.text("danger.number_any"), *words]), "\n".join(after)]
        first = [self._number(country, plan)]
        if plan.emergency_first or urgency == "now":
            return [
                "\n".join([*first, *words]),
                "\n".join([*self._specialised(risk, country), *after]),
            ]
        number = country.emergency_number(*plan.emergency) or ""
        later = self._labels.text("danger.emergency_too", number=number)
        return ["\n".join([*words, *self._specialised(risk, country), later]), "\n".join(after)]

    def lines_for(self, risk: str, country: Country) -> list[Line]:
        """Return the specialised lines that are said for a risk in a country."""
        plan = PLANS[risk]
        purposes = ("child", *plan.specialised) if risk == "child_abuse" else plan.specialised
        for purpose in purposes:
            if found := country.for_purpose(purpose, self._today):
                return found
        return []

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
        return self._labels.text("danger.number", number=number, name=line["name"])

    def _specialised(self, risk: str, country: Country) -> list[str]:
        found = self.lines_for(risk, country)
        if found:
            said = [self._lines.line(line, country.zone) for line in found]
            return [self._labels.text("danger.line_first"), *said]
        purposes = PLANS[risk].specialised
        if not purposes:
            return []
        return [
            self._labels.text(
                "danger.no_line_known",
                purpose=self._labels.of("purpose", purposes[0]),
                country=self._labels.country(country.code),
            )
        ]

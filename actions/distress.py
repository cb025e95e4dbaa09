"""What weighs on somebody: warm words first, then the first open question of the path."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from actions.slots import Answer, Slots, Speaker
from actions.triage import answer_of, go_on, told_in
from wire.choice import write_choice
from wire.say import Say
from wire.strict import JsonValue


@dataclass(frozen=True)
class Opening:
    """How the path begins after words of distress.

    Attributes:
        need: What the message tells already, if it does.
        practical: Kind of the practical service that is offered with the words.
        heavy: Whether one line goes before them that says what follows.
        needs: The needs to choose from, where the message leaves it open.
        for_whom: For whom it is, where the intent tells.
        beside: What else is offered with the words.
        not_safe: What somebody may choose who means harm and not worry.
    """

    need: str | None
    practical: str
    heavy: bool = False
    needs: tuple[str, ...] = ()
    for_whom: str | None = None
    beside: tuple[str, ...] = ()
    not_safe: tuple[str, ...] = ()


OPENINGS: Mapping[str, Opening] = {
    "distress_anxiety": Opening("feel_better", "social_work"),
    "low_mood_grief": Opening("feel_better", "social_work", heavy=True),
    "sleep_nightmares_trauma": Opening("feel_better", "primary_care", heavy=True),
    "loneliness": Opening(
        None, "language_class", needs=("people", "talk", "feel_better"), beside=("next_step",)
    ),
    "asylum_procedure_stress": Opening(
        None, "legal_aid", needs=("papers", "feel_better", "talk", "people")
    ),
    "substance_use": Opening("habit", "primary_care"),
    "family_relationship_conflict": Opening("conflict", "social_work"),
    "child_distress_parenting": Opening(
        "feel_better", "school", for_whom="child", not_safe=("child_abuse",)
    ),
    "discrimination_racism": Opening(
        None, "complaints_ombudsman", heavy=True, needs=("report", "feel_better", "talk", "people")
    ),
}
_DO_NOW = "coping_exercise_request"
_A_PLACE = write_choice("find_service", {"kind": "counselling"})


def distress_speaker(intent: str) -> Speaker:
    """Return the speaker of a distress intent."""
    opening = OPENINGS[intent]

    def speak(slots: Slots) -> Answer:
        # Whom an older message was about says nothing of this one.
        whom = opening.for_whom or ("self" if slots.code("for_whom") == "self" else None)
        known = Slots({**slots.values, "for_whom": whom, "pending": None})
        told = {**told_in(known), **({"need": opening.need} if opening.need else {})}
        practical = write_choice("find_service", {"kind": opening.practical})
        answer = go_on(
            known,
            told,
            _words(intent, slots),
            extra=(*opening.not_safe, _DO_NOW, _A_PLACE, practical),
            offered=tuple(answer_of("need", need) for need in opening.needs),
        )
        return Answer(_once(answer.says), {"for_whom": whom, **answer.changes})

    return speak


def _words(intent: str, slots: Slots) -> Say:
    """Return the warm words, with one practical service and what follows where it is heavy."""
    opening = OPENINGS[intent]
    values: dict[str, JsonValue] = {
        "country": slots.code("country"),
        "practical": opening.practical,
        "heavy": opening.heavy,
    }
    return Say(f"distress.{intent}", values, opening.beside)


def _once(says: tuple[Say, ...]) -> tuple[Say, ...]:
    """Return says in which the practical service stands once: behind the places, if there are."""
    if says[-1].message != "support.beside":
        return says
    first = says[0]
    return (Say(first.message, {**first.values, "practical": None}, first.choices), *says[1:])

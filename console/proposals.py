"""Reads what those who run a place would change, from their form."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from console.forms.field import FieldFaultsError, Situation
from console.forms.hours import Hours
from console.forms.phones import e164_of
from console.translation import N_, _
from console.typed import plain_digits
from directory.number_checks import number_fault
from directory.parts import Part
from directory.published import Published

CAPACITIES = {
    "open": N_("There is room"),
    "limited": N_("There is little room"),
    "full": N_("There is no room now"),
}
HOURS = Hours("hours", N_("Opening hours"))
_SOURCE = frozenset({"hours.text", "hours.as_of"})
_MOST_NUMBERS = 8
_LONGEST = 40  # characters of a number
_BETWEEN = re.compile(r"[\n,;]+")
Values = Mapping[str, Sequence[str]]


def situation_of(entry: Published, today: date) -> Situation:
    """Return the situation of a form that needs no labels."""
    return Situation(
        country=entry.country or "",
        today=today,
        label=lambda _family, code: code,
        codes=lambda _family: (),
        languages={},
        cities=(),
        city=lambda _name: None,
        like=lambda _name: (),
    )


def numbers_field(part: Part) -> str:
    """Return where the numbers of a part stand."""
    return "numbers" if part is Part.HELPLINES else "phones"


def numbers_of(entry: Published) -> str:
    """Return the numbers of an entry as they stand in the form, a line each."""
    return "\n".join(row["number"] for row in entry.body[numbers_field(entry.part)])


def proposal(values: Values, entry: Published, today: date) -> dict[str, Any]:
    """Return the fields that would change, with what they would say.

    Raises:
        FieldFaultsError: Something is not written as it has to be.
    """
    faults: dict[str, str] = {}
    changed: dict[str, Any] = {}
    for read in (_hours, _numbers, _capacity, _not_taking):
        try:
            changed |= read(values, entry, today)
        except FieldFaultsError as error:
            faults |= error.faults
    if faults:
        raise FieldFaultsError(faults)
    return {name: value for name, value in changed.items() if entry.body.get(name) != value}


def _hours(values: Values, entry: Published, today: date) -> dict[str, Any]:
    if f"{HOURS.name}.state" not in values:
        return {}
    situation = situation_of(entry, today)
    before = HOURS.show(entry.body, situation)
    # Words and date of the source are no inputs here: they stay until the times are others.
    kept = {name: given for name, given in before.items() if name in _SOURCE}
    merged = {**values, **kept}
    made = HOURS.put(merged, entry.body, situation)["hours"]
    if made == entry.body["hours"]:
        return {}
    return {"hours": {**made, "text": None, "as_of": today.isoformat()}}


def _numbers(values: Values, entry: Published, today: date) -> dict[str, Any]:
    field = numbers_field(entry.part)
    written = plain_digits((values.get("numbers") or [""])[0].replace("\r", "\n"))
    numbers = [" ".join(one.split()) for one in _BETWEEN.split(written) if one.strip()]
    if "numbers" not in values or numbers == [row["number"] for row in entry.body[field]]:
        return {}
    fits = len(numbers) <= _MOST_NUMBERS and all(len(one) <= _LONGEST for one in numbers)
    if not fits or any(number_fault(one, entry.country) for one in numbers):
        words = _("Nobody can dial this. Write each number as in your country, one a line.")
        raise FieldFaultsError({"numbers": words})
    known = {row["number"]: row for row in entry.body[field]}
    return {field: [known.get(one) or _row(entry, one) for one in numbers]}


def _row(entry: Published, number: str) -> dict[str, Any]:
    if entry.part is Part.HELPLINES:
        return {"number": number, "kind": "voice"}
    found = e164_of(number, entry.country or "")
    return {"number": number} | ({"e164": found} if found else {})


def _capacity(values: Values, entry: Published, today: date) -> dict[str, Any]:
    code = (values.get("capacity") or [""])[0]
    before = (entry.body.get("capacity") or {}).get("code")
    if entry.part is not Part.SERVICES or code not in CAPACITIES or code == before:
        return {}
    return {"capacity": {"code": code, "as_of": today.isoformat()}}


def _not_taking(values: Values, entry: Published, today: date) -> dict[str, Any]:
    if entry.part is not Part.SERVICES:
        return {}
    return {"not_taking": (values.get("not_taking") or [""])[0] == "1"}

"""Telephone numbers: as people dial them, with what machines dial made from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import phonenumbers

from console.forms.field import FieldFaultsError, Situation
from console.forms.row_fields import Rows
from console.translation import _
from console.typed import plain_digits
from directory.number_checks import number_fault


@dataclass(frozen=True)
class Phones(Rows):
    """Numbers, a row each."""

    def row(
        self, number: int, cells: Mapping[str, str], old: Any, situation: Situation
    ) -> dict[str, Any]:
        """Return a number with its form for machines. Raises FieldFaultsError: it is none."""
        cells = {**cells, "number": plain_digits(cells["number"])}
        made = super().row(number, cells, old, situation)
        if isinstance(old, Mapping) and old.get("number") == made["number"]:
            return made
        if not is_dialled(made["number"], situation.country):
            words = _("Nobody can dial this. Write it as in the country, or with + and its code.")
            raise FieldFaultsError({f"{self.name}.{number}.number": words})
        made.pop("e164", None)
        found = e164_of(made["number"], situation.country)
        return made if found is None else {**made, "e164": found}


def e164_of(number: str, country: str) -> str | None:
    """Return a number as E.164 writes it; None where it is none of the whole world."""
    try:
        read = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(read):
        return None
    return phonenumbers.format_number(read, phonenumbers.PhoneNumberFormat.E164)


def is_dialled(number: str, country: str) -> bool:
    """Return whether somebody in the country could dial this, short codes such as 126 too."""
    return number_fault(number, country) is None

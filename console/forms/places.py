"""Where a place is: towns as the gazetteer knows them, so that people nearby find it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from console.forms.field import FieldFaultsError, Situation
from console.forms.row_fields import Column, Rows
from console.translation import N_, _

COLUMNS = (
    Column("city", N_("Town"), suggests="cities"),
    Column("region", N_("Region")),
    Column("as_written", N_("As the source writes it")),
)


@dataclass(frozen=True)
class Places(Rows):
    """Towns and regions, a row each."""

    def row(
        self, number: int, cells: Mapping[str, str], old: Any, situation: Situation
    ) -> dict[str, Any]:
        """Return a place. Raises FieldFaultsError: nobody knows the town."""
        made = super().row(number, cells, old, situation)
        city = made.get("city")
        if city and city != (old or {}).get("city"):
            known = situation.city(city)
            if known is None:
                name = f"{self.name}.{number}.city"
                raise FieldFaultsError({name: _unknown(city, situation)})
        return made


def _unknown(city: str, situation: Situation) -> str:
    like = situation.like(city)
    words = _("We do not know the town “%(town)s”.") % {"town": city}
    if not like:
        return words
    return f"{words} {_('Do you mean %(towns)s?') % {'towns': ', '.join(like)}}"

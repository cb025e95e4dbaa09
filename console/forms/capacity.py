"""Fields of which one part follows from another: room for new people, waiting times."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from console.forms.field import (
    MISSING,
    Body,
    FieldFaultsError,
    Situation,
    Values,
    get,
    one,
)
from console.forms.plain_fields import Choice, iso_day
from console.translation import _


@dataclass(frozen=True)
class Capacity(Choice):
    """Whether there is room, and since when that is known."""

    kind: ClassVar[str] = "dated"

    def show(self, body: Body, situation: Situation) -> dict[str, list[str]]:
        """Return the code and the day."""
        found = get(body, self.path) or {}
        return {
            self.name: [*filter(None, [found.get("code")])],
            self._day: [found.get("as_of", "")],
        }

    def parse(self, values: Values, body: Body, situation: Situation) -> Any:
        """Return code and day; without a day it is today. Raises FieldFaultsError."""
        code = super().parse(values, body, situation)
        if code is None:
            return None if self.path[-1] in body else MISSING
        written = one(values, self._day)
        day = iso_day(written, self._day) if written else situation.today.isoformat()
        if day > situation.today.isoformat():
            raise FieldFaultsError({self._day: _("This day is still to come.")})
        return {"code": code, "as_of": day}

    def tell(self, body: Body, situation: Situation) -> list[str]:
        """Return the label and the day."""
        found = get(body, self.path)
        return (
            [f"{situation.label(self.family, found['code'])} ({found['as_of']})"] if found else []
        )

    def view(self, values: Values, situation: Situation) -> dict[str, Any]:
        """Return the choice and the day."""
        day = {"day": self._day, "day_value": one(values, self._day)}
        return {**super().view(values, situation), **day}

    @property
    def _day(self) -> str:
        return f"{self.name}.as_of"


@dataclass(frozen=True)
class Waiting(Choice):
    """A sentence on the waiting time; it is known where there is one."""

    def show(self, body: Body, situation: Situation) -> dict[str, list[str]]:
        """Return the code."""
        return {self.name: [*filter(None, [get(body, (*self.path, "code"))])]}

    def parse(self, values: Values, body: Body, situation: Situation) -> Any:
        """Return the waiting time with its code. Raises FieldFaultsError."""
        code = super().parse(values, body, situation)
        before = {k: v for k, v in (get(body, self.path) or {}).items() if k != "code"}
        made = {"text": None, **before, "known": code is not None}
        return made if code is None else {**made, "code": code}

"""Fields for several codes: ticked in a list, added from a long one, languages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from console.forms.field import (
    MISSING,
    Body,
    Field,
    FieldFaultsError,
    Situation,
    Values,
    get,
    one,
)
from console.translation import _

_ADDED_AT_ONCE = 2


@dataclass(frozen=True)
class Codes(Field):
    """Some codes of a list that is short enough to be ticked.

    Attributes:
        family: Of its labels.
        codes: To choose from.
        folded: Whether the list is so long that it stays closed until somebody opens it.
        droppable: Whether a body without any has no such field at all.
    """

    kind: ClassVar[str] = "boxes"

    family: str = ""
    codes: Sequence[str] = ()
    folded: bool = False
    droppable: bool = False

    def show(self, body: Body, situation: Situation) -> dict[str, list[str]]:
        """Return the codes; their order is kept in the body, not in the inputs."""
        return {self.name: sorted(get(body, self.path) or [])}

    def parse(self, values: Values, body: Body, situation: Situation) -> Any:
        """Return the ticked codes, new ones last. Raises FieldFaultsError."""
        ticked = values.get(self.name, [])
        before = [code for code in get(body, self.path) or [] if code in ticked]
        known = [code for code in self.codes if code in ticked and code not in before]
        if len(before) + len(known) < len(set(ticked)):
            raise FieldFaultsError({self.name: _("This is none of the choices.")})
        if self.required and not ticked:
            raise FieldFaultsError({self.name: _("Choose at least one.")})
        return [*before, *known] or (MISSING if self.droppable else [])

    def own(self, values: Values) -> dict[str, list[str]]:
        """Return the codes in a fixed order, so that the order of a page changes nothing."""
        return {name: sorted(given) for name, given in super().own(values).items()}

    def tell(self, body: Body, situation: Situation) -> list[str]:
        """Return the labels of the codes."""
        return [situation.label(self.family, code) for code in get(body, self.path) or []]

    def view(self, values: Values, situation: Situation) -> dict[str, Any]:
        """Return ticked codes and options."""
        ticked = [*values.get(self.name, [])]
        codes = [*self.codes, *(code for code in ticked if code not in self.codes)]
        return {
            "values": ticked,
            "options": [(code, situation.label(self.family, code)) for code in codes],
            "folded": self.folded,
        }


@dataclass(frozen=True)
class Kinds(Codes):
    """What a place offers: the main thing, and what else. The main thing comes first."""

    kind: ClassVar[str] = "kinds"

    def show(self, body: Body, situation: Situation) -> dict[str, list[str]]:
        """Return the main code, and the others."""
        codes = get(body, self.path) or []
        return {self._main: codes[:1], self.name: sorted(codes[1:])}

    def parse(self, values: Values, body: Body, situation: Situation) -> Any:
        """Return the main code before the others. Raises FieldFaultsError."""
        main = one(values, self._main)
        if not main:
            raise FieldFaultsError({self._main: _("Choose what it mainly offers.")})
        if main not in self.codes:
            raise FieldFaultsError({self._main: _("This is none of the choices.")})
        others = super().parse({self.name: [*values.get(self.name, [])]}, body, situation)
        return [main, *(code for code in others if code != main)]

    def view(self, values: Values, situation: Situation) -> dict[str, Any]:
        """Return the main code too."""
        name, value = self._main, one(values, self._main)
        return {**super().view(values, situation), "main": name, "main_value": value}

    @property
    def _main(self) -> str:
        return f"{self.name}.main"


@dataclass(frozen=True)
class OpenCodes(Field):
    """Codes of a long list: those that are there are ticked, others are added.

    Attributes:
        family: Of the messages that word them.
    """

    kind: ClassVar[str] = "open_boxes"

    family: str = ""

    def show(self, body: Body, situation: Situation) -> dict[str, list[str]]:
        """Return the codes."""
        return {self.name: [*(get(body, self.path) or [])]}

    def parse(self, values: Values, body: Body, situation: Situation) -> Any:
        """Return the ticked codes, then those that were added. Raises FieldFaultsError."""
        added = [*values.get(self._add, [])]
        known = {*situation.codes(self.family), *(get(body, self.path) or [])}
        codes = [*dict.fromkeys([*values.get(self.name, []), *added])]
        if not known.issuperset(codes):
            raise FieldFaultsError({self.name: _("This is none of the choices.")})
        return codes

    def tell(self, body: Body, situation: Situation) -> list[str]:
        """Return the sentences that the codes become."""
        return [situation.label(self.family, code) for code in get(body, self.path) or []]

    def view(self, values: Values, situation: Situation) -> dict[str, Any]:
        """Return the ticked codes, and what can be added."""
        there = [*values.get(self.name, [])]
        added = [code for code in values.get(self._add, []) if code]
        more = [code for code in situation.codes(self.family) if code not in there]
        return {
            "ticked": [(code, situation.label(self.family, code)) for code in there],
            "more": [(code, situation.label(self.family, code)) for code in more],
            "add": self._add,
            "added": self._empty_after(added),
        }

    @staticmethod
    def _empty_after(added: Sequence[str]) -> list[str]:
        """Return what was added, and empty places up to as many as can be added at once."""
        return [*added, *[""] * _ADDED_AT_ONCE][:_ADDED_AT_ONCE]

    @property
    def _add(self) -> str:
        return f"{self.name}.add"

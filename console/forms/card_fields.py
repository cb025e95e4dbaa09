"""Fields that only cards have: numbers, countries or everywhere, and the country they belong to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from babel import Locale

from console.forms.code_fields import OpenCodes
from console.forms.field import Body, FieldFaultsError, Situation, Values, get, one, put
from console.forms.plain_fields import Lines, Text
from console.translation import _
from wire.choice import read_choice
from wire.strict import WireError

EVERYWHERE = "all"
_COUNTRIES = frozenset(
    code for code in Locale("en").territories if re.fullmatch(r"[A-Z]{2}", str(code))
)


@dataclass(frozen=True)
class Number(Text):
    """A whole number."""

    type: str = "number"

    def parse(self, values: Values, body: Body, situation: Situation) -> Any:
        """Return the number. Raises FieldFaultsError: it is none."""
        try:
            return int(one(values, self.name))
        except ValueError:
            raise FieldFaultsError({self.name: _("Write a whole number.")}) from None


@dataclass(frozen=True)
class Countries(Text):
    """Codes of countries, or ``all``."""

    def show(self, body: Body, situation: Situation) -> dict[str, list[str]]:
        """Return the codes with blanks between them."""
        found = get(body, self.path)
        return {self.name: [found if isinstance(found, str) else " ".join(found or ())]}

    def parse(self, values: Values, body: Body, situation: Situation) -> Any:
        """Return the codes, or ``all``. Raises FieldFaultsError: there is no such country."""
        written = one(values, self.name)
        if written.casefold() == EVERYWHERE:
            return EVERYWHERE
        codes = [code.upper() for code in re.split(r"[\s,;]+", written) if code]
        if not codes or not _COUNTRIES.issuperset(codes):
            raise FieldFaultsError(
                {self.name: _("Write codes of countries such as SV, or “all” for everywhere.")}
            )
        return list(dict.fromkeys(codes))


@dataclass(frozen=True)
class Country(Text):
    """The country that an entry is of: that in which it is begun, and never another one."""

    kind = "hidden"

    def put(self, values: Values, body: Body, situation: Situation) -> Body:
        """Return the body with the country, where it has none yet."""
        if get(body, self.path) or not situation.country:
            return body
        return put(body, self.path, situation.country)

    def view(self, values: Values, situation: Situation) -> dict[str, Any]:
        """Return the country, to be read and not to be changed."""
        return {**super().view(values, situation), "value": situation.country}


@dataclass(frozen=True)
class Choices(Lines):
    """Ids of choices, one a line."""

    def parse(self, values: Values, body: Body, situation: Situation) -> Any:
        """Return the ids. Raises FieldFaultsError: one is none."""
        ids = super().parse(values, body, situation)
        for choice in ids:
            try:
                read_choice(choice)
            except WireError:
                fault = _("%(id)s is no id of a choice.") % {"id": choice}
                raise FieldFaultsError({self.name: fault}) from None
        return ids


@dataclass(frozen=True)
class Facts(OpenCodes):
    """Rights facts that a card rests on, chosen from those of its countries.

    What is wrong with them is told when the whole card was read: see ``console.named_facts``.
    """

    def parse(self, values: Values, body: Body, situation: Situation) -> Any:
        """Return the ids of the ticked facts, then of those that were added."""
        return [*dict.fromkeys([*values.get(self.name, []), *values.get(self._add, [])])]

    def tell(self, body: Body, situation: Situation) -> list[str]:
        """Return each with what it is about."""
        return [_named(fact, situation) for fact in get(body, self.path) or []]

    def view(self, values: Values, situation: Situation) -> dict[str, Any]:
        """Return the facts that are there, and those of the card's countries to add."""
        named = {*one(values, "countries").upper().replace(",", " ").split()}
        near = [fact for fact in situation.facts if fact[:2].upper() in named]
        there = [*values.get(self.name, [])]
        added = [fact for fact in values.get(self._add, []) if fact]
        more = [fact for fact in (near or situation.facts) if fact not in there]
        return {
            "ticked": [(fact, _named(fact, situation)) for fact in there],
            "more": [(fact, _named(fact, situation)) for fact in more],
            "add": self._add,
            "added": self._empty_after(added),
        }


def _named(fact: str, situation: Situation) -> str:
    """Return the id of a fact and what it is about."""
    about = situation.facts.get(fact)
    return f"{fact} · {about}" if about else f"{fact} · {_('not to be relied on')}"


@dataclass(frozen=True)
class WordsInLines(Lines):
    """Rows of words: what stands in one line belongs together."""

    def show(self, body: Body, situation: Situation) -> dict[str, list[str]]:
        """Return a line for each row."""
        return {self.name: ["\n".join(" ".join(row) for row in get(body, self.path) or [])]}

    def parse(self, values: Values, body: Body, situation: Situation) -> Any:
        """Return a row for each line that is not blank."""
        lines = super().parse(values, body, situation)
        return [line.split() for line in lines]

    def tell(self, body: Body, situation: Situation) -> list[str]:
        """Return the rows as they are written."""
        return [" ".join(row) for row in get(body, self.path) or []]

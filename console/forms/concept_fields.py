"""The rows of concepts that a rumour is recognised by, written with their names."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from console.forms.card_fields import WordsInLines
from console.forms.field import Body, FieldFaultsError, Situation, Values
from console.translation import _

_SHOWN = 3  # words of a concept
_LIKE = 3  # concepts that may be meant


@dataclass(frozen=True)
class Concepts(WordsInLines):
    """A line for each row: concepts that together name a rumour."""

    kind: ClassVar[str] = "concepts"

    def parse(self, values: Values, body: Body, situation: Situation) -> Any:
        """Return the rows. Raises FieldFaultsError: a word is the name of no concept."""
        rows = [[word.upper() for word in row] for row in super().parse(values, body, situation)]
        for name in (name for row in rows for name in row):
            if name not in situation.concepts:
                raise FieldFaultsError({self.name: _unknown(name, situation.concepts)})
        return rows

    def view(self, values: Values, situation: Situation) -> dict[str, Any]:
        """Return the rows, and every concept with some of its words."""
        known = [(name, ", ".join(w[:_SHOWN])) for name, w in situation.concepts.items()]
        return {**super().view(values, situation), "known": known}


def _unknown(name: str, concepts: Mapping[str, Sequence[str]]) -> str:
    """Return that a concept is none, and those that have it among their words or look like it."""
    word = name.casefold()
    meant = [known for known, words in concepts.items() if word in words]
    if meant := meant or difflib.get_close_matches(name, concepts, n=_LIKE):
        words = _("%(name)s is no concept. Perhaps you mean %(others)s.")
        return words % {"name": name, "others": ", ".join(meant[:_LIKE])}
    return _("%(name)s is no concept. Choose names from the list below.") % {"name": name}

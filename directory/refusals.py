"""Steps that an entry or a version cannot take. The messages say why, for the operator."""

from __future__ import annotations

from collections.abc import Sequence


class RevisionError(ValueError):
    """A step that a version cannot take."""


class StaleError(RevisionError):
    """Something newer was published since this version was made."""


class OwnWorkError(RevisionError):
    """Who wrote a version may not publish it."""


class NeededError(RevisionError):
    """A country's emergency line cannot be retired or emptied: danger would have no answer."""


class FactGoneError(RevisionError):
    """A card cannot be published: ``facts`` that it names do not hold any more."""

    def __init__(self, facts: Sequence[str]) -> None:
        super().__init__(f"{', '.join(facts)}: no published fact that is sure and stays")
        self.facts = tuple(facts)


class UnknownCountryError(LookupError):
    """An entry of a country that has no pack, so that no answer could ever say it."""

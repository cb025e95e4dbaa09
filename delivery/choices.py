"""What was offered, so that "2" and an old button still mean what the person read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from content.reply import Choice
from delivery.rest import NEXT_PAGE, Rest, read_choices, read_rest, write_choices
from wire.normalise import normalise

REMEMBERED = 5  # replies whose buttons still work
_NUMBER = re.compile(r"\W*(\d{1,2})\W*")
_TOKEN = re.compile(r"(\d{1,9})\.(\d{1,2})", re.ASCII)


@dataclass(frozen=True)
class Offers:
    """The choices of the last replies that offered any.

    Attributes:
        round: Number of the last reply with choices; part of every token.
        by_round: Choices by the round they were offered in.
        rest: What is left of the last reply, where it was sent in pages.
    """

    round: int = 0
    by_round: Mapping[int, tuple[Choice, ...]] = field(default_factory=dict, repr=False)
    rest: Rest | None = field(default=None, repr=False)

    @property
    def latest(self) -> tuple[Choice, ...]:
        """The choices offered last, in order."""
        return self.by_round.get(self.round, ())

    def with_new(self, choices: tuple[Choice, ...], rest: Rest | None = None) -> Offers:
        """Return the offers after a reply with ``choices``; the old ones if there are none."""
        if not choices and self.rest is not None:  # what it asks for is gone with it
            left = tuple(choice for choice in self.latest if choice.id != NEXT_PAGE)
            return Offers(self.round, {**self.by_round, self.round: left}, rest)
        if not choices:
            return replace(self, rest=rest)
        rounds = {**self.by_round, self.round + 1: choices}
        kept = sorted(rounds)[-REMEMBERED:]
        return Offers(self.round + 1, {number: rounds[number] for number in kept}, rest)

    def chosen(self, text: str | None, choice: str | None) -> Choice | None:
        """Return the choice that a message means, by a button, its label or typed; else None."""
        if choice is not None:
            return self.chosen_by_token(choice) or self.chosen_by_label(choice)
        return self.chosen_by_text(text or "")

    def chosen_by_number(self, text: str) -> Choice | None:
        """Return the choice that a bare number means, in any script's digits, else None."""
        match = _NUMBER.fullmatch(text)
        if match is None:
            return None
        number = int(match[1])  # int() reads every script's digits
        return self.latest[number - 1] if 0 < number <= len(self.latest) else None

    def chosen_by_text(self, text: str) -> Choice | None:
        """Return the latest choice that a typed number or its own words mean, else None."""
        words = normalise(text)
        said = (choice for choice in self.latest if words and normalise(choice.label) == words)
        return self.chosen_by_number(text) or next(said, None)

    def chosen_by_token(self, token: str) -> Choice | None:
        """Return the choice behind a button, else None when it is too old."""
        match = _TOKEN.fullmatch(token)
        if match is None:
            return None
        offered, number = self.by_round.get(int(match[1]), ()), int(match[2])
        return offered[number - 1] if 0 < number <= len(offered) else None

    def chosen_by_label(self, label: str) -> Choice | None:
        """Return the choice with this label, of the newest reply that offered it, else None."""
        return next(
            (
                choice
                for number in sorted(self.by_round, reverse=True)
                for choice in self.by_round[number]
                if label in (choice.label, choice.shown)
            ),
            None,
        )

    def as_json(self) -> dict[str, object]:
        """Return the object that :func:`read_offers` reads."""
        return {
            "round": self.round,
            "offers": {
                str(number): write_choices(choices) for number, choices in self.by_round.items()
            },
            "rest": self.rest.as_json() if self.rest else None,
        }


def token(offered_in: int, number: int) -> str:
    """Return the token of the ``number``-th choice (from 1) of a round."""
    return f"{offered_in}.{number}"


def read_offers(data: object) -> Offers:
    """Return what :meth:`Offers.as_json` wrote; no offers when it is something else."""
    if not isinstance(data, dict) or not isinstance(data.get("offers"), dict):
        return Offers()
    return Offers(
        int(data["round"]),
        {int(number): read_choices(choices) for number, choices in data["offers"].items()},
        read_rest(data.get("rest")),
    )

"""What is left of a reply that was sent in pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from content.reply import Choice, Reply

NEXT_PAGE = "next_page"  # id of the choice that asks for it; decided here, not by Rasa


@dataclass(frozen=True)
class Rest:
    """What is left of a reply.

    Attributes:
        language: BCP 47 tag of the texts.
        says: For each text the id of its say.
    """

    language: str
    texts: tuple[str, ...] = field(repr=False)
    says: tuple[str, ...]
    choices: tuple[Choice, ...] = field(repr=False)

    def as_reply(self) -> Reply:
        """Return what is left as a reply."""
        return Reply(self.language, self.texts, self.choices, self.says)

    def as_json(self) -> dict[str, object]:
        """Return the object that :func:`read_rest` reads."""
        return {
            "language": self.language,
            "texts": [*self.texts],
            "says": [*self.says],
            "choices": write_choices(self.choices),
        }


def read_rest(data: object) -> Rest | None:
    """Return what :meth:`Rest.as_json` wrote; None when it is something else."""
    if not isinstance(data, dict):
        return None
    return Rest(
        str(data["language"]),
        tuple(data["texts"]),
        tuple(data["says"]),
        read_choices(data["choices"]),
    )


def write_choices(choices: Iterable[Choice]) -> list[list[str]]:
    """Return choices as :func:`read_choices` reads them."""
    return [[choice.id, choice.label, choice.pictogram] for choice in choices]


def read_choices(written: Iterable[Sequence[str]]) -> tuple[Choice, ...]:
    """Return choices: id and label, and a pictogram where there is one."""
    return tuple(Choice(*map(str, choice)) for choice in written)

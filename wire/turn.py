"""One thing a person said, on its way to the enclave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from wire.state import State
from wire.strict import VERSION, WireError, checked, lists, string, string_or_none


@dataclass(frozen=True)
class Turn:
    """Exactly one of ``text`` and ``choice`` is set.

    Attributes:
        conversation: Pseudonym of a person on a channel; the enclave knows nothing else.
        channel: Registry name of the channel, e.g. ``"sms"``.
        state: What the conversation remembers.
        text: What they wrote. Never read as a command, whatever it starts with.
        choice: Id of a choice that we offered ourselves, e.g. ``"inform:country=GR"``.
        language: BCP 47 tag the channel hints at (Telegram's, the phone's country), or None.
        rumours: What rumours are recognised by that operators published since the files were
            made: id of a card to rows of concepts, each ``"HOSPITAL POLICE"``; without rows it
            was taken back.
    """

    conversation: str
    channel: str
    state: State = field(default_factory=State)
    text: str | None = field(default=None, repr=False)
    choice: str | None = field(default=None, repr=False)
    language: str | None = None
    rumours: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if (self.text is None) == (self.choice is None):
            raise WireError("turn: exactly one of text and choice")

    def as_json(self) -> dict[str, object]:
        """Return the object that :meth:`from_json` reads."""
        fields: dict[str, object] = {
            "version": VERSION,
            "conversation": self.conversation,
            "channel": self.channel,
            "state": self.state.as_json(),
            "text": self.text,
            "choice": self.choice,
            "language": self.language,
        }
        if self.rumours:  # left out when empty: an enclave of an older release refuses what is new
            fields["rumours"] = {id_: list(rows) for id_, rows in self.rumours.items()}
        return fields

    @classmethod
    def from_json(cls, data: object) -> Turn:
        """Return the turn in ``data``. Raises WireError."""
        required = frozenset({"conversation", "channel", "state"})
        fields = checked(
            "turn", data, required, frozenset({"text", "choice", "language", "rumours"})
        )
        return cls(
            conversation=string("turn.conversation", fields["conversation"]),
            channel=string("turn.channel", fields["channel"]),
            state=State.from_json(fields["state"]),
            text=string_or_none("turn.text", fields.get("text")),
            choice=string_or_none("turn.choice", fields.get("choice")),
            language=string_or_none("turn.language", fields.get("language")),
            rumours=lists("turn.rumours", fields.get("rumours") or {}),
        )

"""One thing a person said, on its way to the enclave."""

from __future__ import annotations

from dataclasses import dataclass, field

from wire.state import State
from wire.strict import VERSION, WireError, checked, string, string_or_none


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
    """

    conversation: str
    channel: str
    state: State = field(default_factory=State)
    text: str | None = field(default=None, repr=False)
    choice: str | None = field(default=None, repr=False)
    language: str | None = None

    def __post_init__(self) -> None:
        if (self.text is None) == (self.choice is None):
            raise WireError("turn: exactly one of text and choice")

    def as_json(self) -> dict[str, object]:
        """Return the object that :meth:`from_json` reads."""
        return {
            "version": VERSION,
            "conversation": self.conversation,
            "channel": self.channel,
            "state": self.state.as_json(),
            "text": self.text,
            "choice": self.choice,
            "language": self.language,
        }

    @classmethod
    def from_json(cls, data: object) -> Turn:
        """Return the turn in ``data``. Raises WireError."""
        required = frozenset({"conversation", "channel", "state"})
        fields = checked("turn", data, required, frozenset({"text", "choice", "language"}))
        return cls(
            conversation=string("turn.conversation", fields["conversation"]),
            channel=string("turn.channel", fields["channel"]),
            state=State.from_json(fields["state"]),
            text=string_or_none("turn.text", fields.get("text")),
            choice=string_or_none("turn.choice", fields.get("choice")),
            language=string_or_none("turn.language", fields.get("language")),
        )

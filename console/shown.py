"""What a phone shows of an answer: its messages, their buttons, and what they cost as SMS."""

from __future__ import annotations

from dataclasses import dataclass, field

from console.preview_questions import Asked
from delivery.segments import count_segments, is_gsm7

SMS = "sms"


@dataclass(frozen=True)
class Bubble:
    """One message on the screen of a phone.

    Attributes:
        text: What stands in it.
        buttons: What stands on the buttons below it.
        segments: How many SMS segments it costs; None on other channels.
        alphabet: ``GSM-7`` or ``UCS-2``; None on other channels.
    """

    text: str = field(repr=False)
    buttons: tuple[str, ...] = field(default=(), repr=False)
    segments: int | None = None
    alphabet: str | None = None


@dataclass(frozen=True)
class Shown:
    """The answer to one question on one channel.

    Attributes:
        channel: Registry name.
        asked: The question.
        pages: What is sent at once, then what is sent when the person reads on.
        told: Whether the entry is in the answer; else something fits better, or it is hidden.
    """

    channel: str
    asked: Asked
    pages: tuple[tuple[Bubble, ...], ...]
    told: bool

    @property
    def segments(self) -> int:
        """How many SMS segments all of it costs."""
        return sum(bubble.segments or 0 for page in self.pages for bubble in page)


def bubble(channel: str, text: str, buttons: tuple[str, ...]) -> Bubble:
    """Return a message as a channel shows it."""
    if channel != SMS:
        return Bubble(text, buttons)
    alphabet = "GSM-7" if is_gsm7(text) else "UCS-2"
    return Bubble(text, buttons, count_segments(text), alphabet)

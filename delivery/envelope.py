"""The one shape every channel turns its messages into, and the one it sends."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

MAX_TEXT = 12_000  # characters; a call for help may stand at the end of a long text

_LINE_ENDS = re.compile(r"\r\n?|[\x85\u2028\u2029]")
# Control characters, marks that turn the reading direction, and halves of characters:
# invisible to the person, and able to hide or break words. Joiners are letters (Persian).
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


@dataclass(frozen=True, slots=True)
class Inbound:
    """A message from a person, without anything the bot does not need.

    At most one of ``text`` and ``choice`` is set; neither means a sticker, a voice note,
    an empty text, or ``opened``.

    Attributes:
        channel: Registry name of the channel, e.g. ``"sms"``.
        provider_id: The provider's id; a second message with it is a repeat.
        address: Where a reply goes. Personal data: kept out of ``repr``.
        text: What they wrote, cleaned, at most ``MAX_TEXT`` characters.
        choice: Token of a choice that we offered, e.g. ``"17.2"``; its label where a
            channel gives back nothing else.
        opened: They opened the conversation and wrote nothing yet.
        language: BCP 47 tag the channel hints at, or None.
        country: ISO 3166-1 alpha-2 code of the number, or None.
        receipt: What the provider wants back at once (Telegram's callback), or None.
        copy: What the provider keeps its copy of the message under, or None without one.
        opted: False: they told the provider that they want nothing from us, so it refuses
            whatever we send; True: they took that back; None: neither.
    """

    channel: str
    provider_id: str = field(repr=False)
    address: str = field(repr=False)
    text: str | None = field(default=None, repr=False)
    choice: str | None = field(default=None, repr=False)
    opened: bool = False
    language: str | None = None
    country: str | None = field(default=None, repr=False)
    receipt: str | None = field(default=None, repr=False)
    copy: str | None = field(default=None, repr=False)
    opted: bool | None = None


@dataclass(frozen=True, slots=True)
class Button:
    """A choice as a channel offers it.

    Attributes:
        token: Says which choice of which reply, and nothing of what it means.
        label: What the person reads.
    """

    token: str
    label: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message as it leaves: already in words and fitted to its channel.

    Attributes:
        text: Never empty.
        buttons: Choices that the channel shows as buttons; numbered ones stand in the text.
        language: BCP 47 tag, for the page that sets the reading direction.
        recording: Path below ``data/recordings`` of what is heard instead of read, or None.
        discreet: Others may see the screen: no sound, and nothing of the text in a notification
            where the channel can do that.
    """

    text: str = field(repr=False)
    buttons: tuple[Button, ...] = field(default=(), repr=False)
    language: str | None = None
    recording: str | None = None
    discreet: bool = False


def clean_text(raw: str) -> str | None:
    """Return what a person can have meant to write, or None when nothing is left.

    Of a text that is too long the beginning and the end are kept.
    """
    text = _UNSEEN.sub("", _LINE_ENDS.sub("\n", raw)).strip()
    if len(text) > MAX_TEXT:
        text = f"{text[: MAX_TEXT // 2]}\n{text[-(MAX_TEXT // 2 - 1) :]}"
    return text or None


def clean_tag(raw: object) -> str | None:
    """Return a language tag if ``raw`` is one, in the usual form (``pt-BR``), else None."""
    if isinstance(raw, str) and re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}", raw):
        return raw
    return None

"""Fits a reply to what a channel can show: length, buttons, numbered choices, segments."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from content.reply import Choice, Reply
from delivery.choices import token
from delivery.envelope import Button, Outgoing
from delivery.segments import count_segments

MARK = 96  # characters kept free for the line before a possible repeat
# A number to call is one piece, with the spaces inside it; so is each other word.
_PIECES = re.compile(r"\+?\(?\d[\d\s()./-]{3,}\d|\s+|\S+")


@dataclass(frozen=True)
class Capabilities:
    """What a channel can show.

    Attributes:
        characters: Longest message, in characters; ``MARK`` of them are kept free.
        buttons: Most buttons on a message; 0 where choices are numbered in the text.
        label: Longest label of a button, in characters.
        segments: Most SMS segments of one message; None where they do not count.
    """

    characters: int
    buttons: int = 0
    label: int = 64
    segments: int | None = None


def fit(reply: Reply, capabilities: Capabilities, *, offered_in: int) -> list[Outgoing]:
    """Return the messages that ``reply`` becomes, in order; none is empty.

    Args:
        reply: What to say.
        capabilities: Of the channel it goes to.
        offered_in: The round its choices belong to.
    """
    texts = [text.strip() for text in reply.texts if text.strip()]
    with_buttons = _as_buttons(reply.choices, capabilities)
    if reply.choices and not with_buttons:
        numbered = "\n".join(f"{n}. {choice.label}" for n, choice in enumerate(reply.choices, 1))
        texts[-1:] = [f"{texts[-1]}\n{numbered}"] if texts else [numbered]
    parts = [part for text in texts for part in split(text, _fits(capabilities))]
    messages = [Outgoing(part, language=reply.language) for part in parts]
    if with_buttons and messages:
        buttons = tuple(
            Button(token(offered_in, n), choice.label) for n, choice in enumerate(reply.choices, 1)
        )
        messages[-1] = Outgoing(messages[-1].text, buttons, reply.language)
    return messages


def split(text: str, fits: Callable[[str], bool]) -> list[str]:
    """Return ``text`` in parts that fit, cut between words and never inside a number to call.

    A word that alone does not fit is cut between characters, a combining mark staying
    with its letter.
    """
    parts: list[str] = []
    current = ""
    for piece in _PIECES.findall(text):
        if fits((current + piece).strip()):
            current += piece
            continue
        if current.strip():
            parts.append(current.strip())
        *whole, current = [piece] if fits(piece) or piece.isspace() else _cut(piece, fits)
        parts.extend(whole)
        current = current.lstrip()
    return [*parts, current.strip()] if current.strip() else parts


def _cut(word: str, fits: Callable[[str], bool]) -> list[str]:
    parts = [""]
    for character in word:
        if not fits(parts[-1] + character) and not unicodedata.combining(character):
            parts.append("")
        parts[-1] += character
    return [part for part in parts if part] or [word]


def _fits(capabilities: Capabilities) -> Callable[[str], bool]:
    def fits(text: str) -> bool:
        if len(text) > capabilities.characters - MARK:
            return False
        return capabilities.segments is None or count_segments(text) <= capabilities.segments

    return fits


def _as_buttons(choices: tuple[Choice, ...], capabilities: Capabilities) -> bool:
    return 0 < len(choices) <= capabilities.buttons and all(
        len(choice.label) <= capabilities.label for choice in choices
    )

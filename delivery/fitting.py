"""Fits a reply to what a channel can show: length, buttons, numbered choices, segments."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from content.reply import Choice, Reply
from delivery.choices import token
from delivery.envelope import Button, Outgoing
from delivery.segments import count_segments

LISTEN = "\U0001f50a"  # what stands beside a recording: a loudspeaker needs no translation
MARK = 96  # characters kept free for the line before a possible repeat
# A number to call is one piece, with the spaces inside it; so is each other word.
PIECES = re.compile(r"\+?\(?\d[\d\s()./-]{3,}\d|\s+|\S+")


@dataclass(frozen=True)
class Capabilities:
    """What a channel can show.

    Attributes:
        characters: Longest message, in characters; ``MARK`` of them are kept free.
        buttons: Most buttons on a message; 0 where choices are numbered in the text.
        label: Longest label of a button, in characters.
        segments: Most SMS segments of one message; None where they do not count.
        page: Segments after which the person is asked whether they want to read on; None where
            everything is sent at once.
        pictograms: Whether choices carry a pictogram beside their words.
        recordings: Whether it can play what is read aloud.
    """

    characters: int
    buttons: int = 0
    label: int = 64
    segments: int | None = None
    page: int | None = None
    pictograms: bool = True
    recordings: bool = True


# What any telephone shows of an SMS; two segments are a page.
SMS = Capabilities(1600, segments=6, page=2, pictograms=False, recordings=False)


def fit(
    reply: Reply, capabilities: Capabilities, *, offered_in: int, discreet: bool = False
) -> list[Outgoing]:
    """Return the messages that ``reply`` becomes, in order; none is empty.

    Args:
        reply: What to say.
        capabilities: Of the channel it goes to.
        offered_in: The round its choices belong to.
        discreet: Others may see the screen.
    """
    texts = [text.strip() for text in reply.texts if text.strip()]
    with_buttons = _as_buttons(reply.choices, capabilities)
    if reply.choices and not with_buttons:
        listed = numbered(reply.choices, pictograms=capabilities.pictograms)
        texts[-1:] = [f"{texts[-1]}\n{listed}"] if texts else [listed]
    parts = [part for text in texts for part in split(text, _fits(capabilities))]
    messages = [Outgoing(part, language=reply.language) for part in parts]
    if capabilities.recordings:  # before the last message, which the choices stand under
        heard = [Outgoing(LISTEN, (), reply.language, path) for path in reply.recordings]
        messages[-1:-1] = heard
    if with_buttons and messages:
        buttons = tuple(
            Button(token(offered_in, n), _on_button(choice, capabilities))
            for n, choice in enumerate(reply.choices, 1)
        )
        messages[-1] = replace(messages[-1], buttons=buttons)
    return [replace(message, discreet=discreet) for message in messages]


def numbered(choices: Sequence[Choice], *, pictograms: bool = False) -> str:
    """Return choices as numbered lines, for whoever answers with a number."""
    return "\n".join(
        f"{number}. {choice.shown if pictograms else choice.label}"
        for number, choice in enumerate(choices, 1)
    )


def _on_button(choice: Choice, capabilities: Capabilities) -> str:
    """Return what stands on a button: the pictogram only where the words leave room for it."""
    fits = capabilities.pictograms and len(choice.shown) <= capabilities.label
    return choice.shown if fits else choice.label


def split(text: str, fits: Callable[[str], bool]) -> list[str]:
    """Return ``text`` in parts that fit, cut between words and never inside a number to call.

    A word that alone does not fit is cut between characters, a combining mark staying
    with its letter.
    """
    parts: list[str] = []
    current = ""
    for piece in PIECES.findall(text):
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

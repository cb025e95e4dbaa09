"""An SMS without the accents that cost a person half of each segment.

One character outside the GSM alphabet turns a segment of 160 characters into one of 70. Letters
that people leave out themselves when they write (á, ã, ş) lose their accent; what the alphabet
has (é, ñ, ü, à) stays. A text in another script stays as it is.

Source: 3GPP TS 23.038, table 6.2.1.
"""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from content.reply import Reply
from delivery.segments import is_gsm7

_SPARED = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "–": "-",
        "—": "-",
        "…": "...",
        "•": "-",
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
        "œ": "oe",
        "Œ": "OE",
        "ı": "i",
        "ª": "a",
        "º": "o",
        "°": "o",
        "·": "-",
        "×": "x",
        "\u200e": "",
        "\u200f": "",
        "→": "->",
        "ç": "c",
        "Ç": "C",
    }
)


def spared(text: str) -> str:
    """Return ``text`` in the GSM alphabet where accents alone keep it out, else as it is."""
    if is_gsm7(text):
        return text
    plain = "".join(
        character if is_gsm7(character) else _without_accent(character)
        for character in text.translate(_SPARED)
    )
    return plain if is_gsm7(plain) else text


def spared_reply(reply: Reply) -> Reply:
    """Return a reply with its texts and labels so; all or none, since they stand together."""
    labels = [choice.label for choice in reply.choices]
    whole = [spared(text) for text in (*reply.texts, *labels)]
    if not all(map(is_gsm7, whole)):
        return reply
    texts, labels = whole[: len(reply.texts)], whole[len(reply.texts) :]
    pairs = zip(reply.choices, labels, strict=True)
    choices = tuple(replace(choice, label=label) for choice, label in pairs)
    return replace(reply, texts=tuple(texts), choices=choices)


def _without_accent(character: str) -> str:
    letters = unicodedata.normalize("NFD", character)
    return "".join(letter for letter in letters if not unicodedata.combining(letter))

"""Text to words: spaCy's tokens, normalised, with the places where a clause ends."""

from __future__ import annotations

import dataclasses
import functools
import re
from dataclasses import dataclass, field

import spacy
from spacy.language import Language as Pipeline

from wire.normalise import fold, is_word_character

LONGEST = 12_000  # characters, as many as the delivery keeps: a cry may stand at the end
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}")  # "holaaaa": no language here writes a letter thrice
_INSIDE_A_CLAUSE = frozenset(' -_"“”«»()#*@&/+')
_SHORTENED = frozenset({"st", "ste", "sta", "sto", "dr", "dra", "mr", "mrs", "sr", "sra"})


@dataclass(frozen=True)
class Word:
    """A normalised word.

    Attributes:
        text: Without case, accents and apostrophes.
        start: Offset of the first character of its token in the message.
        end: Offset behind the last character of its token.
        clause: Number of the clause it stands in; punctuation ends one.
        capital: Whether it is written like a name: one capital, then small letters.
    """

    text: str = field(repr=False)
    start: int
    end: int
    clause: int
    capital: bool = False


def words_of(text: str, pipeline: str = "xx") -> list[Word]:
    """Return the words of a message in order.

    spaCy takes a message apart as each language does. What it parts inside of a word
    (``do|n't``) is joined again, since lists are written with whole words.
    """
    found: list[Word] = []
    clause = 0
    for token in blank(pipeline).make_doc(text[:LONGEST]):
        end = token.idx + len(token)
        joins = bool(found) and found[-1].end == token.idx and _ends_in_a_word(text, token.idx)
        for part in _parts(fold(token.text)):
            if not is_word_character(part[0]):
                short = part.strip() == "." and found and found[-1].text in _SHORTENED
                clause += not short and not _INSIDE_A_CLAUSE.issuperset(part)
            elif joins:
                last = found.pop()
                found.append(dataclasses.replace(last, text=_plain(last.text + part), end=end))
            else:
                capital = token.text[:1].isupper() and not token.text.isupper()
                found.append(Word(_plain(part), token.idx, end, clause, capital))
            joins = False
    return found


@functools.lru_cache(maxsize=32)
def blank(pipeline: str) -> Pipeline:
    """Return spaCy's blank pipeline of that name; loaded when it is first needed."""
    return spacy.blank(pipeline)


def _parts(folded: str) -> list[str]:
    """Return runs of word characters and runs of everything else, in order."""
    parts: list[str] = []
    for character in folded:
        inside = is_word_character(character)
        if parts and is_word_character(parts[-1][0]) == inside:
            parts[-1] += character
        else:
            parts.append(character)
    return parts


def _ends_in_a_word(text: str, position: int) -> bool:
    """Return whether a word goes on across ``position``; an apostrophe is part of it."""
    around = fold(text[position - 1 : position + 1])
    return bool(around) and all(is_word_character(character) for character in around)


def _plain(word: str) -> str:
    return _STRETCHED.sub(r"\1", word)

"""What stands on paper, before it is a page: headings, entries and lines in one language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """One thing that is said: a title and the lines under it.

    Attributes:
        title: Empty for a paragraph without one.
        lines: What is said, a line each.
        language: BCP 47 tag where the entry is in another language than its document.
        loud: Whether it stands out: numbers for danger.
    """

    title: str = ""
    lines: tuple[str, ...] = ()
    language: str = ""
    loud: bool = False


@dataclass(frozen=True)
class Section:
    """A chapter, or a part of one. ``id`` is unique in its document."""

    id: str
    heading: str
    entries: tuple[Entry, ...] = ()
    parts: tuple[Section, ...] = ()


@dataclass(frozen=True)
class Document:
    """What is printed.

    Attributes:
        kind: ``handbook`` or ``card``: which style it has.
        language: BCP 47 tag.
        title: Stands at the top.
        opening: Lines under the title.
        sections: The chapters, in order.
        closing: One last line, or nothing.
        contents: Heading of the list of chapters; without it there is none.
        skip: Words of the link over that list.
        size: ``small``, ``medium`` or ``large``: the letters on paper, where they have to fit.
        numbers: Telephone numbers that may stand in it, exactly as they are written.
    """

    kind: str
    language: str
    title: str
    opening: tuple[str, ...]
    sections: tuple[Section, ...]
    closing: str = ""
    contents: str = ""
    skip: str = ""
    size: str = ""
    numbers: frozenset[str] = frozenset()

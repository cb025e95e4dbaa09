"""A column of a sheet: which field stands in it, how it is written, and how it is headed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """How a cell is written."""

    TEXT = "text"
    LIST = "list"  # texts, one a line
    CHOICE = "choice"
    CHOICES = "choices"  # several, with ; between them
    TAGS = "tags"  # language tags, with ; between them
    DATE = "date"
    NEVER = "never"  # a date, or never
    NUMBER = "number"
    YES_NO = "yes or no"
    HOURS = "hours"
    NUMBERS = "numbers"  # telephone numbers, one a line
    PLACES = "places"
    NAMES = "names"  # a text by language
    WEB = "web"


class Blank(StrEnum):
    """What an empty cell of a new row means."""

    LEFT_OUT = "left out"
    NULL = "null"
    EMPTY = "empty"
    UNKNOWN = "unknown"
    NO = "no"
    NEVER = "never"


@dataclass(frozen=True)
class Column:
    """One column.

    Attributes:
        key: Path of the field, such as ``cost.kind``; ``country`` is no field.
        kind: How its cells are written.
        heading: In English.
        help: In English.
        family: Of the messages that word its codes.
        codes: What may stand there.
        blank: What an empty cell of a new row means.
        required: Whether a new row needs it.
        width: In characters.
    """

    key: str
    kind: Kind
    heading: str
    help: str = ""
    family: str = ""
    codes: tuple[str, ...] = ()
    blank: Blank = Blank.NULL
    required: bool = False
    width: int = 18

"""A value as it stands in a row, whichever way a file wrote it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import Date, DateTime, Enum, Numeric, Text

from directory.hsds.base import Clock
from directory.hsds.models import BY_NAME

END_OF_DAY = "24:00:00"


def usual(table: str, column: str, value: Any) -> Any:
    """Return a value in the one form that rows have; what does not fit stays as it is."""
    try:
        return fitting(table, column, value)
    except ValueError:
        return value


def fitting(table: str, column: str, value: Any) -> Any:
    """Return a value in the one form that rows have.

    Raises:
        ValueError: It is no value of this column; the error says what would be.
    """
    kind = BY_NAME[table].__table__.columns[column].type
    if value is None:
        return None
    if isinstance(kind, Numeric):
        return _number(value)
    if isinstance(value, bool | dict | list):
        raise ValueError("a text")  # noqa: TRY004 - one kind of error for the person who reads it
    text = str(value)
    if isinstance(kind, Enum):
        if text not in kind.enums:
            raise ValueError(f"one of {', '.join(map(str, kind.enums))}")
        return text
    if isinstance(kind, Text):
        return text
    return _moment(kind, text.strip())


def _moment(kind: Any, text: str) -> str:
    if isinstance(kind, Clock):
        return _clock(text)
    if isinstance(kind, DateTime):
        return _instant(text)
    if isinstance(kind, Date):
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            raise ValueError("a date as YYYY-MM-DD") from None
    return text


def _clock(text: str) -> str:
    if text in ("24:00", END_OF_DAY):
        return END_OF_DAY
    try:
        return time.fromisoformat(text).replace(tzinfo=None).isoformat(timespec="seconds")
    except ValueError:
        raise ValueError("a time as HH:MM") from None


def _instant(text: str) -> str:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError("a moment as YYYY-MM-DDTHH:MM:SSZ") from None
    moment = found.replace(tzinfo=found.tzinfo or UTC).astimezone(UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _number(value: Any) -> int | float:
    try:
        number = float(str(value).strip())
    except ValueError:
        raise ValueError("a number") from None
    if isinstance(value, bool) or number != number or number in (float("inf"), float("-inf")):  # noqa: PLR0124
        raise ValueError("a number")
    return int(number) if number.is_integer() else number

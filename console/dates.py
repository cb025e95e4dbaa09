"""Days and moments as people of a language write them."""

from __future__ import annotations

from datetime import UTC, date, datetime

from babel.dates import format_date

from console.translation import language


def day(value: date | str | None) -> str:
    """Return a day in words; nothing for none. An ISO date may be written out."""
    if not value:
        return ""
    found = date.fromisoformat(value[:10]) if isinstance(value, str) else value
    return format_date(found, "long", locale=language().replace("-", "_"))


def moment(value: datetime | None) -> str:
    """Return a day and time in words, in UTC; nothing for none."""
    if value is None:
        return ""
    in_utc = value.astimezone(UTC)
    written = format_date(in_utc, "medium", locale=language().replace("-", "_"))
    return f"{written}, {in_utc:%H:%M} UTC"

"""Where something comes from, in two or three words that fit behind a telephone number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from content import dates
from content.messages import Messages


def in_brief(entry: Mapping[str, Any], messages: Messages, language: str) -> str:
    """Return when an entry was last verified or, while nobody did, the date of its source."""
    checked = messages.has("source.checked", language)
    if checked and entry["verified"] != "never":  # a short language tells the source's date
        verified = dates.day(entry["verified"], language)
        return messages.text("source.checked", language, date=verified)
    published = str(entry["source"]["published"])
    if not published[:1].isdigit():
        return messages.text("lines.source_unknown", language)
    date = dates.published(published, messages, language)
    exact = len(published) == len("2026-11-25")
    return messages.text("lines.source_day" if exact else "lines.source", language, date=date)

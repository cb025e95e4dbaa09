"""Numbers, hours and languages of a listing as rows of HSDS."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from babel import Locale, UnknownLocaleError

from directory.hsds.building import Rows

SPOKEN, INTERPRETED = "spoken", "interpreted"  # notes of languages
ALWAYS = "always"  # position of the rule that says: at all hours
# Kinds of our numbers as HSDS names them; the others have the same name.
TYPES: Mapping[str, str] = {"sms": "text"}
_WEEK = "MO,TU,WE,TH,FR,SA,SU"


def add_numbers(rows: Rows, body: Mapping[str, Any]) -> None:
    """Add the telephone numbers, and those for messages over WhatsApp after them."""
    for position, phone in enumerate(body["phones"]):
        kind = phone.get("kind")
        number = {
            "service_id": rows.service,
            "number": phone["number"],
            "type": TYPES.get(kind, kind),
            "description": phone.get("note"),
            "ordinal": position,
        }
        added = rows.add("phone", position, number)
        if phone.get("e164"):
            rows.say("phone", "e164", phone["e164"], of=("phone", added))
    for position, entry in enumerate(body.get("whatsapp") or (), start=len(body["phones"])):
        phone = {"number": entry} if isinstance(entry, str) else entry
        number = {"service_id": rows.service, "number": phone["number"], "type": "whatsapp"}
        added = rows.add("phone", position, {**number, "ordinal": position})
        how = "text" if isinstance(entry, str) else None
        rows.say("phone", "whatsapp", how, of=("phone", added))
        if phone.get("e164"):
            rows.say("phone", "e164", phone["e164"], of=("phone", added))


def add_hours(rows: Rows, hours: Mapping[str, Any]) -> None:
    """Add a weekly rule for each period; the words of the hours stand in each."""
    said = {"service_id": rows.service, "description": hours.get("text")}
    for position, period in enumerate(hours["periods"]):
        rule = {
            "freq": "WEEKLY",
            "interval": 1,
            "byday": ",".join(period["days"]),
            "opens_at": _clock(period["opens"]),
            "closes_at": _clock(period["closes"]),
            "ordinal": position,
        }
        rows.add("schedule", position, {**said, **rule})
    if hours["always"]:
        rows.say("hours", "always")
    if hours["always"] and not hours["periods"]:
        day = {"opens_at": "00:00:00", "closes_at": "24:00:00"}
        rule = {"freq": "WEEKLY", "interval": 1, "byday": _WEEK, **day}
        rows.add("schedule", ALWAYS, {**said, **rule})
    elif not hours["periods"] and hours.get("text") is not None:
        rows.add("schedule", 0, said)
    if "known" in hours:
        rows.say("hours", "known" if hours["known"] else "not_known")
    if hours.get("as_of"):
        rows.say("hours", "as_of", hours["as_of"])


def _clock(text: str) -> str | None:
    """Return a time as rows have it; none for what no clock shows, such as 27:30."""
    return f"{text}:00" if text <= "24:00" else None


def add_languages(rows: Rows, body: Mapping[str, Any]) -> None:
    """Add the languages that are spoken there and those that are interpreted."""
    for note in (SPOKEN, INTERPRETED):
        for position, code in enumerate(body[f"languages_{note}"]):
            language = {"name": language_name(code), "code": code, "note": note}
            values = {"service_id": rows.service, **language, "ordinal": position}
            rows.add("language", f"{note} {position}", values)


@cache
def language_name(code: str) -> str | None:
    """Return the English name of a language; None where nobody has named it."""
    try:
        return Locale.parse(code, sep="-").english_name
    except (UnknownLocaleError, ValueError):
        return Locale("en").languages.get(code.partition("-")[0])

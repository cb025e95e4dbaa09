"""Dates, hours and distances as people write them in their language (CLDR, through Babel)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale
from babel.numbers import format_currency, format_decimal, format_percent
from babel.units import format_unit

from content.locales import day_names, long_date, month_and_year
from content.messages import Messages

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")  # RFC 5545 BYDAY, Monday first
_PUBLISHED = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2}))?(?:-(?P<day>\d{2}))?")


def published(text: str, messages: Messages, language: str) -> str:
    """Return the date of a source in words; "date unknown" where the page carries none."""
    match = _PUBLISHED.match(text)
    if match is None:
        return messages.text("source.date_unknown", language)
    if match["month"] is None:
        return match["year"]
    day = date(int(match["year"]), int(match["month"]), int(match["day"] or 1))
    return long_date(day, language) if match["day"] else month_and_year(day, language)


def source(entry: Mapping[str, Any], messages: Messages, language: str) -> str:
    """Return the name of an entry's source and its date."""
    told = entry["source"]
    date = published(str(told["published"]), messages, language)
    return messages.text("source.item", language, title=told["title"], date=date)


def verified(
    entry: Mapping[str, Any], messages: Messages, language: str, *, rule: bool = False
) -> str:
    """Return whether and when somebody last verified an entry."""
    if entry["verified"] != "never":
        return messages.text("source.verified", language, date=day(entry["verified"], language))
    return messages.text("source.not_verified_rule" if rule else "source.not_verified", language)


def day(iso: str, language: str) -> str:
    """Return an ISO date in words."""
    return long_date(date.fromisoformat(iso), language)


def distance(kilometres: float, language: str) -> str:
    """Return a distance in whole kilometres, at least one."""
    return format_unit(
        max(1, round(kilometres)), "length-kilometer", "short", locale=_region(language)
    )


def money(amount: Mapping[str, Any], messages: Messages, language: str) -> str:
    """Return an amount, or a range of them, per what it is paid for."""
    per = amount.get("per")
    text = " – ".join(_amount(amount[end], amount, language) for end in _ends(amount))
    return messages.text(f"per.{per}", language, amount=text) if per else text


def _amount(value: float, amount: Mapping[str, Any], language: str) -> str:
    region = _region(language)
    if amount.get("per") == "percent":
        return format_percent(value / 100, locale=region)
    if not amount.get("currency"):
        return format_decimal(value, locale=region)
    pattern = Locale.parse(region).currency_formats["standard"].pattern
    if region != language:  # this region writes a symbol only for its own currency
        pattern = pattern.replace("¤", "¤¤ ")
    if value == round(value):
        pattern = re.sub(r"[.]0+", "", pattern)
    return format_currency(
        value, amount["currency"], format=pattern, locale=region, currency_digits=False
    )


def _ends(amount: Mapping[str, Any]) -> list[str]:
    low, high = amount.get("min"), amount.get("max")
    if low is None or high is None or low == high:
        return ["max" if low is None else "min"]
    return ["min", "max"]


def _region(language: str) -> str:
    """Return the locale that numbers are written in: our Spanish is Central American."""
    return {"es": "es_419"}.get(language, language.replace("-", "_"))


def hours(
    value: Mapping[str, Any],
    messages: Messages,
    language: str,
    *,
    now: datetime,
    zones: Sequence[str],
    is_open_in: Callable[[str], bool | None] | None = None,
) -> str:
    """Return opening hours in words, and whether it is open now; "not known" when it is not.

    Where it may be in one of several time zones, and is open in some of them, that is left out.

    Args:
        value: The hours.
        messages: All wordings.
        language: BCP 47 tag.
        now: The moment, with its time zone.
        zones: IANA names of the time zones that the place may be in.
        is_open_in: Whether it is open, by time zone, where more is known than its hours; None
            is not known.
    """
    if not are_known(value):
        return messages.text("hours.unknown", language)
    periods = value.get("periods") or []
    text = "; ".join(_period(period, language) for period in periods)
    if value.get("always"):
        text = messages.text("hours.always", language)
    if value.get("as_of"):
        then = published(str(value["as_of"]), messages, language)
        return messages.text("hours.as_of", language, hours=text, date=then)
    if value.get("always"):
        return text
    look = is_open_in or (lambda zone: is_open(value, now, zone))
    states = {look(zone) for zone in zones}
    if len(states) != 1 or None in states:
        return text
    state = "hours.open_now" if states == {True} else "hours.closed_now"
    return messages.text(state, language, hours=text)


def are_known(value: Mapping[str, Any]) -> bool:
    """Return whether the hours of an entry are known well enough to be said."""
    told = bool(value.get("always") or value.get("periods"))
    return told and value.get("known") is not False


def is_open(value: Mapping[str, Any], now: datetime, zone: str) -> bool:
    """Return whether hours that are known include ``now``, in the zone of the place."""
    local = now.astimezone(ZoneInfo(zone))
    if value.get("always"):
        return True
    today, before = DAYS[local.weekday()], DAYS[local.weekday() - 1]
    for period in value.get("periods") or []:
        opens, closes = _clock(period["opens"]), _clock(period["closes"])
        at = local.time().replace(tzinfo=None)
        if opens < closes and today in period["days"] and opens <= at < closes:
            return True
        overnight = opens >= closes
        if overnight and (
            (today in period["days"] and at >= opens) or (before in period["days"] and at < closes)
        ):
            return True
    return False


def _clock(text: str) -> time:
    hour, minute = text.split(":")
    return time.max if hour == "24" else time(int(hour), int(minute))


def _period(period: Mapping[str, Any], language: str) -> str:
    names = day_names(language)
    positions = sorted(DAYS.index(name) for name in period["days"])
    runs: list[list[int]] = []
    for position in positions:
        if runs and runs[-1][-1] == position - 1:
            runs[-1].append(position)
        else:
            runs.append([position])
    shown = [f"{names[run[0]]}-{names[run[-1]]}" if len(run) > 1 else names[run[0]] for run in runs]
    return f"{', '.join(shown)} {period['opens']}-{period['closes']}"

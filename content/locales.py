"""Dates, lists and names by the CLDR, and by ``data/locales`` where the CLDR does not know them."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from babel import Locale
from babel.dates import format_date, get_day_names
from babel.lists import format_list

_FOLDER = Path(__file__).parents[1] / "data" / "locales"
_IN_CLDR = {"prs": "fa_AF"}  # languages that CLDR knows by another tag
# Spanish "y" becomes "e" before the sound i, "o" becomes "u" before the sound o. The CLDR
# leaves that to whoever joins.
_BEFORE_I = re.compile(r"h?[ií](?![aeou])", re.IGNORECASE)
_BEFORE_O = re.compile(r"h?[oó]", re.IGNORECASE)


def country_name(code: str, language: str) -> str:
    """Return the name of a country (ISO 3166-1) in a language; its code where it has none."""
    own = _own(language).get("territories", {})
    return str(own.get(code) or _locale(language).territories.get(code, code))


def language_name(tag: str, language: str) -> str:
    """Return the name of a language (BCP 47) in another; its tag where it has none."""
    own = _own(language).get("languages", {})
    name = _IN_CLDR.get(tag, tag.partition("-")[0])
    return str(own.get(tag) or _locale(language).languages.get(name, tag))


def long_date(day: date, language: str) -> str:
    """Return a day with the name of its month and its year."""
    own = _own(language)
    if "long_date" in own:
        return _filled(own["long_date"], day, own)
    return format_date(day, "long", language)


def month_and_year(day: date, language: str) -> str:
    """Return the month of a day and its year."""
    own = _own(language)
    if "month_and_year" in own:
        return _filled(own["month_and_year"], day, own)
    return format_date(day, str(_locale(language).datetime_skeletons["yMMMM"].pattern), language)


def day_names(language: str) -> Sequence[str]:
    """Return the short names of the days, Monday first."""
    own = _own(language)
    if "days" in own:
        return [str(name) for name in own["days"]]
    names = get_day_names("abbreviated", "format", language)
    return [names[number] for number in range(7)]


def joined(words: Sequence[str], language: str, style: str = "standard") -> str:
    """Return words as a list ("a, b and c").

    Args:
        words: In order; may be empty.
        language: BCP 47 tag.
        style: ``standard`` or ``or``.
    """
    own = _own(language).get("lists", {}).get(style)
    if own and words:
        between, last = map(str, own)
        return last.join(part for part in (between.join(words[:-1]), words[-1]) if part)
    text = format_list(words, style=style, locale=_locale(language))  # type: ignore[arg-type]  # Babel types the styles as literals
    return _spoken(text, words[-1]) if words and _locale(language).language == "es" else text


def _spoken(text: str, last: str) -> str:
    before = text.removesuffix(last)
    if _BEFORE_I.match(last) and before.endswith(" y "):
        before = f"{before[:-2]}e "
    if _BEFORE_O.match(last) and before.endswith(" o "):
        before = f"{before[:-2]}u "
    return before + last


def _filled(pattern: str, day: date, own: Mapping[str, Any]) -> str:
    return pattern.format(day=day.day, month=own["months"][day.month - 1], year=day.year)


@functools.cache
def _own(language: str) -> Mapping[str, Any]:
    file = _FOLDER / f"{language}.yml"
    return yaml.safe_load(file.read_text("utf-8")) if file.exists() else {}


def _locale(language: str) -> Locale:
    return Locale.parse(language, sep="-")

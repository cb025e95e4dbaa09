"""Telephone numbers, e-mail and web addresses of a row that cannot be right, and names too long."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from directory.import_source import SourceRow
from directory.number_checks import IMPOSSIBLE, contact_faults
from directory.parts import Part
from directory.sheets.catalogue import N_

_NO_NUMBER = N_("{written} is no telephone number")
_IMPOSSIBLE = N_("{written} can be no telephone number: a digit is missing or too many")
_ONE_A_LINE = N_("write one number in each line: {written}")
_NO_EMAIL = N_("{written} is no e-mail address")
_NO_PAGE = N_("{written} is no address of a web page; write it as https://example.org")
_TOO_LONG = N_("the name of a town has at most {most} characters")
_LONGEST_CITY = 120  # characters that the table of cities keeps
_SHOWN = 80  # characters
_SEVERAL = re.compile(r"\d\s*(?:[/;,]|\b(?:y|o|e|u|and|or)\b)\s*[+(]?\d")
_FREE = re.compile(r"\D*(?:00|0|1)?[\s.-]*[89]00\D")  # may have letters, and then more digits
_PAGE = re.compile(r"(?:https?://)?[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)
Problem = tuple[str, str, dict[str, str]]  # key of the column, what is wrong, values


def problems_of(
    row: SourceRow, body: Mapping[str, Any], before: Mapping[str, Any], country: str
) -> Iterator[Problem]:
    """Yield what is wrong with how to reach a place, but for what it says already.

    Args:
        row: The row.
        body: What the entry would say.
        before: What it says now.
        country: ISO 3166-1 alpha-2.
    """
    new = {field: value for field, value in body.items() if before.get(field) != value}
    for path, code in contact_faults(row.part, new, country):
        key, _, rest = path.partition(".")
        one = new[key][int(rest.partition(".")[0])]
        written = one if isinstance(one, str) else one["number"]
        if problem := _of_contact(key, code, written):
            yield key, problem, {"written": written[:_SHOWN]}
    for key, address in _pages(new):
        if not _PAGE.fullmatch(address):
            yield key, _NO_PAGE, {"written": address[:_SHOWN]}
    if row.part is Part.SERVICES:
        for place in new.get("places") or ():
            if len(place.get("city") or "") > _LONGEST_CITY:
                yield "places", _TOO_LONG, {"most": str(_LONGEST_CITY)}


def _of_contact(key: str, code: str, written: str) -> str | None:
    if key == "email":
        return _NO_EMAIL
    if _SEVERAL.search(written):
        return _ONE_A_LINE
    if code == IMPOSSIBLE:
        return None if _FREE.match(written) else _IMPOSSIBLE
    return _NO_NUMBER if any(one.isdigit() for one in written) else None  # else told already


def _pages(body: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if body.get("url"):
        yield "url", body["url"]
    if (body.get("source") or {}).get("url"):
        yield "source.url", body["source"]["url"]
    for one in body.get("web") or ():
        yield "web", one["url"]

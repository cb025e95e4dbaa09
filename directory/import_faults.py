"""What is wrong in the body that a row makes, as faults of the row's cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from directory.bodies import BodyFault, HasMessage, faults_of
from directory.import_contacts import problems_of
from directory.import_source import NEEDED, SourceRow
from directory.parts import Part, entry_prefix, numbered_entry
from directory.published import Published
from directory.sheets.catalogue import N_
from directory.sheets.column import Column
from directory.sheets.columns import COUNTRY, columns_of
from directory.sheets.faults import Fault
from directory.whole_bodies import as_in_a_pack

_NO_COLUMN = N_("a new entry needs the column {heading}")
_NOT_ALLOWED = N_("this may not stand here")
_BADLY_WRITTEN = N_("this is not written the way it has to be")
_NO_POINT = N_("a point needs both a latitude, from -90 to 90, and a longitude, from -180 to 180")
_OTHER = N_("{problem}")
_NO_SUCH_COUNTRY = N_("there is no country {written} here")
_OTHER_COUNTRY = N_("{entry} is in another country")
_BAD_ID = N_("{entry} is no number of an entry; leave it empty for a new one")
_RETIRED = N_("{entry} was retired: restore it first, or remove this row")
_FUTURE = N_("this day has not come yet")
_NOWHERE = "ZZ"  # a country that nobody has
_RULES: Mapping[str, str] = {
    "required": NEEDED,
    "minItems": NEEDED,
    "minLength": NEEDED,
    "type": _NOT_ALLOWED,
    "enum": _NOT_ALLOWED,
    "additionalProperties": _NOT_ALLOWED,
    "pattern": _BADLY_WRITTEN,
    "anyOf": _BADLY_WRITTEN,
}
# What the check of packs says, in words for whoever keeps a sheet.
_LINTED: Mapping[str, str] = {
    "no such day": N_("there is no such day"),
    "valid_until is before valid_from": N_("the last day is before the first"),
    "a protection_shelter needs protection: true": N_("a protected house needs yes here"),
    "no address may stand here, and the kind is protection_shelter": N_(
        "of a place that is kept secret no address may stand here, and it offers a protected house"
    ),
    "e164 is not a possible number": N_("there can be no such telephone number"),
    "no digit": N_("a telephone number has digits"),
}
_WHERE_LINTED: Mapping[str, str] = {
    "valid_until is before valid_from": "valid_until",
    "a protection_shelter needs protection: true": "protection",
    "no address may stand here, and the kind is protection_shelter": "addresses",
}


def faults_of_row(
    row: SourceRow,
    body: Mapping[str, Any],
    country: str,
    *,
    before: Mapping[str, Any],
    has_message: HasMessage,
    today: date,
) -> Iterator[Fault]:
    """Yield what is wrong in a body; not of cells that could not be read at all.

    Args:
        row: The row.
        body: What the entry would say.
        country: ISO 3166-1 alpha-2, or empty.
        before: What the entry says now.
        has_message: Whether a message id is worded in every language.
        today: No listing was verified after it.
    """
    unreadable = {fault.column for fault in row.faults}
    number = numbered_entry(row.part, country or _NOWHERE, 0)  # what is missing is told by itself
    whole = {"id": number, **_whole(row.part, body)}
    found_any = False
    for found in faults_of(row.part, whole, country, has_message):
        if found.field == "id":
            continue  # see faults_of_place
        found_any = True
        fault = _of_cell(row, found)
        if not fault.column or fault.column not in unreadable:
            yield fault
    if country and (row.columns or not found_any):  # what a cell gives has the right form
        for key, problem, values in problems_of(row, body, before, country):
            yield at(row, key, problem, **values)
    verified = str(body.get("verified") or "")
    if verified[:1].isdigit() and verified > today.isoformat():
        yield at(row, "verified", _FUTURE)


def faults_of_place(
    row: SourceRow, current: Published | None, country: str, known: frozenset[str]
) -> Iterator[Fault]:
    """Yield what is wrong with a row's number and country."""
    _, letter = row.columns.get(COUNTRY, (None, ""))
    if letter and letter in {fault.column for fault in row.faults}:
        return  # what stands there is told already
    if country not in known:
        problem = _NO_SUCH_COUNTRY if country else NEEDED
        yield at(row, COUNTRY, problem, written=country)
    elif current is not None and current.country != country:
        yield at(row, COUNTRY, _OTHER_COUNTRY, entry=row.entry)
    elif row.entry and current is None and not _is_id(row.entry, entry_prefix(row.part, country)):
        yield at(row, "id", _BAD_ID, entry=row.entry[:40])
    if current is not None and current.is_retired:
        yield at(row, "id", _RETIRED, entry=row.entry)


def at(row: SourceRow, key: str, what: str, /, **values: str) -> Fault:
    """Return a fault of the cell with a key; of the row where it has no such column."""
    column, letter = row.columns.get(key, (None, ""))
    heading = column.heading if column else _heading(row, key)
    return Fault(row.sheet, row.number, letter, heading, what, values)


def _whole(part: Part, body: Mapping[str, Any]) -> Mapping[str, Any]:
    try:
        return as_in_a_pack(part, body)
    except TypeError:  # a whole body of a file, in which anything may stand
        return body


def _of_cell(row: SourceRow, found: BodyFault) -> Fault:
    path, problem = found.field, _RULES.get(found.rule)
    if found.rule == "required":
        missing = found.problem.split("'")[1] if "'" in found.problem else ""
        path = f"{path}.{missing}".strip(".")
    elif found.rule == "lint":
        said = found.problem.removeprefix(f"{path}: ")
        path = path or _WHERE_LINTED.get(said, "")
        problem = _LINTED.get(said)
        if problem is None:
            return at(row, _column(row, path), _OTHER, problem=said)
    key = _column(row, path)
    if row.columns and key not in row.columns and problem == NEEDED:
        return at(row, key, _NO_COLUMN, heading=_heading(row, key))
    if key.partition(".")[0] == "point":
        problem = _NO_POINT
    fault = at(row, key, problem or _NOT_ALLOWED)
    # A whole body has no columns: the path of the field stands for the letter.
    return fault if row.columns else replace(fault, column=path)


def _column(row: SourceRow, path: str) -> str:
    """Return the key of the column in which the field at a path stands."""
    steps = [step for step in path.split(".") if not step.isdigit()]
    while steps:
        if (key := ".".join(steps)) in _all(row):
            return key
        steps.pop()
    first = path.partition(".")[0]
    return next((key for key in _all(row) if key.partition(".")[0] == first), path)


def _heading(row: SourceRow, key: str) -> str:
    return _all(row)[key].heading if key in _all(row) else key


def _all(row: SourceRow) -> Mapping[str, Column]:
    try:
        return {column.key: column for column in columns_of(row.part, ())}
    except KeyError:
        return {}


def _is_id(entry: str, start: str) -> bool:
    number = entry.removeprefix(start)
    return entry.startswith(start) and number.isdigit() and 2 <= len(number) <= 8  # noqa: PLR2004

"""From the cells of a row to a body: onto what the entry says now, or onto nothing."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from directory.parts import Part
from directory.sheets.column import Blank, Column, Kind
from directory.sheets.columns import columns_of
from directory.sheets.tidy import tidied

# What a new entry says where the sheet has no column for it.
_NEW: Mapping[Part, Mapping[str, Any]] = {
    Part.SERVICES: {
        "hours": {"text": None, "always": False, "known": False, "periods": []},
        "waiting": {"text": None, "known": False},
    },
    Part.HELPLINES: {"hours": {"text": None, "always": False, "known": False, "periods": []}},
}
_BLANK: Mapping[Blank, Any] = {
    Blank.NULL: None,
    Blank.UNKNOWN: "unknown",
    Blank.NO: False,
    Blank.NEVER: "never",
}
_NO_HOURS = {"always": False, "known": False, "periods": []}


def new_body(part: Part) -> dict[str, Any]:
    """Return what a new entry says before anything is filled in."""
    return _copied(_new_body(part))


@cache
def _new_body(part: Part) -> dict[str, Any]:
    body: dict[str, Any] = copy.deepcopy(dict(_NEW[part]))
    for column in columns_of(part, ()):
        if column.key not in ("id", "country", "hours") and not column.required:
            _put(body, column.key, _blank(column))
    return body


def apply(
    body: Mapping[str, Any],
    columns: Sequence[Column],
    given: Mapping[str, Any],
) -> dict[str, Any]:
    """Return a body with what a row gives.

    Args:
        body: What the entry says now, or :func:`new_body`.
        columns: Those that the sheet has.
        given: Values by key; a key of ``columns`` that is not in it was an empty cell.
    """
    made = _copied(body)
    for column in columns:
        if column.key == "country" or (column.key == "id" and "id" not in given):
            continue
        if column.kind is Kind.HOURS:
            _put_hours(made, given.get(column.key))
        elif column.key in given:
            _put_given(made, column.key, given[column.key])
        elif _get(made, column.key) not in (None, [], {}):
            _put(made, column.key, _blank(column))
    _settle(made)
    return made


def pruned(value: Any) -> Any:
    """Return a value without what says nothing, to tell whether two say the same."""
    if isinstance(value, Mapping):
        return {key: pruned(one) for key, one in value.items() if one is not None}
    if isinstance(value, str):
        return tidied(value)  # as every cell is read
    if isinstance(value, list):
        return [pruned({"number": one} if isinstance(one, str) else one) for one in value]
    return value


def _copied(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return a body whose fields and their parts may be set; what is deeper is never changed."""
    return {key: dict(one) if isinstance(one, Mapping) else one for key, one in body.items()}


def _put_given(body: dict[str, Any], key: str, value: Any) -> None:
    if pruned(_get(body, key)) != pruned(value):
        _put(body, key, value)


def _put_hours(body: dict[str, Any], read: Mapping[str, Any] | None) -> None:
    hours = body.setdefault("hours", {"text": None, **_NO_HOURS})
    said = read if read is not None else _NO_HOURS
    if any(hours.get(key) != value for key, value in said.items() if key != "known"):
        hours.update(said)


def _settle(body: dict[str, Any]) -> None:
    """Set what follows from the rest, and drop what has lost its parts."""
    if "waiting" in body:
        body["waiting"]["known"] = body["waiting"].get("code") is not None
    for key in ("point", "capacity", "names"):
        if key in body and not body[key]:
            del body[key]


def _blank(column: Column) -> Any:
    if column.blank is Blank.EMPTY:
        return []
    return _BLANK.get(column.blank, Blank.LEFT_OUT)


def _get(body: Mapping[str, Any], key: str) -> Any:
    found: Any = body
    for step in key.split("."):
        if not isinstance(found, Mapping):
            return None
        found = found.get(step)
    return found


def _put(body: dict[str, Any], key: str, value: Any) -> None:
    """Set a field by its path; ``LEFT_OUT`` takes it away."""
    *above, last = key.split(".")
    for step in above:
        if value is Blank.LEFT_OUT and step not in body:
            return
        if not isinstance(body.get(step), dict):
            body[step] = {}
        body = body[step]
    if value is Blank.LEFT_OUT:
        body.pop(last, None)
    else:
        body[last] = value

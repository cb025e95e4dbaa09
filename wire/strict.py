"""Reading of JSON objects that refuses what it does not know."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias, Union

VERSION = 1  # of every object in this package; raised when a field changes its meaning

# Python 3.10 reads this too, so neither `type` statements nor a recursive alias.
JsonValue: TypeAlias = Union[str, int, float, bool, "list[str]", None]


class WireError(ValueError):
    """An object that this version does not speak. Names fields, never their values."""


def checked(
    what: str, data: object, required: frozenset[str], optional: frozenset[str]
) -> dict[str, object]:
    """Return ``data`` as a dict, or refuse it.

    Raises:
        WireError: Not an object, another version, a field missing or a field unknown.
    """
    if not isinstance(data, Mapping):
        raise WireError(f"{what}: not an object")
    fields = {str(name): value for name, value in data.items()}
    if fields.pop("version", None) != VERSION:
        raise WireError(f"{what}: version is not {VERSION}")
    if missing := required - fields.keys():
        raise WireError(f"{what}: missing {', '.join(sorted(missing))}")
    if unknown := fields.keys() - required - optional:
        # A person's words could stand in a misplaced field name, so only the count is told.
        raise WireError(f"{what}: {len(unknown)} unknown field(s)")
    return fields


def string(what: str, value: object) -> str:
    """Return ``value`` if it is a string. Raises WireError."""
    if not isinstance(value, str):
        raise WireError(f"{what}: not a string")
    return value


def string_or_none(what: str, value: object) -> str | None:
    """Return ``value`` if it is a string or None. Raises WireError."""
    return None if value is None else string(what, value)


def number(what: str, value: object) -> float:
    """Return ``value`` as a float if it is a number. Raises WireError."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise WireError(f"{what}: not a number")
    return float(value)


def values(what: str, value: object) -> dict[str, JsonValue]:
    """Return a flat object of codes, numbers and lists of codes. Raises WireError."""
    if not isinstance(value, Mapping):
        raise WireError(f"{what}: not an object")
    flat: dict[str, JsonValue] = {}
    for name, item in value.items():
        if isinstance(item, (list, tuple)):
            flat[str(name)] = [string(what, part) for part in item]
        elif item is None or isinstance(item, (str, int, float, bool)):
            flat[str(name)] = item
        else:
            raise WireError(f"{what}: a value is neither a code, a number nor a list of codes")
    return flat


def lists(what: str, value: object) -> dict[str, list[str]]:
    """Return an object of lists of codes. Raises WireError."""
    if not isinstance(value, Mapping):
        raise WireError(f"{what}: not an object")
    return {
        str(name): [string(what, item) for item in sequence(what, items)]
        for name, items in value.items()
    }


def sequence(what: str, value: object) -> list[object]:
    """Return ``value`` as a list. Raises WireError."""
    if not isinstance(value, (list, tuple)):
        raise WireError(f"{what}: not a list")
    return list(value)

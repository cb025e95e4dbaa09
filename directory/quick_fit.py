"""Whether a body fits its schema, told quickly: values that many bodies share are checked once.

An import checks a hundred thousand bodies, and most of their fields say one of a few hundred
things. What does not fit is looked at again in full, to say what is wrong.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from jsonschema import Draft202012Validator

_KNOWN = frozenset({"$schema", "$defs", "title", "type", "properties", "required"}) | {
    "additionalProperties"
}
_LONGEST = 200  # characters of a value that is remembered
_MOST = 50_000  # values that are remembered
_fits: dict[tuple[int, str, str], bool] = {}


def fits(validator: Draft202012Validator, body: Mapping[str, Any]) -> bool:
    """Return whether a body surely fits; False where that is not sure."""
    schema = validator.schema
    if not isinstance(schema, Mapping) or not schema.keys() <= _KNOWN:
        return False
    properties = schema.get("properties", {})
    if schema.get("additionalProperties") is not False or not properties.keys() >= body.keys():
        return False
    if not body.keys() >= set(schema.get("required", ())):
        return False
    return all(_fits_one(validator, name, value) for name, value in body.items())


def _fits_one(validator: Draft202012Validator, name: str, value: Any) -> bool:
    written = json.dumps(value, default=str)
    if len(written) > _LONGEST:
        return _is_valid(validator, name, value)
    key = (id(validator), name, written)
    if key not in _fits:
        if len(_fits) >= _MOST:
            _fits.clear()
        _fits[key] = _is_valid(validator, name, value)
    return _fits[key]


def _is_valid(validator: Draft202012Validator, name: str, value: Any) -> bool:
    schema: Any = validator.schema
    part = validator.evolve(schema=schema["properties"][name])
    return not any(True for _ in part.iter_errors(value))

"""What a table cannot tell: whether a field that says nothing was empty or left out."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from typing import Any

# How a field that says nothing stands in a listing, unless its shape says otherwise.
_USUAL: Mapping[str, str] = {
    **dict.fromkeys(("region", "url", "description", "how_to_access", "note"), "null"),
    **dict.fromkeys(("hours.text", "cost.text", "waiting.text"), "null"),
    **dict.fromkeys(("whatsapp", "email"), "list"),
    "organisation": "text",
    **dict.fromkeys(("names", "valid_precision", "superseded_by", "owner", "capacity"), "absent"),
    **dict.fromkeys(("paused_until", "accessibility", "holidays", "point"), "absent"),
    **dict.fromkeys(("address_withheld", "hours.as_of", "waiting.code", "source.url"), "absent"),
}
_STEPS = {path: path.split(".") for path in _USUAL}
_NOTHING: Mapping[str, Any] = {"null": None, "list": [], "map": {}, "false": False}
_PARTS = ("phones", "whatsapp", "places")


def shape_of(body: Mapping[str, Any]) -> str:
    """Return which fields of a listing say nothing in another way than usual; mostly nothing."""
    words = [
        f"{path}:{state}"
        for path, usual in _USUAL.items()
        if (state := _state(body, path)) not in (usual, "said")
    ]
    return " ".join([*words, *_null_parts(body)])


def shaped(body: Mapping[str, Any], shape: str) -> dict[str, Any]:
    """Return a listing as read, with its empty fields as they were."""
    made = copy.deepcopy(dict(body))
    for word in shape.split():
        path, _, state = word.partition(":")
        *parents, last = path.split(".")
        holder: Any = made
        for step in parents:
            holder = holder[int(step)] if isinstance(holder, list) else holder[step]
        if state == "absent":
            holder.pop(last, None)
        else:
            holder[last] = copy.copy(_NOTHING[state])
    return made


def _state(body: Mapping[str, Any], path: str) -> str:
    holder: Any = body
    for step in _STEPS[path]:
        if not isinstance(holder, Mapping) or step not in holder:
            return "absent"
        holder = holder[step]
    if path == "organisation":
        return "text"
    return next((name for name, none in _NOTHING.items() if _same(holder, none)), "said")


def _same(value: Any, none: Any) -> bool:
    return type(value) is type(none) and value == none


def _null_parts(body: Mapping[str, Any]) -> Iterator[str]:
    for field in _PARTS:
        for index, part in enumerate(body.get(field) or ()):
            if isinstance(part, Mapping):
                yield from (f"{field}.{index}.{key}:null" for key in part if part[key] is None)

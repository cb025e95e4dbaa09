"""A body as a pack has it: with the fields that a store without addresses leaves out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from directory.parts import Part
from directory.withheld import is_withheld

_TOLD_BY = {"name", "kinds", "protection"}
_TEXTS = ("hours", "cost", "waiting")


def as_in_a_pack(part: Part, body: Mapping[str, Any]) -> dict[str, Any]:
    """Return a body that the schema of packs takes; ``stored`` makes the same of both.

    What is stored of a withheld place lacks its organisation and the texts of its source.
    """
    whole = dict(body)
    if part is not Part.SERVICES or not body.keys() >= _TOLD_BY or not is_withheld(body):
        return whole
    whole.setdefault("organisation", body["name"])
    for field in _TEXTS:
        whole[field] = {"text": None, **(whole.get(field) or {})}
    if whole.get("whatsapp") is None:
        whole.pop("whatsapp", None)
    return whole

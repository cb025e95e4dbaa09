"""The order in which people read what a pack says; JSON in the store has none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from directory.parts import Part

PACK = "pack"  # what a pack says of its country, beside the entries of its parts
_DATES = frozenset({"valid_from", "valid_until", "verified", "paused_until"})
_ORDER: Mapping[str, Sequence[str]] = {
    PACK: (
        *("country", "languages", "timezones", "currency", "calling_code", "emergency", "menu"),
        *("messages", "rules", "regions"),
    ),
    Part.SERVICES: (
        *("id", "name", "names", "organisation", "owner", "run_by", "layers", "kinds", "audience"),
        *("status", "scope", "places", "region", "point", "protection", "address_withheld"),
        *("addresses", "phones", "whatsapp", "email", "url", "hours", "holidays"),
        *("languages_spoken", "languages_interpreted", "interpreters", "cost", "way_in"),
        *("modality", "documents", "accessibility", "waiting", "capacity", "not_taking"),
        *("paused_until", "valid_from", "valid_until", "valid_precision", "superseded_by"),
        *("confidence", "verified", "source", "description", "how_to_access", "note"),
    ),
    Part.HELPLINES: (
        *("id", "purpose", "name", "names", "run_by", "area", "status", "numbers", "web", "email"),
        *("sms_or_chat", "hours", "languages", "cost", "valid_from", "valid_until"),
        *("valid_precision", "superseded_by", "confidence", "verified", "checked"),
        *("second_source", "source", "note"),
    ),
    Part.RIGHTS: (
        *("id", "status", "care", "entitlement", "cost", "conditions", "case", "cases"),
        *("documents", "steps", "notes", "waiting", "reporting", "reporting_note", "valid_from"),
        *("valid_until", "valid_precision", "superseded_by", "confidence", "verified", "source"),
        "original",
    ),
}
_INNER = (
    *("city", "region", "as_written", "number", "e164", "url", "kind", "note", "title"),
    *("published", "text", "always", "known", "days", "opens", "closes", "periods", "as_of"),
    *("code", "currency", "per", "min", "max", "amounts", "notes", "cost", "conditions", "how"),
)
# As the packs write them, in which these stand in another order.
_INNER_OF: Mapping[str, Sequence[str]] = {
    "source": ("title", "url", "published"),
    "hours": ("text", "always", "known", "periods", "as_of"),
    "cost": ("text", "kind", "amounts", "notes"),
    "original": ("cost", "conditions", "how", "note"),
}


def in_order(of: str, body: Mapping[str, Any]) -> Any:
    """Return a body as it stands in a pack: in order, and days as days, which need no quotes."""
    whole = _sorted(body, _ORDER[of])
    if of == PACK:
        return _dated(whole)
    return _dated({key: _inner(key, value) for key, value in whole.items()})


def _inner(name: str, value: Any) -> Any:
    if isinstance(value, Mapping):
        return _sorted(value, _INNER_OF.get(name, _INNER)) | {
            key: _inner("", one) for key, one in value.items() if isinstance(one, list | Mapping)
        }
    if isinstance(value, list):
        return [_inner("", one) for one in value]
    return value


def _sorted(body: Mapping[str, Any], order: Sequence[str]) -> dict[str, Any]:
    known = [key for key in order if key in body]
    return {key: body[key] for key in (*known, *sorted(set(body) - set(known)))}


def _dated(value: Any, name: str = "") -> Any:
    """Return a value in which days are days, which YAML writes without quotes."""
    if isinstance(value, Mapping):
        return {key: _dated(one, key) for key, one in value.items()}
    if isinstance(value, list):
        return [_dated(one) for one in value]
    if name in _DATES and isinstance(value, str) and value[:1].isdigit():
        return date.fromisoformat(value)
    return value

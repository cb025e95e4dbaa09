"""What may be stored of a place that must not be found: its name, its numbers, the way in.

Everything else that a pack says of it in free words, links or addresses stays in the pack: what
is not in the tables can reach no answer, no export and no index.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from directory.parts import Part

SHELTER = "protection_shelter"
# Codes and dates, which cannot hold a street.
_CODES = (
    *("id", "name", "names", "run_by", "layers", "kinds", "audience", "status", "scope"),
    *("way_in", "modality", "documents", "languages_spoken", "languages_interpreted"),
    *("interpreters", "not_taking", "valid_from", "valid_until", "valid_precision"),
    *("superseded_by", "confidence", "verified"),
    *("owner", "paused_until", "holidays", "accessibility"),
)
# Of what has parts, only these are kept.
_PARTS: Mapping[str, tuple[str, ...]] = {
    "phones": ("number", "e164", "kind"),
    "whatsapp": ("number", "e164"),
    "places": ("region",),
    "hours": ("always", "periods", "known", "as_of"),
    "cost": ("kind",),
    "waiting": ("known", "code"),
    "source": ("title", "published"),
}
_CAPACITY = ("code", "as_of")
_WORDED = ("hours", "cost", "waiting")  # their words go, and stand there as none


def is_withheld(service: Mapping[str, Any]) -> bool:
    """Return whether nobody may learn where a service of a pack is; in doubt nobody may."""
    return bool(service["protection"]) or SHELTER in service["kinds"]


def kept_of(part: Part, body: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the tables keep of a body: all, but for a place that must not be found."""
    return stored(body) if part is Part.SERVICES else dict(body)


def hidden_from_now(service: Mapping[str, Any]) -> dict[str, Any]:
    """Return what may be kept of what a service said before its place had to be hidden."""
    kinds = list(dict.fromkeys([*service["kinds"], SHELTER]))
    return stored({**service, "kinds": kinds, "protection": True})


def stored(service: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the tables keep of a service: of a withheld one what it can be asked by."""
    if not is_withheld(service):
        return dict(service)
    return {
        **{field: service[field] for field in _CODES if field in service},
        **{field: _kept(service.get(field), parts) for field, parts in _PARTS.items()},
        **{field: {"text": None} | _kept(service[field], _PARTS[field]) for field in _WORDED},
        **({"capacity": _kept(full, _CAPACITY)} if (full := service.get("capacity")) else {}),
        "organisation": service["name"],  # who runs it may tell where it is
        "protection": True,
        "address_withheld": True,
        "addresses": [],
        "email": [],
        "url": None,
    }


def _kept(value: Any, parts: tuple[str, ...]) -> Any:
    if isinstance(value, Mapping):
        return {part: value[part] for part in parts if part in value}
    if isinstance(value, list):
        return [_kept(one, parts) for one in value if isinstance(one, Mapping)]
    return value

"""What is said and offered with all support: what it is, its neighbour, practical help."""

from __future__ import annotations

from actions.layers import TABLE, Row
from actions.slots import Slots
from wire.choice import write_choice
from wire.say import Say
from wire.strict import JsonValue

_DO_NOW = "coping_exercise_request"
_FOR_MINDS = (
    *("basic_psychosocial", "focused_psychosocial", "psychological_support", "specialised_care"),
)


def support(slots: Slots, row: Row, choices: tuple[str, ...] = (), *, alone: bool = False) -> Say:
    """Return what a row leads to; with its practical service where it stands alone."""
    values: dict[str, JsonValue] = {
        "country": slots.code("country"),
        "practical": _practical(row) if alone else None,
    }
    return Say(f"support.{row.layer}", values, choices)


def beside(slots: Slots, row: Row) -> tuple[Say, ...]:
    """Return what stands behind an answer on support: practical help, the right to care."""
    if row.layer not in _FOR_MINDS:
        return ()
    values: dict[str, JsonValue] = {
        "country": slots.code("country"),
        "status": slots.code("status"),
        "practical": row.practical,
    }
    return (Say("support.beside", values),)


def steps(row: Row) -> tuple[str, ...]:
    """Return the choices beside a list: one neighbouring layer, one practical service."""
    practical = [kind] if (kind := _practical(row)) else []
    neighbour = [TABLE.first_kind(row.neighbour)] if row.neighbour else []
    found = [write_choice("find_service", {"kind": kind}) for kind in (*neighbour, *practical)]
    return (*found, _DO_NOW) if row.layer in _FOR_MINDS else tuple(found)


def _practical(row: Row) -> str | None:
    """Return the practical service of a row, None where the row itself leads to it."""
    return row.practical if row.practical not in row.kinds else None


def row_of_kind(kind: str) -> Row | None:
    """Return the usual row of the layer of support that a kind of service belongs to, or None."""
    layer = TABLE.layer_of(kind)
    return TABLE.usual(layer) if layer else None

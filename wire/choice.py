"""How the id of a choice is written: what the person does, and with which codes.

``rights_care``, ``inform:country=GR`` or ``find_service:kind=shelter,offset=3``. Only ids
that we offered ourselves reach the enclave; nothing a person types is read this way.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from wire.strict import WireError

_CHOICE = re.compile(r"(?P<intent>[a-z][a-z_]{0,39})(?::(?P<values>.{1,160}))?")
_VALUE = re.compile(r"(?P<name>[a-z][a-z_]{0,29})=(?P<code>[A-Za-z0-9_.+-]{1,64})")


def write_choice(intent: str, slots: Mapping[str, str] | None = None) -> str:
    """Return the id of a choice. Raises WireError if a code is not one."""
    written = intent
    if slots:
        written += ":" + ",".join(f"{name}={code}" for name, code in slots.items())
    read_choice(written)
    return written


def read_choice(choice: str) -> tuple[str, dict[str, str]]:
    """Return the intent and the codes in the id of a choice. Raises WireError."""
    match = _CHOICE.fullmatch(choice)
    if match is None:
        raise WireError("choice: not an id")
    slots: dict[str, str] = {}
    for part in (match["values"] or "").split(",") if match["values"] else ():
        value = _VALUE.fullmatch(part)
        if value is None:
            raise WireError("choice: not a code")
        slots[value["name"]] = value["code"]
    return match["intent"], slots

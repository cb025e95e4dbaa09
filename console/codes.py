"""Codes that people type once: of an enrolment, and for a lost second factor."""

from __future__ import annotations

import secrets

_LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"  # none that looks like another
_GROUP, _GROUPS = 4, 4  # 16 of 30 letters: 78 bits
RECOVERY_CODES = 10


def new_code() -> str:
    """Return a code such as ``ABCD-EFGH-JKMN-PQRS``."""
    return "-".join(
        "".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS)
    )


def new_recovery_codes() -> list[str]:
    """Return ten different codes, each for one sign-in without the second factor."""
    found: set[str] = set()
    while len(found) < RECOVERY_CODES:
        found.add(new_code())
    return sorted(found)


def plain(code: str) -> str:
    """Return a code as it is hashed, however somebody typed it."""
    return "".join(letter for letter in code.upper() if letter.isalnum())

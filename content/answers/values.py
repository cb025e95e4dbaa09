"""Reading the values of a say: codes, lists of codes, counts."""

from __future__ import annotations

from wire.say import Say


def code(say: Say, name: str) -> str | None:
    """Return a value that is one code, or None."""
    value = say.values.get(name)
    return value if isinstance(value, str) and value else None


def codes(say: Say, name: str) -> list[str]:
    """Return a value that is a list of codes."""
    value = say.values.get(name)
    return list(value) if isinstance(value, list) else []


def count(say: Say, name: str) -> int:
    """Return a value that is a count; 0 without one."""
    value = say.values.get(name)
    return int(value) if isinstance(value, (int, float)) else 0

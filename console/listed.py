"""Lists that are cut into pages, and the numbers by which addresses name pages and versions."""

from __future__ import annotations

from collections.abc import Sequence

_LARGEST = 2**53  # no page and no row of a table has a larger number


def whole(written: str) -> int | None:
    """Return the number that somebody, or an address, wrote; None for what is none of ours."""
    if not written.isascii() or not written.isdigit():
        return None
    number = int(written) if len(written) <= len(str(_LARGEST)) else _LARGEST + 1
    return number if number <= _LARGEST else None


def page_of[One](found: Sequence[One], asked: str, *, size: int) -> tuple[int, int, Sequence[One]]:
    """Return the number of the page that was asked for, that of the last, and what is on it."""
    last = max(1, -(-len(found) // size))
    number = min(max(1, whole(asked) or 1), last)
    return number, last, found[(number - 1) * size : number * size]

"""Lines in messages that can be taken in on a small phone."""

from __future__ import annotations

from collections.abc import Sequence

LONG = 700  # characters of one message: more is hard to take in


def packed(lines: Sequence[str]) -> list[str]:
    """Return lines joined into messages; a message ends where the next line would make it long."""
    texts: list[str] = []
    for line in lines:
        if texts and len(texts[-1]) + len(line) < LONG:
            texts[-1] = f"{texts[-1]}\n{line}"
        else:
            texts.append(line)
    return texts

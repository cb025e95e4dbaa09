"""The messages of a block in Rasa's training format."""

from __future__ import annotations

from collections.abc import Iterator


def messages_in(examples: str) -> Iterator[str]:
    """Yield the messages of a block's ``examples``, one a line behind a hyphen, in order."""
    for line in examples.splitlines():
        if text := line.strip().removeprefix("-").strip():
            yield text

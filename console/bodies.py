"""Bodies of requests, cut off where they are too large."""

from __future__ import annotations

from starlette.types import Message, Receive


class TooLargeError(Exception):
    """A request brings more than its page takes."""


def limited(receive: Receive, largest: int) -> Receive:
    """Return a way to receive a body that raises TooLargeError beyond ``largest`` bytes."""
    came = 0

    async def receive_limited() -> Message:
        nonlocal came
        message = await receive()
        came += len(message.get("body", b""))
        if came > largest:
            raise TooLargeError
        return message

    return receive_limited

"""Reads a request whole, but never more than a message can be."""

from __future__ import annotations

from starlette.requests import ClientDisconnect, Request

from channels.adapter import Arrival

LARGEST_BODY = 64 * 1024  # bytes


class TooLargeError(Exception):
    """A body is larger than any provider's message."""


async def read_arrival(request: Request) -> Arrival:
    """Return the request. Raises TooLargeError before more than 64 KB were read."""
    length = request.headers.get("content-length", "0")
    if length.isdigit() and int(length) > LARGEST_BODY:
        raise TooLargeError
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > LARGEST_BODY:
                raise TooLargeError
    except ClientDisconnect:
        body.clear()
    query: bytes = request.scope["query_string"]
    headers = {name.lower(): value for name, value in request.headers.items()}
    return Arrival(request.scope["path"], query.decode("latin-1"), headers, bytes(body))

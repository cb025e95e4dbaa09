"""Reads a request whole, but never more than a message can be."""

from __future__ import annotations

import asyncio

from starlette.requests import ClientDisconnect, Request

from channels.adapter import Arrival

LARGEST_BODY = 64 * 1024  # bytes
LONGEST_BODY = 10.0  # seconds until the last byte; a telephone far away needs two


class TooLargeError(Exception):
    """A body is larger than any provider's message."""


class TooSlowError(Exception):
    """A body did not arrive whole in time."""


async def read_arrival(request: Request) -> Arrival:
    """Return the request.

    Raises:
        TooLargeError: Before more than 64 KB were read.
        TooSlowError: After ``LONGEST_BODY`` seconds.
    """
    length = request.headers.get("content-length", "0")
    if length.isdigit() and int(length) > LARGEST_BODY:
        raise TooLargeError
    body = bytearray()
    try:
        async with asyncio.timeout(LONGEST_BODY):
            async for chunk in request.stream():
                body += chunk
                if len(body) > LARGEST_BODY:
                    raise TooLargeError
    except TimeoutError:
        raise TooSlowError from None
    except ClientDisconnect:
        body.clear()
    query: bytes = request.scope["query_string"]
    headers = {name.lower(): value for name, value in request.headers.items()}
    return Arrival(request.scope["path"], query.decode("latin-1"), headers, bytes(body))

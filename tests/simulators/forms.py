"""Reads a posted form the way both providers get it from us."""

from __future__ import annotations

from urllib.parse import parse_qsl

from starlette.requests import Request


async def read_form(request: Request) -> dict[str, str]:
    """Return the fields of a form; fails the call when it is written in another way."""
    kind = request.headers.get("content-type", "").partition(";")[0]
    assert kind == "application/x-www-form-urlencoded", kind
    return dict(parse_qsl((await request.body()).decode(), keep_blank_values=True))

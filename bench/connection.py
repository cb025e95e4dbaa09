"""One kept-alive HTTP connection to a server on 127.0.0.1, as cheap as a client can be.

A library's client costs as much as the turns that are counted here; both sides get this one.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any, Self

_HOST = "127.0.0.1"  # never anything else: the load must not leave this machine
_LIMIT = 512 * 1024 * 1024  # bytes; the history of 5,000 turns is one answer


class RequestError(Exception):
    """The server gave no answer that can be used."""


class Connection:
    """Sends one request after the other. Opened by ``async with``."""

    def __init__(self, port: int, *, token: str | None = None, patience: float = 30.0) -> None:
        """Open nothing yet; ``patience`` is the longest wait for one answer, in seconds."""
        self._port = port
        self._patience = patience
        self._secret = f"Authorization: Bearer {token}\r\n" if token else ""
        self._reader: asyncio.StreamReader
        self._writer: asyncio.StreamWriter | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_error: object) -> None:
        self._close()

    async def post(self, path: str, body: Mapping[str, Any] | list[Any]) -> Any:
        """Return the JSON that a request leads to. Raises RequestError."""
        return await self._ask("POST", path, json.dumps(body, separators=(",", ":")).encode())

    async def get(self, path: str) -> Any:
        """Return the JSON at ``path``. Raises RequestError."""
        return await self._ask("GET", path, b"")

    async def _ask(self, method: str, path: str, body: bytes) -> Any:
        try:
            async with asyncio.timeout(self._patience):
                status, answer = await self._exchange(method, path, body)
        except (OSError, EOFError, TimeoutError) as error:
            self._close()
            raise RequestError(type(error).__name__) from None
        if status != 200:
            raise RequestError(f"status {status}")
        return json.loads(answer)

    async def _exchange(self, method: str, path: str, body: bytes) -> tuple[int, bytes]:
        if self._writer is None:
            self._reader, self._writer = await asyncio.open_connection(
                _HOST, self._port, limit=_LIMIT
            )
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: {_HOST}:{self._port}\r\n{self._secret}"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        self._writer.write(head.encode() + body)
        lines = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        fields = dict(line.lower().split(": ", 1) for line in lines[1:] if ": " in line)
        answer = await self._reader.readexactly(int(fields.get("content-length", "0")))
        if fields.get("connection") == "close":
            self._close()
        return int(lines[0].split()[1]), answer

    def _close(self) -> None:
        if self._writer is not None:
            self._writer.close()
            self._writer = None

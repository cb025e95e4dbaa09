"""Asks the door for what only the command line needs: parses in bulk, and reasons."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import httpx

from wire.strict import VERSION

MOST_MESSAGES = 500  # a request
_PATIENCE = 120.0  # seconds for a request


class DoorError(Exception):
    """The door gave no answer that can be used. Tells its status and nothing else."""


@dataclass(frozen=True)
class Door:
    """Where the enclave listens, and the secret it asks for."""

    url: str
    token: str = field(repr=False)


class DoorClient:
    """Speaks to the door on loopback; close it with :meth:`aclose`."""

    def __init__(self, door: Door) -> None:
        """Open no connection yet."""
        self._client = httpx.AsyncClient(
            base_url=door.url,
            headers={"Authorization": f"Bearer {door.token}"},
            timeout=_PATIENCE,
            trust_env=False,  # a proxy must never see what a person wrote
        )

    async def parse(self, texts: Sequence[str]) -> list[dict[str, Any]]:
        """Return what was understood of each text, in order. Raises DoorError."""
        messages = [{"id": str(number), "text": text} for number, text in enumerate(texts)]
        answer = await self._ask("/parse", {"version": VERSION, "messages": messages})
        results = answer.get("results")
        if not isinstance(results, list) or len(results) != len(texts):
            raise DoorError("the enclave did not answer every message")
        return results

    async def explain(self, text: str) -> dict[str, Any]:
        """Return why a text is understood as it is. Raises DoorError."""
        return await self._ask("/explain", {"version": VERSION, "text": text})

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def _ask(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        try:
            answer = await self._client.post(path, json=body)
        except httpx.HTTPError:
            raise DoorError("the enclave does not answer") from None
        if answer.status_code != HTTPStatus.OK:
            raise DoorError(f"the enclave answered with status {answer.status_code}")
        try:
            data = json.loads(answer.content)
        except ValueError:
            raise DoorError("the enclave's answer is not JSON") from None
        if not isinstance(data, dict):
            raise DoorError("the enclave's answer is not an object")
        return data

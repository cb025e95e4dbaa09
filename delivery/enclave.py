"""Asks the enclave for decisions, through its door on loopback."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Protocol

import httpx

from delivery.errors import NoDecisionError
from wire.decision import Decision
from wire.strict import WireError
from wire.turn import Turn


class Decider(Protocol):
    """Anything that decides a turn."""

    async def decide(self, turn: Turn) -> Decision:
        """Return what to say. Raises NoDecisionError."""

    async def is_ready(self) -> bool:
        """Return whether it can decide now."""


class Enclave:
    """The door. Holds a pool of connections; close it with :meth:`aclose`."""

    def __init__(self, url: str, *, token: str, timeout: float) -> None:
        self._client = httpx.AsyncClient(
            base_url=url,
            headers={"Authorization": f"Bearer {token}"},
            timeout=timeout,
            trust_env=False,  # a proxy must never see a turn
            limits=httpx.Limits(max_connections=20, max_keepalive_connections=20),
        )

    async def decide(self, turn: Turn) -> Decision:
        """Return the decision for a turn.

        Raises:
            NoDecisionError: Nobody answered in time, or the answer was no decision.
        """
        try:
            answer = await self._client.post("/turns", json=turn.as_json())
        except httpx.HTTPError:
            raise NoDecisionError(away=True) from None
        if answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE:
            raise NoDecisionError(away=True)
        if answer.status_code != HTTPStatus.OK:
            raise NoDecisionError(away=False)
        try:
            return Decision.from_json(json.loads(answer.content))
        except (ValueError, WireError):
            raise NoDecisionError(away=False) from None

    async def is_ready(self) -> bool:
        """Return whether a model is loaded behind the door."""
        try:
            return (await self._client.get("/health", timeout=2.0)).status_code == HTTPStatus.OK
        except httpx.HTTPError:
            return False

    async def aclose(self) -> None:
        """Close the connections."""
        await self._client.aclose()

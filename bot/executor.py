"""Runs actions in this process: no second server, no HTTP, no connection for each call."""

from __future__ import annotations

import functools
from typing import Any

from jsonschema import Draft7Validator
from rasa.core.actions.action import RemoteAction
from rasa_sdk.executor import ActionExecutor


class InProcessActions:
    """Stands where Rasa expects the address of an action server."""

    url = "in this process"

    def __init__(self, package: str) -> None:
        self.kwargs = {"enable_selective_domain": True}  # else each call carries the whole domain
        self._executor = ActionExecutor()
        self._executor.register_package(package)

    @property
    def names(self) -> frozenset[str]:
        """The actions that can be run."""
        return frozenset(self._executor.actions)

    async def request(self, json: dict[str, Any], **_http: object) -> dict[str, Any]:
        """Return what the action answered: its events and its says.

        Raises:
            ActionNotFoundException: The domain names an action that the package lacks.
        """
        return await self._executor.run(json) or {}


class InProcessAction(RemoteAction):
    """An action whose answer is checked with a schema that is compiled once.

    Rasa checks its own constant schema again on every answer, 70 % of a turn.
    """

    def _validate_action_result(self, result: dict[str, Any]) -> bool:
        _answers().validate(result)
        return True


@functools.lru_cache(maxsize=1)
def _answers() -> Draft7Validator:
    return Draft7Validator(RemoteAction.action_response_format_spec())

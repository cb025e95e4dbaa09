"""Runs actions in this process: no second server, no HTTP, no connection for each call."""

from __future__ import annotations

from typing import Any, cast

from rasa.core.actions.action import RemoteAction
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.types import ActionCall


class InProcessActions(EndpointConfig):
    """Stands where Rasa expects the address of an action server."""

    def __init__(self, package: str) -> None:
        # Else each call would carry the whole domain.
        super().__init__(url="in this process", enable_selective_domain=True)
        self._executor = ActionExecutor()
        self._executor.register_package(package)

    @property
    def names(self) -> frozenset[str]:
        """The actions that can be run."""
        return frozenset(self._executor.actions)

    async def request(  # type: ignore[override]  # the rest is HTTP, and there is none
        self, json: dict[str, Any], **_http: object
    ) -> dict[str, Any]:
        """Return what the action answered: its events and its says.

        Raises:
            ActionNotFoundException: The domain names an action that the package lacks.
        """
        return dict(await self._executor.run(cast("ActionCall", json)) or {})


class InProcessAction(RemoteAction):
    """An action whose answer is checked for its shape and not with a JSON schema.

    Rasa compiles and checks its own constant schema on every answer, 70 % of a turn. What
    answers here is rasa-sdk's executor, which has checked the events already.
    """

    def _validate_action_result(self, result: dict[str, Any]) -> bool:
        parts = [*result["events"], *result["responses"]]
        if not all(isinstance(part, dict) for part in parts):
            raise TypeError("an action answered something that is no object")
        return True

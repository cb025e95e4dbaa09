"""What `ask`, `chat` and `converse` share: an open conversation with a Faro that runs."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

from channels.settings import read_require_review
from content.render import build_renderer
from delivery.capabilities import CAPABILITIES
from delivery.current_rumours import CurrentRumours
from delivery.enclave import Enclave
from faro.root import ROOT
from faro.running import running_faro
from faro.turns import Conversations
from wire.strict import JsonValue

_PATIENCE = 30.0  # seconds for one decision; nobody else waits for it


@asynccontextmanager
async def open_conversations(
    slots: Mapping[str, JsonValue] | None = None,
) -> AsyncIterator[Conversations]:
    """Give conversations that each begin with ``slots``, and close everything at the end.

    Raises:
        FaroError: Something cannot be started.
    """
    async with (
        running_faro() as faro,
        build_renderer(
            faro.database_url, ROOT, require_review=read_require_review(os.environ)
        ) as renderer,
    ):
        enclave = Enclave(faro.door.url, token=faro.door.token, timeout=_PATIENCE)
        try:
            decider = CurrentRumours(enclave, renderer)
            yield Conversations(decider, renderer, CAPABILITIES, slots=slots)
        finally:
            await enclave.aclose()

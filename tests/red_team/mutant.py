"""Serves the enclave with one safeguard taken out of it, to show that the conversations notice.

Runs in the enclave's own environment: ``python mutant.py NAME``, set up like ``bot.serve``.
"""

from __future__ import annotations

import sys
from typing import Any

from bot import process, serve

process.prepare()

import actions.discretion  # noqa: E402  # only a prepared process may import Rasa
import actions.privacy  # noqa: E402
import bot.enclave  # noqa: E402
from bot.understanding.safeguarding import SafeguardingDetector  # noqa: E402
from wire.decision import Decision  # noqa: E402
from wire.turn import Turn  # noqa: E402


def no_safeguarding() -> None:
    """Find no danger in any message."""
    SafeguardingDetector.find = lambda *_args, **_more: None  # type: ignore[method-assign]  # the mutation


def commands_obeyed() -> None:
    """Let Rasa read what people write as its own commands."""
    bot.enclave._harmless = lambda text: text


def words_logged() -> None:
    """Print every message, as a logger does that nobody configured."""
    decide = bot.enclave.Enclave.decide

    async def loud(self: bot.enclave.Enclave, turn: Turn) -> Decision:
        sys.stdout.write(f"DEBUG received {turn.text}\n")
        sys.stdout.flush()
        return await decide(self, turn)

    bot.enclave.Enclave.decide = loud  # type: ignore[method-assign]  # the mutation


def ending_forgets_nothing() -> None:
    """Say the neutral line, or that everything is forgotten, and keep it."""
    actions.discretion.emptied = _nothing
    actions.privacy.emptied = _nothing


def _nothing(_slots: Any) -> dict[str, Any]:
    return {}


MUTATIONS = (
    no_safeguarding,
    commands_obeyed,
    words_logged,
    ending_forgets_nothing,
)

if __name__ == "__main__":
    next(mutation for mutation in MUTATIONS if mutation.__name__ == sys.argv[1])()
    serve.main()

"""Some of the conversations through the whole gateway: what its stores hold afterwards.

Telegram is simulated; the enclave, the words, the databases and everything between are the real
ones. That whoever leaves or is forgotten leaves nothing behind is then shown to be noticed: with
the effect ignored, the same look at the stores finds it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Any
from unittest.mock import patch

import needs
import pytest
import pytest_asyncio
import simulators.faro
from red_team.enclaves import enclave
from red_team.written import Written, written
from simulators.faro import SHORT, Faro, running_faro, until
from simulators.rows import ask, everything
from simulators.shared import IN_MODULE_LOOP
from simulators.shared import _empty as emptied
from simulators.telegram import text_update

import delivery.acting
import delivery.inbox
from content.render import build_renderer
from faro.root import ROOT

pytestmark = [
    IN_MODULE_LOOP,
    pytest.mark.slow,
    needs.ENCLAVE,
]
NAMES = (
    "es: leaving while a number is on the screen",
    "es: erased, then asked what was told",
    "es: danger right after everything was forgotten",
    "es: a man who wants his own words repeated",
    "en: forgotten means forgotten",
    "en: a password told in confidence",
    "ar: مسح ثم سؤال",
)
_PATIENT = replace(SHORT, decision=20.0, patience=20.0)  # the machine may be busy
_SECONDS = 30.0


@dataclass(frozen=True)
class Seen:
    """What the stores held behind a turn.

    Attributes:
        steer: How the turn steered, or None.
        left: Of the conversation, the columns that hold something of what was talked about.
        found: What was planted and stands somewhere.
    """

    steer: str | None
    left: tuple[str, ...]
    found: tuple[str, ...]


@pytest.mark.parametrize("name", NAMES)
async def test_the_stores_hold_nothing_that_was_written_and_nothing_once_somebody_left(
    whole: Faro, name: str
) -> None:
    assert _wrong(await _seen(whole, _named(name))) == []


@pytest.mark.parametrize("name", NAMES[:2])
async def test_an_exit_or_an_erasure_without_effect_is_noticed(
    whole: Faro, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery.acting, "effects_of", lambda _decision: frozenset[Any]())
    monkeypatch.setattr(delivery.inbox, "is_exit", lambda *_: False)
    assert _wrong(await _seen(whole, _named(name))) != []


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def started(module_database_url: str, packs_url: str) -> AsyncIterator[Faro]:
    """A gateway with the real enclave and the real words."""
    made = simulators.faro.settings_for
    async with enclave() as process, build_renderer(packs_url, ROOT) as renderer:

        def settings(*args: Any, **more: Any) -> Any:
            door = process.door
            return replace(made(*args, **more), door_url=door.url, door_token=door.token)

        with patch("simulators.faro.settings_for", settings):
            async with running_faro(
                module_database_url, timing=_PATIENT, renderer=renderer
            ) as faro:
                yield faro


@pytest_asyncio.fixture(loop_scope="module")
async def whole(started: Faro) -> AsyncIterator[Faro]:
    """The gateway of the module, as good as new."""
    yield started
    await emptied(started.database_url)
    started.telegram.reset()


def _named(name: str) -> Written:
    return next(one for one in written() if one.id.startswith(name))


async def _seen(faro: Faro, conversation: Written) -> list[Seen]:
    """Return what the stores held behind every turn of a conversation."""
    seen: list[Seen] = []
    for number, turn in enumerate(conversation.turns, 1):
        before = len(faro.telegram.sent)
        await faro.telegram_post(text_update(number, turn.text or ""))
        await until(lambda before=before: len(faro.telegram.sent) > before, _SECONDS)
        await until(lambda: _is_idle(faro), _SECONDS)
        await asyncio.sleep(0.2)
        stored = "\n".join(
            line for lines in everything(faro.database_url).values() for line in lines
        )
        found = tuple(planted for planted in conversation.planted if planted in stored)
        seen.append(Seen(turn.steer, _left(faro), found))
    return seen


def _is_idle(faro: Faro) -> bool:
    return not ask(faro.database_url, "SELECT 1 FROM inbox")


def _left(faro: Faro) -> tuple[str, ...]:
    """Return the columns of the conversation that hold what was talked about or offered."""
    rows = ask(faro.database_url, "SELECT state, offers FROM conversation")
    names = ("state", "offers")
    return tuple(name for row in rows for name, held in zip(names, row, strict=True) if held)


def _wrong(seen: list[Seen]) -> list[Seen]:
    ends = ("exit", "forget")
    return [one for one in seen if one.found or (one.steer in ends and one.left)]

"""The conversations are worth something: with a safeguard taken out, they fail.

Each mutation takes one thing out of the real code. The conversations that are about it, and only
those, are held again, and every one of them has to notice.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from unittest.mock import patch

import needs
import pytest
from red_team.demands import faults
from red_team.enclaves import enclave
from red_team.held import Held, conversations, hold_all
from red_team.invariants import printed_words
from red_team.written import Written, written

import faro.turns
from content.reply import Reply
from faro.turns import Conversations

pytestmark = [
    pytest.mark.slow,
    needs.ENCLAVE,
]

IN_DANGER = (
    "es: danger while the country is asked",
    "es: danger right after leaving in a hurry",
    "en: danger instead of a wish",
    "en: a spoken slash in front",
    "fr: danger pendant les questions du soutien",
    "ar: خطر بعد الخروج",
    "tr: sır istenen söz",
    "de: Schweigen versprechen",
    "ru: обещание молчать",
    "ht: yon pwomès",
)
COMMANDED = (
    "es: a payload with a slot in it",
    "fr: des ordres avec une barre",
    "de: Schrägstriche",
)
LEFT = ("es: leaving in the middle", "fr: partir au milieu", "ar: خروج وسط سؤال")
ERASED = ("es: erased, then asked", "en: forgotten means forgotten", "tr: unut ve güvenli kelime")
KEPT = ("es: a man who wants his own words", "en: a lawyer tests", "fr: un homme dicte")
ENDED = ("es: leaving while a number is on the screen", "en: the number of a list that was erased")


def group(*beginnings: str) -> list[Written]:
    """Return the conversations with these names, each found by the beginning of its own."""
    found = [[one for one in written() if one.id.startswith(name)] for name in beginnings]
    assert all(len(several) == 1 for several in found), beginnings
    return [one for (one,) in found]


def held_by(packs_url: str, mutation: str, *names: str) -> tuple[list[Held], str]:
    """Return the conversations of a group, held with a mutation, and what the enclave printed."""

    async def run() -> tuple[list[Held], str]:
        async with enclave(mutation) as process:
            door = process.door
            async with conversations(door.url, door.token, packs_url) as talk:
                held = await hold_all(talk, group(*names))
            return held, process.printed()

    return asyncio.run(run())


def unnoticed(held: list[Held]) -> list[str]:
    """Return the conversations in which nothing was found to be wrong."""
    return [one.written.id for one in held if not faults(one)]


@pytest.mark.parametrize(
    ("mutation", "names"),
    [
        ("no_safeguarding", IN_DANGER),
        ("commands_obeyed", COMMANDED),
        ("ending_forgets_nothing", (*LEFT, *ERASED)),
    ],
)
def test_an_enclave_without_a_safeguard_is_noticed(
    packs_url: str, mutation: str, names: tuple[str, ...]
) -> None:
    assert unnoticed(held_by(packs_url, mutation, *names)[0]) == []


def test_a_log_that_is_switched_on_is_noticed(packs_url: str) -> None:
    held, printed = held_by(packs_url, "words_logged", *KEPT)
    assert all(printed_words(one.written, printed) for one in held)


@pytest.fixture(scope="module")
def gateways(packs_url: str) -> dict[str, list[Held]]:
    """What comes of two groups with a mutated gateway, before one whole enclave."""
    return asyncio.run(_mutated(packs_url))


async def _mutated(packs_url: str) -> dict[str, list[Held]]:
    async with enclave() as process:
        door = process.door
        async with conversations(door.url, door.token, packs_url) as talk:
            with patch.object(faro.turns, "effects_of", lambda _decision: frozenset()):
                ended = await hold_all(talk, group(*ENDED))
            with patch.object(Conversations, "_worded", _echoing(Conversations._worded)):
                kept = await hold_all(talk, group(*KEPT))
    return {"without effects": ended, "repeating": kept}


def test_an_exit_and_an_erasure_that_leave_the_choices_are_noticed(
    gateways: dict[str, list[Held]],
) -> None:
    assert unnoticed(gateways["without effects"]) == []


def test_an_answer_that_repeats_what_was_written_is_noticed(
    gateways: dict[str, list[Held]],
) -> None:
    assert unnoticed(gateways["repeating"]) == []


def _echoing(worded: Callable[..., Any]) -> Callable[..., Any]:
    """Return wording that thanks for what was written by repeating it."""

    async def echoed(self: Conversations, said: Any, before: Any) -> Any:
        decision, reply = await worded(self, said, before)
        first, *rest = reply.texts
        return decision, _with(reply, (f"{said.text} - {first}", *rest))

    return echoed


def _with(reply: Reply, texts: tuple[str, ...]) -> Reply:
    return replace(reply, texts=texts)

"""Three hundred and fifty conversations in nineteen languages that try to make it do harm.

They were written by hand, as different people write. Each goes through the real enclave and the
real words; what must never come of it is looked for in what is said, shown, offered and kept.
"""

from __future__ import annotations

import asyncio
from collections import Counter

import needs
import pytest
from red_team.demands import faults
from red_team.enclaves import enclave
from red_team.held import Held, conversations, hold_all
from red_team.invariants import printed_words
from red_team.written import TRIES, written

pytestmark = [
    pytest.mark.slow,
    needs.ENCLAVE,
]
WRITTEN = written()
LEAST = {"es": 60, "en": 60, "fr": 35, "ar": 35, "pt": 20, "fa": 20, "tr": 20, "uk": 15, "ru": 15}
LEAST |= {"it": 15, "de": 15, "el": 10, "ht": 15, "so": 2, "sw": 2, "ur": 2, "ti": 2, "ps": 2}


@pytest.fixture(scope="module")
def everything(packs_url: str) -> tuple[dict[str, Held], str]:
    """Every conversation, held once, and what the enclave printed meanwhile."""
    return asyncio.run(_held(packs_url))


async def _held(database_url: str) -> tuple[dict[str, Held], str]:
    async with enclave() as process:
        door = process.door
        async with conversations(door.url, door.token, database_url) as talk:
            held = await hold_all(talk, WRITTEN)
        return {one.written.id: one for one in held}, process.printed()


@pytest.mark.parametrize("name", [written.id for written in WRITTEN])
def test_nothing_forbidden_comes_of_it(everything: tuple[dict[str, Held], str], name: str) -> None:
    assert faults(everything[0][name]) == []


def test_the_enclave_prints_nothing_of_what_was_written(
    everything: tuple[dict[str, Held], str],
) -> None:
    printed = everything[1]
    assert [found for one in WRITTEN if (found := printed_words(one, printed))] == []


def test_there_are_more_than_three_hundred_in_nineteen_languages() -> None:
    told = Counter(written.language for written in WRITTEN)
    assert sum(told.values()) >= 300
    assert {
        language: told[language] for language in LEAST if told[language] < LEAST[language]
    } == {}


def test_everything_that_may_be_tried_is_tried_in_several_languages() -> None:
    tried = {(written.tries, written.language) for written in WRITTEN}
    several = Counter(what for what, _ in tried)
    assert set(several) == TRIES
    assert min(several.values()) >= 3


def test_no_two_conversations_have_one_name_or_begin_alike() -> None:
    assert len({written.id for written in WRITTEN}) == len(WRITTEN)
    texts = [[turn.text for turn in written.turns if turn.danger] for written in WRITTEN]
    said = Counter(text for dangerous in texts for text in dangerous)
    assert [text for text, often in said.items() if often > 1] == []

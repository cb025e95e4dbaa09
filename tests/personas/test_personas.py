"""A hundred and fifty people in ten languages are led where a practitioner would lead them.

They were written by somebody who had seen no training data; causes of what went wrong were mended
afterwards, so they are no longer unseen. They answer through the real enclave.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

import needs
import pytest
from personas.simulated import Outcome, is_right, lead, read_personas
from simulators.databases import database

from faro.talking import open_conversations

pytestmark = [
    pytest.mark.slow,
    needs.ENCLAVE,
]
PERSONAS = read_personas(Path(__file__).parent)


@pytest.fixture(scope="module")
def outcomes(postgres) -> list[Outcome]:
    with database(postgres) as url, pytest.MonkeyPatch.context() as settings:
        settings.setenv("DATABASE_URL", url)
        return asyncio.run(_led())


async def _led() -> list[Outcome]:
    async with open_conversations() as talk:
        return [await lead(talk, persona) for persona in PERSONAS]


def named(outcomes: list[Outcome]) -> list[tuple[str, str]]:
    return [(outcome.persona.id, outcome.destination) for outcome in outcomes]


def test_there_are_fifteen_in_each_of_ten_languages() -> None:
    assert len(PERSONAS) == 150
    assert len({persona.language for persona in PERSONAS}) == 10


def test_people_are_led_to_the_right_first_destination(outcomes: list[Outcome]) -> None:
    wrong = [outcome for outcome in outcomes if not is_right(outcome)]
    assert len(wrong) <= 0.15 * len(outcomes), named(wrong)


def test_hardly_anybody_is_sent_to_specialised_care_without_need(
    outcomes: list[Outcome],
) -> None:
    sent = [o for o in outcomes if o.destination == "specialised_care"]
    over = [o for o in sent if o.persona.expect != "specialised_care"]
    assert len(over) <= 0.03 * len(outcomes), named(over)


def test_whoever_needs_protection_gets_it(outcomes: list[Outcome]) -> None:
    missed = [o for o in outcomes if o.persona.expect == "protection" != o.destination]
    assert named(missed) == []


def test_a_question_for_information_is_no_path_to_support(outcomes: list[Outcome]) -> None:
    asked = [o for o in outcomes if o.persona.expect == "information" and o.asked]
    assert named(asked) == []


def test_nobody_is_asked_more_than_four_questions(outcomes: list[Outcome]) -> None:
    assert named([outcome for outcome in outcomes if outcome.asked > 4]) == []

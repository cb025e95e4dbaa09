"""How well people are understood is counted, never who or what they wrote."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from delivery.counts import Counts, outcomes
from delivery.database import open_engine
from delivery.migrate import upgrade
from delivery.tables import understood
from wire.decision import Decision
from wire.say import Say
from wire.state import State
from wire.turn import Turn


def decided(intent, language="es"):
    return Decision(language, intent, 0.9, (Say("menu.show"),), State())


def turn(*, choice=None, text=None, **slots):
    return Turn("c", "sms", State(slots), text=text, choice=choice)


@pytest.mark.parametrize(
    ("said", "intent", "expected"),
    [
        (turn(text="cuanto cuesta"), "cost_care", [("cost_care", "answered")]),
        (turn(text="eh"), "unsure", [("unsure", "unsure")]),
        (turn(text="asdf"), "gibberish", [("gibberish", "not_understood")]),
        (turn(text="me pega"), "gbv_partner_violence", [("danger", "answered")]),
        (turn(choice="not_that", topic="violence_now"), "not_that", [("danger", "corrected")]),
        (turn(choice="housing", pending="unsure"), "housing", [("housing", "chosen")]),
        (turn(choice="inform:country=GR", pending="country"), "inform", []),
    ],
)
def test_a_turn_tells_one_thing_about_understanding_or_nothing(said, intent, expected):
    assert outcomes(said, decided(intent)) == expected


async def test_counts_are_added_up_by_month_and_survive_a_database_that_is_away(
    empty_database_url,
):
    engine = open_engine(empty_database_url)
    counts = Counts(engine)
    counts.add(turn(text="hola"), decided("greet"))
    await counts.write()  # the table is not there yet: kept for the next time
    upgrade(empty_database_url)
    counts.add(turn(text="hola"), decided("greet"))
    await counts.write()
    counts.add(turn(text="hola"), decided("greet"))
    await counts.write()
    async with engine.connect() as connection:
        (row,) = await connection.execute(select(understood))
    await engine.dispose()
    assert (row.language, row.intent, row.outcome, row.times) == ("es", "greet", "answered", 3)
    assert row.month.day == 1

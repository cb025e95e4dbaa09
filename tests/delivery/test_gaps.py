"""What exists nowhere is counted by day, country and kind; nothing else is kept."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from delivery.counts import Counts
from delivery.database import open_engine
from delivery.gaps import gaps_of
from delivery.tables import gaps
from wire.decision import Decision
from wire.say import Say
from wire.state import State
from wire.turn import Turn

DAY = date(2026, 11, 24)


def noted(country, kinds, message="gap.noted"):
    says = (Say(message, {"country": country, "kinds": kinds}),)
    return Decision("es", "gap_note", 1.0, says, State())


@pytest.mark.parametrize(
    ("decision", "counted"),
    [
        (noted("GR", ["food"]), [(DAY, "GR", "food")]),
        (noted("GR", ["food"], "services.list"), []),
        (noted(None, ["food"]), []),
        (noted("somewhere warm", ["food"]), []),
        (noted("GR", ["my neighbour Ana"]), []),
        (noted("GR", None), []),
    ],
)
def test_only_a_country_and_a_kind_are_counted_never_words(decision, counted):
    assert list(gaps_of(decision, DAY)) == counted


async def test_gaps_are_added_up_by_day(database_url):
    engine = open_engine(database_url)
    counts = Counts(engine)
    turn = Turn("c", "sms", State(), choice="gap_note:kind=food")
    for _ in range(2):
        counts.add(turn, noted("GR", ["food"]))
        counts.add(turn, noted("GR", ["food"]))
        await counts.write()
    async with engine.connect() as connection:
        (row,) = await connection.execute(select(gaps))
    await engine.dispose()
    assert (row.country, row.kind, row.times) == ("GR", "food", 4)

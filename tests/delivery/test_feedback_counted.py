"""What people answered is counted by day and entry; nothing of a person, no small number told."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from content.entries import ASK, read_entries, remembering
from content.reply import Reply
from delivery.counts import Counts
from delivery.database import open_engine
from delivery.feedback import (
    FACES,
    REASONS,
    SMALL,
    feedback_of,
    public_figures,
    reports,
    settle,
)
from delivery.tables import feedback
from directory import migrate
from directory.models import PackRow, ServiceRow
from wire.decision import Decision
from wire.say import Say
from wire.state import State
from wire.turn import Turn

DAY = date(2026, 11, 24)
ONE = ["services/GR/gr-s01"]
THREE = [*ONE, "services/GR/gr-s02", "services/GR/gr-s03"]
TURN = Turn("c", "webchat", State(), choice="feedback_good")


def told(answer, about, message="feedback.wrong"):
    says = (Say(message, {"answer": answer, "about": about}),)
    return Decision("ti", "feedback_wrong_info", 1.0, says, State())


@pytest.mark.parametrize(
    ("decision", "counted"),
    [
        (told("closed", ONE), [(DAY, "GR", "services", "gr-s01", "closed", 1)]),
        (told("good", ONE, "feedback.good"), [(DAY, "GR", "services", "gr-s01", "good", 1)]),
        (told(None, ONE, "feedback.what"), []),
        (told("closed", []), []),
        (told("closed", None), []),
        (told("my name is Ana", ONE), []),
        (told("closed", ["my neighbour Ana"]), []),
        (told("closed", ["services/GR/Ana Maria"]), []),
        (told("closed", ["myths/GR/x"]), []),
        (told("closed", ONE, "services.list"), []),
    ],
)
def test_only_codes_are_counted_never_words(decision, counted):
    assert list(feedback_of(decision, DAY)) == counted


def test_of_several_it_is_known_that_it_was_one_among_them():
    found = list(feedback_of(told("closed", THREE), DAY))
    assert [(one[3], one[5]) for one in found] == [("gr-s01", 3), ("gr-s02", 3), ("gr-s03", 3)]


def test_a_row_has_no_column_for_a_person_a_language_or_a_moment():
    assert set(feedback.c.keys()) == {
        *("day", "country", "part", "entry", "answer", "among", "times", "settled"),
    }


def said(messages, about=(), **decision):
    state = State({"asked": "yes", "about": ["services/GR/old"], **decision.pop("slots", {})})
    meant = Decision("es", "x", 1.0, tuple(map(Say, messages)), state, **decision)
    shown = tuple(message for message in messages if message != ASK or about)
    reply = Reply("es", ("…",) * len(shown), (), shown, about=tuple(about))
    return remembering(meant, reply).state.slots


def test_the_state_holds_the_entries_last_told():
    assert said(["services.list", ASK], ONE)["about"] == ONE
    assert said(["menu.show"])["about"] == ["services/GR/old"]
    assert [entry.id for entry in read_entries(THREE)] == ["gr-s01", "gr-s02", "gr-s03"]


def test_the_question_counts_as_asked_only_where_it_was_said():
    assert said(["services.list", ASK], ONE)["asked"] == "yes"
    assert "asked" not in said(["services.list", ASK])
    assert said(["menu.show"])["asked"] == "yes"


@pytest.mark.parametrize(
    ("messages", "decision"),
    [
        (["danger.violence_now"], {"risk": "violence_now"}),
        (["danger.stay", "helplines.list"], {"slots": {"before": ["now", "", ""]}}),
        (["safe.called_up", "helplines.list"], {}),
    ],
)
def test_what_was_told_in_danger_is_not_remembered(messages, decision):
    assert "about" not in said(messages, ["helplines/GR/gr-h01"], **decision)


@pytest.fixture
async def engine(database_url):
    migrate.upgrade(database_url)
    engine = open_engine(database_url)
    yield engine
    await engine.dispose()


async def counted(engine, *decisions):
    counts = Counts(engine)
    for decision in decisions:
        counts.add(TURN, decision)
    await counts.write()


async def test_answers_are_added_up_and_written_once_a_minute(engine):
    counts = Counts(engine)
    counts.add(TURN, told("closed", ONE))
    counts.add(TURN, told("closed", ONE))
    async with engine.connect() as connection:
        assert not (await connection.execute(select(feedback))).all()
    await counts.write()
    await counted(engine, told("closed", ONE))
    async with engine.connect() as connection:
        (row,) = (await connection.execute(select(feedback))).all()
    assert (row.entry, row.answer, row.among, row.times, row.settled) == (
        *("gr-s01", "closed", 1, 3, 0),
    )


async def test_closed_doors_of_urgent_places_come_first(engine):
    async with engine.begin() as connection:
        await connection.execute(
            PackRow.__table__.insert().values(country="GR", digest="x", body={})
        )
        for entry, kind in (("gr-s01", "language_class"), ("gr-s02", "protection_shelter")):
            await connection.execute(
                ServiceRow.__table__.insert().values(
                    id=entry, country="GR", ordinal=1, scope="city", kinds=[kind], layers=[],
                    audience=[], status=[], confidence="high", protection=False, body={},
                )
            )  # fmt: skip
    urgent = ["services/GR/gr-s02"]
    await counted(
        engine,
        *[told("wrong", ONE)] * 6,
        told("turned_away", urgent),
        *[told("bad", ["rights/GR/gr-r01"], "feedback.what")] * 2,
        *[told("good", ["services/GR/gr-s09"], "feedback.good")] * 9,
    )
    found = await reports(engine, since=date(2026, 1, 1))
    assert [(one.entry, one.urgent) for one in found] == [
        *(("gr-s02", True), ("gr-s01", False), ("gr-r01", False)),
    ]
    assert found[0].answers == {"turned_away": 1}
    assert found[0].country == "GR"


async def test_what_an_operator_has_dealt_with_is_gone_until_somebody_says_it_again(engine):
    await counted(engine, told("closed", ONE))
    async with engine.begin() as connection:
        await settle(connection, part="services", entry="gr-s01")
    assert await reports(engine, since=date(2026, 1, 1)) == []
    await counted(engine, told("closed", ONE))
    (report,) = await reports(engine, since=date(2026, 1, 1))
    assert report.answers == {"closed": 1}


async def test_the_public_is_told_no_small_number_and_no_answer_twice(engine):
    await counted(
        engine,
        *[told("closed", THREE)] * (SMALL + 1),
        *[told("turned_away", ONE)] * (SMALL - 1),
    )
    figures = await public_figures(engine, since=date(2026, 1, 1))
    assert set(figures) == {*FACES, *REASONS}
    assert figures["closed"] == SMALL + 1
    assert figures["turned_away"] is None
    assert figures["good"] is None

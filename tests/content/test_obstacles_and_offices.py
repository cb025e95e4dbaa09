"""What stands in the way is answered in every country; offices are told with their sources."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
import yaml
from saying import LANGUAGES, ROOT, Speech, packs
from test_every_answer_can_be_said import BROKEN

from actions.obstacles import OBSTACLES
from actions.offices import OFFICES
from content.answers import obstacles, offices

COUNTRIES = [pack.country for pack in packs()]
_WHO = ("asylum_seeker", "undocumented", "prefer_not_to_say")


def _table(name: str) -> dict[str, dict[str, Any]]:
    table: dict[str, dict[str, Any]] = yaml.safe_load((ROOT / "data" / name).read_text("utf-8"))
    return table


def test_both_sides_know_the_same_obstacles_and_offices() -> None:
    assert set(OBSTACLES) == set(obstacles.OBSTACLES) == set(_table("rights/obstacles.yml"))
    assert set(OFFICES) == set(offices.OFFICES) == set(_table("offices.yml"))


def test_every_code_of_the_tables_has_words_and_stands_in_a_fact() -> None:
    facts = [fact for pack in packs() for fact in pack.part("rights")]
    known = {code for fact in facts for code in (*fact["steps"], *fact["notes"])}
    rows = (*_table("rights/obstacles.yml").values(), *_table("offices.yml").values())
    for row in rows:
        assert set(row["steps"]) <= known
        assert set(row.get("notes", [])) <= known


def test_every_office_has_sources_with_a_date_or_says_that_none_is_known() -> None:
    for kind, row in _table("offices.yml").items():
        assert row["sources"] or row["unknown"], kind
        for source in row["sources"]:
            assert {"title", "url", "published"} <= set(source)


@pytest.mark.parametrize("country", COUNTRIES)
async def test_every_obstacle_is_answered_in_whole_sentences(said: Speech, country: str) -> None:
    for obstacle, status, language in itertools.product(OBSTACLES, _WHO, LANGUAGES):
        reply = await said.reply(
            f"obstacle.{obstacle}",
            language,
            country=country,
            status=status,
            kinds=list(OBSTACLES[obstacle][0]),
        )
        told = "\n".join(reply.texts)
        assert not BROKEN.search(told), told
        assert len(reply.texts[0]) <= 320


@pytest.mark.parametrize("country", COUNTRIES)
async def test_fear_is_answered_with_what_the_facts_say_and_no_promise(
    said: Speech, country: str
) -> None:
    told = await said.text("obstacle.fear", country=country, status="undocumented", kinds=[])
    assert "immigration" in told
    assert "safe" not in told


async def test_without_a_country_the_advice_still_stands(said: Speech) -> None:
    for obstacle in OBSTACLES:
        assert await said.text(f"obstacle.{obstacle}", country=None)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_office_is_told_with_its_sources(said: Speech, language: str) -> None:
    for kind, country in itertools.product(OFFICES, (None, *COUNTRIES)):
        told = await said.text(f"office.{kind}", language, country=country, status="refugee")
        assert not BROKEN.search(told), told
        for source in _table("offices.yml")[kind]["sources"]:
            assert source["title"] in told


async def test_a_consulate_is_never_told_without_the_warning(said: Speech) -> None:
    told = await said.text("office.consulate", country="DE", status="refugee")
    assert "speak to a lawyer first" in told

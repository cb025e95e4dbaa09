"""Words of distress and layers, as they are read: short, announced, with practical help."""

from __future__ import annotations

import pytest
from saying import LANGUAGES, Speech, all_messages

from content.answers.layers import DISTRESS, LAYERS

SHORT = 300  # characters
BESIDE = {"en": "Practical help can take weight off", "es": "La ayuda práctica también alivia"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("intent", DISTRESS)
async def test_warm_words_end_with_practical_help(said: Speech, intent: str, language: str) -> None:
    told = await said.text(f"distress.{intent}", language, country="GR", practical="legal_aid")
    last = told.splitlines()[-1]
    assert last.startswith(BESIDE[language])
    assert all_messages().text("kind.legal_aid", language) in last


@pytest.mark.parametrize("language", LANGUAGES)
async def test_what_is_hard_to_read_says_so_first(said: Speech, language: str) -> None:
    heavy = await said.text("distress.low_mood_grief", language, country="GR", heavy=True)
    light = await said.text("distress.loneliness", language, country="GR", heavy=False)
    notice = all_messages().text("support.what_follows", language)
    assert heavy.startswith(notice)
    assert notice not in light


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("layer", LAYERS)
async def test_a_layer_is_told_in_a_few_words(said: Speech, layer: str, language: str) -> None:
    told = await said.text(f"support.{layer}", language, country="GR", practical="social_work")
    assert len(told) <= SHORT
    assert BESIDE[language] in told


@pytest.mark.parametrize("language", LANGUAGES)
async def test_behind_the_places_stands_the_right_to_mental_health_care(
    said: Speech, language: str
) -> None:
    told = await said.text(
        "support.beside", language, country="GR", status="refugee", practical="social_work"
    )
    assert told.startswith(BESIDE[language])
    assert len(told.splitlines()) == 2


async def test_without_a_country_there_is_no_right_to_name(said: Speech) -> None:
    told = await said.text("support.beside", country=None, status=None, practical="social_work")
    assert len(told.splitlines()) == 1


@pytest.mark.parametrize("layer", ["protection", "specialised_care"])
async def test_where_it_may_be_urgent_the_number_of_the_country_is_told(
    said: Speech, layer: str
) -> None:
    assert "112" in await said.text(f"support.{layer}", country="GR")

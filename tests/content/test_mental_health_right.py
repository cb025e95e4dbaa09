"""Every answer on support says the right to mental health care, or that it is not known."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from saying import LANGUAGES, NOW, STATUSES, all_messages, packs, places, tables
from sqlalchemy.ext.asyncio import AsyncSession

from content.answers.mental_health_right import mental_health_line
from content.scene import Scene
from directory.engine import async_engine


@asynccontextmanager
async def _scene(url: str, language: str) -> AsyncIterator[Scene]:
    engine = async_engine(url)
    try:
        async with AsyncSession(engine) as session:
            yield Scene(
                messages=all_messages(),
                language=language,
                channel="sms",
                now=NOW,
                session=session,
                places=places(),
                tables=tables(),
            )
    finally:
        await engine.dispose()


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_country_and_status_gets_one_line_that_is_dated_or_says_unknown(
    packs_url: str, language: str
) -> None:
    unknown = {"en": "we do not know the rule", "es": "no conocemos la regla"}[language]
    source = {"en": "Source: ", "es": "Fuente: "}[language]
    async with _scene(packs_url, language) as scene:
        for pack, status in itertools.product(packs(), (None, *STATUSES)):
            (line,) = await mental_health_line(scene, pack.country, status)
            assert unknown in line or source in line, line
            assert "\n" not in line


async def test_without_a_country_or_a_pack_nothing_is_said(packs_url: str) -> None:
    async with _scene(packs_url, "en") as scene:
        assert await mental_health_line(scene, None, "refugee") == []
        assert await mental_health_line(scene, "NO", "refugee") == []

"""Care after sexual violence: time limits first, in every country, and nothing asked before."""

from __future__ import annotations

import re

import pytest
import yaml
from saying import LANGUAGES, ROOT, STATUSES, Speech, packs

from content.messages import read_messages

COUNTRIES = [pack.country for pack in packs()]
TABLE = yaml.safe_load((ROOT / "data" / "rights" / "early-care.yml").read_text("utf-8"))
# What somebody who looks at a locked phone could understand.
NAMED = re.compile(r"rape|violen|sex|hiv|vih|viol|pregnan|embaraz", re.IGNORECASE)


async def _texts(
    said: Speech, language: str, country: str | None, status: str | None = None
) -> tuple[str, ...]:
    reply = await said.reply("early_care.answer", language, country=country, status=status)
    return reply.texts


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_limits_stand_first_in_every_country_and_without_one(
    said: Speech, language: str
) -> None:
    for country in (None, "NO", *COUNTRIES):
        for status in (None, *STATUSES):
            first = (await _texts(said, language, country=country, status=status))[0]
            for limit in TABLE["limits"]:
                assert str(limit["hours"]) in first
            assert first.index("72") < first.index("120")
            assert not NAMED.search(first[:60]), first[:60]
            assert re.search(r"Go even if it is later|Vaya aunque sea más tarde", first)
            assert re.search(r"\b(112|911|\d{3,})\b", first.partition("2016")[2])


async def test_a_countrys_own_limit_follows_the_general_one(said: Speech) -> None:
    texts = await _texts(said, "en", country="GT", status="undocumented")
    assert "Go as soon as you can, and within 72 hours." in texts[0]
    assert "up to about one month" in "\n".join(await _texts(said, "en", country="SE"))


@pytest.mark.parametrize("country", ["AT", "DE", "ES", "FR", "MX", "SE"])
async def test_that_no_police_report_is_needed_is_said_where_a_fact_says_so(
    said: Speech, country: str
) -> None:
    told = "\n".join(await _texts(said, "en", country=country))
    assert re.search(r"need (not|no)|not need|do not ask|without a police", told)


async def test_every_confirmed_fact_is_said_with_cost_and_source(said: Speech) -> None:
    for pack in packs():
        facts = [f for f in pack.part("rights") if "sexual_violence_care" in f["care"]]
        for fact in facts:
            if fact["confidence"] == "low":
                told = "\n".join(await _texts(said, "en", country=pack.country, status=None))
                assert fact["source"]["title"] not in told
                continue
            status = next(iter(fact["status"]))
            status = "stateless" if status == "any" else status
            told = "\n".join(await _texts(said, "en", country=pack.country, status=status))
            assert fact["source"]["title"] in told, fact["id"]


def test_each_limit_of_the_table_has_a_source_and_every_code_has_words() -> None:
    messages = read_messages(ROOT / "data" / "messages", LANGUAGES)
    assert [limit["hours"] for limit in TABLE["limits"]] == [72, 120]
    for limit in TABLE["limits"]:
        assert limit["source"]["url"].startswith("https://")
        assert limit["source"]["published"]
    for row in ("own_limits", "no_report"):
        for family, codes in TABLE[row].items():
            assert all(messages.everywhere(f"{family.removesuffix('s')}.{c}") for c in codes)

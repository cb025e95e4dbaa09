"""A language with the short set only, and a first message whose language nobody knows."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from saying import NOW, PLACES, ROOT, Speech, packs
from sqlalchemy.ext.asyncio import async_sessionmaker

from content.danger_words import PLANS
from content.languages import read_languages
from content.messages import Messages, read_messages
from content.render import Renderer
from content.short_set import read_short_set
from content.tables import read_tables
from directory.engine import async_engine
from directory.gazetteer import Gazetteer
from wire.choice import read_choice
from wire.decision import Decision
from wire.say import Say
from wire.state import State
from wire.strict import JsonValue

COUNTRIES = [pack.country for pack in packs()]
MESSAGES = ROOT / "data" / "messages"
ROWS = read_languages(ROOT / "data" / "languages.yml")
SHORT = [tag for tag, row in ROWS.items() if row.short]
RIGHTS = Say("rights.answer", {"country": "GR", "status": "asylum_seeker", "care": "primary"})


@pytest.fixture
async def renderer(packs_url: str, tmp_path: Path) -> AsyncIterator[Renderer]:
    """A renderer whose Somali is marked English words, and the short set only."""
    english = read_messages(MESSAGES, ("en", "es"))
    short = read_short_set(MESSAGES)
    wordings = {
        "en": {m: english.wording(m, "en") for m in english.ids("en")},
        "es": {m: english.wording(m, "es") for m in english.ids("es")},
        "so": {m: english.wording(m, "en") for m in english.ids("en") if m in short},
    }
    tables = read_tables(ROOT / "data")
    rows = tmp_path / "data" / "languages.yml"
    rows.parent.mkdir()
    rows.write_text(
        "languages:\n- {tag: es, name: Español}\n- {tag: en, name: English}\n"
        "- {tag: so, name: Soomaali, answers: short, reads_too: [en]}\n",
        encoding="utf-8",
    )
    tables = replace(tables, languages=read_languages(rows))
    engine = async_engine(packs_url)
    places = Gazetteer(PLACES)
    yield Renderer(
        Messages(wordings), places, async_sessionmaker(engine, expire_on_commit=False), tables
    )
    await engine.dispose()
    places.close()


def decided(*says: Say, intent: str = "rights_care", **slots: JsonValue) -> Decision:
    entities: dict[str, JsonValue] = {"care": "primary"}
    return Decision("so", intent, 0.9, says, State(slots), entities=entities)


async def test_an_answer_that_is_not_in_the_language_is_offered_in_others(
    renderer: Renderer,
) -> None:
    asked = decided(RIGHTS, language="so", country="GR")
    reply = await renderer.render(asked, channel="sms", now=NOW)
    assert reply.language == "so"
    assert reply.says == ("language.tell_in",)
    assert "112" in reply.texts[0]
    assert [choice.label for choice in reply.choices] == ["English", "Español"]
    intent, codes = read_choice(reply.choices[0].id)
    assert (intent, codes) == ("rights_care", {"care": "primary", "tell_in": "en"})


async def test_the_answer_then_comes_in_the_language_that_was_chosen(renderer: Renderer) -> None:
    asked = decided(RIGHTS, language="so", tell_in="es", country="GR")
    reply = await renderer.render(asked, channel="sms", now=NOW)
    assert reply.language == "es"
    assert "Fuente" in reply.texts[0]


async def test_a_greeting_stays_in_their_own_language(renderer: Renderer) -> None:
    asked = decided(Say("greet.hello", {"country": "SE"}), language="so", tell_in="es")
    assert (await renderer.render(asked, channel="sms", now=NOW)).language == "so"


@pytest.mark.parametrize("risk", PLANS)
async def test_danger_is_told_in_the_short_set_of_every_country(
    renderer: Renderer, risk: str
) -> None:
    for country in COUNTRIES:
        for urgency in ("now", "careful"):
            values: dict[str, JsonValue] = {"country": country, "urgency": urgency}
            says = (
                Say(f"danger.{risk}", values),
                Say("helplines.list", {**values, "purposes": ["gbv"]}),
            )
            reply = await renderer.render(decided(*says, language="so"), channel="sms", now=NOW)
            assert reply.language == "so", f"{risk} in {country}"
            assert reply.says[0] == f"danger.{risk}"


def test_thirteen_languages_are_whole_and_six_have_the_short_set() -> None:
    assert sorted(SHORT) == ["bn", "ps", "so", "sw", "ti", "ur"]
    assert len(ROWS) == 19


@pytest.mark.parametrize("language", SHORT)
async def test_each_language_with_the_short_set_tells_danger_and_offers_whole_ones_for_the_rest(
    said: Speech, language: str
) -> None:
    danger = Say("danger.violence_now", {"country": "GR", "urgency": "now"})
    state = State({"language": language, "country": "GR"})
    for say, told in ((danger, "danger.violence_now"), (RIGHTS, "language.tell_in")):
        decision = Decision(language, "rights_care", 0.9, (say,), state)
        reply = await said.renderer.render(decision, channel="sms", now=NOW)
        assert reply.language == language
        assert reply.says[0] == told
        assert "112" in " ".join(reply.texts)
    offered = [read_choice(choice.id)[1]["tell_in"] for choice in reply.choices]
    assert offered
    assert not {*offered} & {*SHORT}


async def test_a_first_message_in_no_certain_language_asks_which_by_their_own_names(
    renderer: Renderer,
) -> None:
    asked = decided(RIGHTS, likely_language="so")
    reply = await renderer.render(asked, channel="sms", now=NOW)
    assert reply.says == ("language.ask",)
    assert [choice.label for choice in reply.choices] == ["Soomaali", "Español", "English"]
    assert read_choice(reply.choices[2].id)[1] == {"care": "primary", "speaks": "en"}


async def test_danger_does_not_wait_for_the_language(renderer: Renderer) -> None:
    danger = Decision(
        "so",
        "violence_now",
        0.9,
        (Say("danger.violence_now", {"country": "GR", "urgency": "now"}),),
        State({}),
        risk="violence_now",
        urgency="now",
    )
    reply = await renderer.render(danger, channel="sms", now=NOW)
    assert reply.says[0] == "danger.violence_now"

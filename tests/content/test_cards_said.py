"""What a card says: the claim, what is known, where it holds, its limits, its source."""

from __future__ import annotations

import pytest
from saying import LANGUAGES, Speech

from content.cards import NO_SERVICE, read_all_cards
from faro.root import ROOT

CARDS = read_all_cards(ROOT / "data")
ELSEWHERE = "In other countries this can be different."


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("card", sorted(CARDS.myths))
async def test_every_rumour_is_told_with_what_is_true_and_the_source(
    said: Speech, card: str, language: str
) -> None:
    told = await said.text("myth.card", language, card=card, country=None)
    claim, truth, *_, source = told.splitlines()
    assert claim.startswith({"en": "What people say: ", "es": "Lo que se dice: "}[language])
    assert truth.startswith({"en": "What we know: ", "es": "Lo que sabemos: "}[language])
    assert CARDS.myths[card]["source"]["title"] in source
    assert "{" not in told


async def test_a_card_says_where_it_holds_to_whoever_is_somewhere_else(said: Speech) -> None:
    told = await said.text("myth.card", card="hospital_police", country="GR")
    assert ELSEWHERE in told
    told = await said.text("myth.card", card="hospital_police", country="SE")
    assert ELSEWHERE not in told
    told = await said.text("myth.card", card="unhcr_paid", country="GR")
    assert ELSEWHERE not in told


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("card", sorted(CARDS.practices))
async def test_what_is_no_service_says_so(said: Speech, card: str, language: str) -> None:
    told = await said.text("practice.card", language, card=card)
    no_service = {"en": "not a service that a person can call", "es": "No es un servicio"}
    is_none = CARDS.practices[card]["form"] in NO_SERVICE
    assert (no_service[language] in told) == is_none
    assert CARDS.practices[card]["source"]["title"] in told
    assert len(told) < 700


async def test_the_finished_pilot_and_the_standard_are_no_services() -> None:
    forms = {card["id"]: card["form"] for card in CARDS.practices.values()}
    assert forms["canada_arts"] == "finished_pilot"
    assert forms["panama_standard"] == "standard"
    assert len(forms) == 8

"""Every choice carries a pictogram beside its words."""

from __future__ import annotations

import unicodedata

import pytest
import yaml
from saying import ROOT

from content.pictograms import Pictograms, read_pictograms

PICTOGRAMS = read_pictograms(ROOT / "data" / "messages")
CHOICES = yaml.safe_load((ROOT / "data" / "messages" / "says.yml").read_text("utf-8"))["choices"]
SHOWS_PAIN = {"🔪", "🔫", "💀", "🩸", "👊", "😭", "😱", "💔", "👮"}


@pytest.mark.parametrize("choice", CHOICES)
def test_every_choice_that_can_be_offered_has_one(choice):
    sign = PICTOGRAMS.of(choice)
    assert sign
    assert len(sign) <= 6
    assert not any(unicodedata.category(letter).startswith("L") for letter in sign)


def test_no_pictogram_shows_pain_or_gives_anybody_away():
    assert not SHOWS_PAIN & set("".join(PICTOGRAMS.rows.values()))


def test_a_country_has_its_flag_a_place_a_pin_and_a_language_nothing():
    assert PICTOGRAMS.of("inform:country=GR") == "🇬🇷"
    assert PICTOGRAMS.of("inform:city=264371") == "📍"
    assert PICTOGRAMS.of("change_language:language=es") == ""


def test_the_longest_name_that_fits_counts():
    rows = Pictograms({"choice.*": "a", "choice.menu_*": "b", "choice.menu_care": "c"})
    assert [rows.of_message(f"choice.{name}") for name in ("x", "menu_x", "menu_care")] == [
        "a",
        "b",
        "c",
    ]
    assert rows.of_message("kind.food") == ""

"""Dates, lists and names stand in the language of the answer, also where the CLDR has another."""

from __future__ import annotations

from datetime import date

import pytest
from saying import ROOT

from content.languages import enabled_languages
from content.locales import (
    country_name,
    day_names,
    joined,
    language_name,
    long_date,
    month_and_year,
)

DAY = date(2026, 8, 5)


def test_haitian_creole_is_not_french():
    assert long_date(DAY, "ht") == "5 out 2026"
    assert month_and_year(DAY, "ht") == "out 2026"
    assert joined(["a", "b", "c"], "ht") == "a, b ak c"
    assert joined(["a"], "ht", "or") == "a"
    assert joined([], "ht") == ""
    assert country_name("GR", "ht") == "Grès"
    assert language_name("es", "ht") == "panyòl"
    assert day_names("ht")[0] == "len"


def test_other_languages_are_said_by_the_cldr():
    assert long_date(DAY, "es") == "5 de agosto de 2026"
    assert joined(["padres", "hijos"], "es") == "padres e hijos"
    assert joined(["a", "b"], "ps", "or") == "a یا b"
    assert language_name("prs", "en") == "Dari"


@pytest.mark.parametrize("language", enabled_languages(ROOT / "data" / "languages.yml"))
def test_every_language_has_seven_days_and_joins_a_list(language):
    assert len(set(day_names(language))) == 7
    told = joined(["x1", "x2", "x3"], language)
    assert all(word in told for word in ("x1", "x2", "x3"))
    assert " or " not in f" {joined(['1', '2'], language, 'or')} " or language == "en"

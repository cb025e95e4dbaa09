"""Where somebody comes from, once that was asked, is not where they are."""

from __future__ import annotations

LOOKED_FOR = {"country": "MX", "topic": "origin_line", "pending": "origin", "purpose": "gbv"}


def test_a_country_that_answers_where_from_leaves_the_place_as_it_was(bot):
    decision = bot.hears("El Salvador", language="es", **LOOKED_FOR)
    assert decision.intent == "origin_line"
    assert decision.state.slots["country"] == "MX"
    said = [say.message for say in decision.says]
    assert said == ["notice.short", "helplines.list", "origin.lines"]


def test_not_saying_is_an_answer(bot):
    decision = bot.chooses("decline", language="es", **LOOKED_FOR)
    assert [say.message for say in decision.says] == ["helplines.list"]


def test_danger_is_answered_before_any_line(bot):
    decision = bot.hears("mi esposo me pega", language="es", **LOOKED_FOR)
    assert decision.says[0].message.startswith("danger.")

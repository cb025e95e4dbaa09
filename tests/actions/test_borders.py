"""The local line first; the line of origin behind it, and only for whoever says where from."""

from __future__ import annotations

from typing import Any

import pytest

from actions.slots import Slots
from actions.speakers import answer
from wire.say import Say


def after(intent: str, **slots: Any) -> tuple[tuple[Say, ...], dict[str, Any]]:
    said, changes = answer(intent, Slots(slots))
    return said.says, {**slots, **changes}


def ids(says: tuple[Say, ...]) -> list[str]:
    return [say.message for say in says]


def test_where_somebody_is_comes_before_where_they_are_from() -> None:
    says, slots = after("origin_line", topic="gbv_partner_violence")
    assert ids(says) == ["ask.country"]
    says, slots = after("inform", **{**slots, "country": "MX"})
    assert ids(says) == ["helplines.list", "ask.origin"]
    assert says[0].values == {"country": "MX", "purposes": ["gbv"]}
    says, slots = after("origin_line", **{**slots, "origin": "SV"})
    assert ids(says) == ["helplines.list", "origin.lines"]
    assert says[0].values == {"country": "MX", "purposes": ["gbv"]}
    assert slots["pending"] is None
    assert slots["purpose"] is None


def test_nobody_has_to_say_where_they_come_from() -> None:
    _, slots = after("origin_line", country="MX")
    says, slots = after("decline", **slots)
    assert ids(says) == ["helplines.list"]
    assert ids(after("origin_line", **slots)[0]) == ["helplines.list"]


def test_at_home_there_is_no_line_of_origin() -> None:
    assert ids(after("origin_line", country="SV")[0]) == ["helplines.list"]
    assert ids(after("origin_line", country="SV", origin="SV")[0]) == ["helplines.list"]


def test_a_country_whose_lines_we_do_not_know_gets_the_local_line_alone() -> None:
    assert ids(after("origin_line", country="MX", origin="HN")[0]) == ["helplines.list"]


@pytest.mark.parametrize("topic", ["rights_care", None])
def test_without_danger_the_local_line_informs(topic: str | None) -> None:
    says, _ = after("origin_line", country="MX", topic=topic)
    assert says[0].values["purposes"] == ["asylum_refugee_info"]


def test_after_violence_abroad_the_line_of_origin_is_the_last_thing_offered() -> None:
    says, _ = after("gbv_partner_violence", country="MX")
    assert says[0].choices[-2:] == ("origin_line", "not_that")
    for country in ("SV", None):
        assert "origin_line" not in after("gbv_partner_violence", country=country)[0][0].choices


def test_it_can_be_chosen_beside_a_line_and_among_people() -> None:
    assert "origin_line" in after("helpline", country="MX", purpose="gbv")[0][0].choices
    assert "origin_line" not in after("helpline", country="SV", purpose="gbv")[0][0].choices
    assert "origin_line" in after("menu_help", menu="people")[0][0].choices


def test_a_consulate_is_looked_up_for_a_state_that_was_named_and_offered_by_nobody() -> None:
    says, _ = after("find_service", country="MX", city="3530597", kind="consulate", origin="SV")
    assert says[-1].values["origin"] == "SV"
    says, _ = after("origin_line", country="MX", origin="SV")
    assert not [choice for say in says for choice in say.choices if "consulate" in choice]

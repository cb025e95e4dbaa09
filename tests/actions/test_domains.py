"""All fourteen domains of integration can be reached, each with places of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.domains import DOMAINS, OPENINGS
from actions.services import MENU, TOPICS
from actions.slots import Slots
from actions.speakers import answer
from wire.choice import read_choice
from wire.say import Say

ROOT = Path(__file__).parents[2]
TABLE = yaml.safe_load((ROOT / "data" / "domains.yml").read_text("utf-8"))
WAYS = [(name, way) for name, ways in TABLE["domains"].items() for way in ways]
TAPS = 3
HERE = {"country": "GR", "city": "264371", "status": "refugee"}


def after(choice: str, **slots: Any) -> tuple[tuple[Say, ...], dict[str, Any]]:
    intent, codes = read_choice(choice)
    held = {**slots, **codes}
    said, changes = answer(intent, Slots(held))
    return said.says, {**held, **changes}


def reached(taps: int) -> set[str]:
    """Every choice that is offered within some taps of the menu."""
    offered = set(MENU)
    for _ in range(taps - 1):
        offered |= {one for choice in offered for say in after(choice)[0] for one in say.choices}
    return offered


def kinds_of(says: tuple[Say, ...]) -> list[Any]:
    found: list[Any] = []
    for say in says:
        kinds = say.values.get("kinds")
        found += kinds if isinstance(kinds, list) else []
    return found


def test_there_are_fourteen_domains() -> None:
    assert len(TABLE["domains"]) == 14


@pytest.mark.parametrize(("name", "way"), WAYS)
def test_every_domain_is_reached_within_three_taps(name: str, way: str) -> None:
    assert way in reached(TAPS), name


@pytest.mark.parametrize("name", TABLE["domains"])
def test_every_domain_leads_to_places(name: str) -> None:
    assert [kind for way in TABLE["domains"][name] for kind in kinds_of(after(way, **HERE)[0])]


@pytest.mark.parametrize("code", TABLE["answers"])
def test_a_domain_is_answered_with_places_and_what_to_ask_for_there(code: str) -> None:
    says, _ = after(f"domain:domain={code}", **HERE)
    # The numbers first: an SMS may hold no more than these.
    assert [say.message for say in says][:2] == ["services.list", f"domain.{code}"]
    assert says[0].values["kinds"] == TABLE["answers"][code]["kinds"]


@pytest.mark.parametrize("code", TABLE["answers"])
def test_a_domain_goes_on_once_the_place_is_known(code: str) -> None:
    says, slots = after(f"domain:domain={code}")
    assert [say.message for say in says] == [f"domain.{code}", "ask.city"]
    says, slots = after("inform:city=264371", **slots)
    assert [say.message for say in says] == ["services.list"]
    says, _ = after("more", **slots)
    assert says[0].values["kinds"] == TABLE["answers"][code]["kinds"]
    assert says[0].values["offset"] == 3


def test_a_domain_that_is_not_known_shows_the_topics() -> None:
    assert after("domain:domain=no_such")[0][0].message == "menu.more_topics"


def test_every_practical_answer_begins_with_what_such_a_place_does() -> None:
    practical = [intent for intent, (_, opening) in TOPICS.items() if opening is None]
    assert practical == []


@pytest.mark.parametrize(("kind", "opening"), OPENINGS.items())
def test_a_kind_asked_for_in_own_words_gets_the_same_short_answer_once(
    kind: str, opening: str
) -> None:
    says, slots = after(f"find_service:kind={kind}")
    assert [say.message for say in says] == [opening, "ask.city"]
    says, _ = after("inform:city=264371", **slots)
    assert [say.message for say in says] == ["services.list"]


def test_the_kinds_of_the_table_are_kinds_of_the_directory() -> None:
    kinds = yaml.safe_load((ROOT / "data" / "packs" / "kind-neighbours.yml").read_text("utf-8"))
    known = {*kinds, *(kind for near in kinds.values() for kind in near)}
    assert {kind for listed, _ in DOMAINS.values() for kind in listed} <= known | {
        "cultural_orientation"
    }

"""A pause, room for new people and ways in are said where they are known, and else not at all."""

from __future__ import annotations

from typing import Any

import pytest
from saying import NOW, all_messages, packs, places, tables

from content.service_words import ServiceWords
from content.vocabulary_labels import Labels
from directory.listing import Listing

WAYS = ("step_free", "lift", "accessible_toilet", "sign_language", "discreet_entrance")


def words(language: str) -> ServiceWords:
    labels = Labels(all_messages(), language, places(), tables().cities)
    return ServiceWords(all_messages(), language, labels, NOW)


def found(**fields: Any) -> Listing:
    greece = next(pack for pack in packs() if pack.country == "GR")
    body = {**next(one for one in greece.part("services") if one["id"] == "gr-s01"), **fields}
    return Listing("gr-s01", "GR", "city", body["kinds"], False, body, ("Athens",))


def details(language: str = "en", **fields: Any) -> str:
    return words(language).details(found(**fields), ["Europe/Athens"])


def test_what_is_not_known_is_not_said() -> None:
    told = details()
    for unsaid in ("Closed for now", "Room for new people", "getting in"):
        assert unsaid not in told
    assert details(paused_until=None, capacity=None, accessibility=[]) == told


def test_a_pause_is_said_in_the_list_and_the_details_until_it_ends() -> None:
    said = "Closed for now, until December 1, 2026. Call before you go."
    paused = {"paused_until": "2026-12-01"}
    assert said in details(**paused)
    assert said in words("en").item(1, found(**paused), ["Europe/Athens"])
    assert "Closed for now" not in details(paused_until=NOW.date().isoformat())


@pytest.mark.parametrize(
    ("code", "said"),
    [("open", "yes"), ("limited", "only a few places"), ("full", "none at the moment")],
)
def test_room_is_said_with_the_day_it_is_of(code: str, said: str) -> None:
    told = details(capacity={"code": code, "as_of": "2026-11-20"})
    assert f"Room for new people: {said} (November 20, 2026)" in told


def test_ways_in_are_listed_in_every_whole_language() -> None:
    assert "no steps, lift" in details(accessibility=list(WAYS))
    for language in all_messages().languages:
        told = details(language, accessibility=[*WAYS, "child_friendly"], paused_until="2026-12-01")
        assert "{" not in told

"""What is near and for everybody comes first."""

from __future__ import annotations

from datetime import date
from typing import Any

from directory.listing import Listing
from directory.nearness import for_survivors, is_far, nearness, only_for


def service(name: str, **values: Any) -> Listing:
    body = {"audience": values.pop("audience", ["any"]), "not_taking": False}
    given = {"scope": "city", "kinds": ["legal_aid"], "protection": False, **values}
    return Listing(id=name, country="SV", body=body, **given)


def order(*services: Listing, kind: str = "legal_aid", audience: str | None = None) -> list[str]:
    key = nearness([kind], audience, placed=True)
    return [one.id for one in sorted(services, key=key)]


WOMEN_HERE = service("women", audience=["women"], away=2.0)
NEXT_CITY = service("next", away=40.0)
OTHER_END = service("far", away=300.0)
COUNTRY = service("country", scope="country")


def test_what_is_for_everybody_comes_first_within_an_hours_way() -> None:
    assert order(WOMEN_HERE, NEXT_CITY, COUNTRY, OTHER_END) == ["next", "women", "country", "far"]


def test_whoever_asks_for_women_or_after_violence_gets_the_nearest() -> None:
    assert order(NEXT_CITY, WOMEN_HERE, audience="women")[0] == "women"
    assert order(NEXT_CITY, WOMEN_HERE, kind="gbv_support")[0] == "women"


def test_what_is_out_of_reach_comes_behind_what_has_no_known_place() -> None:
    assert order(OTHER_END, service("somewhere", scope="unknown")) == ["somewhere", "far"]
    assert is_far(OTHER_END)
    assert not is_far(NEXT_CITY)
    assert not is_far(COUNTRY)


def test_both_women_and_men_are_everybody() -> None:
    assert only_for({"audience": ["women", "men", "lgbtiq"]}) == ()
    assert only_for({"audience": ["women", "any"]}) == ()
    assert not only_for({"audience": []})
    assert only_for({"audience": ["women", "children"]}) == ["women", "children"]


def test_a_crisis_centre_is_for_survivors_and_an_office_that_takes_everybody_is_not() -> None:
    assert for_survivors(service("a", kinds=["gbv_support"], audience=["women"]))
    assert not for_survivors(service("b", kinds=["gbv_support", "police"]))
    assert not for_survivors(service("c", kinds=["counselling"], audience=["women"]))


def test_what_is_closed_for_now_comes_behind_what_is_open_as_near() -> None:
    closed = service("closed", away=2.0)
    closed.body["paused_until"] = "2026-12-01"  # type: ignore[index]  # a test may
    other = service("other", away=3.0)

    def on(day: date) -> list[str]:
        key = nearness(["legal_aid"], None, placed=True, today=day)
        return [one.id for one in sorted((closed, other), key=key)]

    assert on(date(2026, 11, 30)) == ["other", "closed"]
    assert on(date(2026, 12, 1)) == ["closed", "other"]

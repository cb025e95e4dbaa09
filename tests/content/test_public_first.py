"""Whoever is entitled finds the public service first; whoever is shut out finds the others first."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from saying import Speech, packs

from content.answers.public_first import First, arranged, is_public, who_is_first
from directory.listing import Listing

TODAY = date(2026, 11, 24)
ROME = "3169070"
RUNS = ("public", "ngo", "international", "faith", "private", "unknown")


def place(name: str, run_by: str, away: float | None = 0.0, **values: Any) -> Listing:
    body = {
        "run_by": run_by,
        "audience": values.pop("audience", ["any"]),
        "not_taking": values.pop("not_taking", False),
    }
    given = {"scope": "city", "kinds": ["primary_care"], "protection": False, **values}
    return Listing(id=name, country="IT", body=body, away=away, **given)


def fact(entitlement: str, status: str) -> dict[str, Any]:
    return {
        "status": [status],
        "care": ["primary"],
        "entitlement": entitlement,
        "confidence": "high",
        "source": {"published": "2025"},
        "case": None,
        "conditions": [],
        "cost": {"kind": "free"},
        "valid_from": None,
        "valid_until": None,
        "superseded_by": None,
    }


def first(kind: str, status: str | None, entitlement: str = "full") -> First | None:
    facts = [fact(entitlement, status)] if status else []
    return who_is_first(kind, status, facts, TODAY, {})


def order(*found: Listing, by: First | None = First.PUBLIC) -> list[str]:
    return [one.id for one in arranged(found, by)]


@pytest.mark.parametrize("entitlement", ["full", "partial"])
def test_whoever_is_entitled_goes_to_the_public_service_first(entitlement: str) -> None:
    assert first("primary_care", "refugee", entitlement) is First.PUBLIC
    assert first("primary_care", "undocumented", entitlement) is First.PUBLIC


@pytest.mark.parametrize("entitlement", ["none", "emergency_only"])
def test_whoever_has_no_papers_and_no_right_finds_others_first(entitlement: str) -> None:
    assert first("primary_care", "undocumented", entitlement) is First.OTHERS
    assert first("primary_care", "refugee", entitlement) is None


def test_where_the_right_or_the_status_is_not_known_what_is_near_stays_first() -> None:
    assert first("primary_care", "refugee", "unclear") is None
    assert first("hospital", "refugee") is None
    assert first("primary_care", None) is None
    assert first("primary_care", "prefer_not_to_say") is None


def test_a_school_or_a_jobs_office_is_the_states_task() -> None:
    assert first("school", None) is First.PUBLIC
    assert first("jobs", "asylum_seeker", "none") is First.PUBLIC
    assert first("documents", "undocumented") is None


@pytest.mark.parametrize("kind", ["gbv_support", "protection_shelter", "legal_aid", "shelter"])
def test_nobody_who_needs_protection_is_sent_to_the_state_first(kind: str) -> None:
    assert first(kind, "refugee") is None


def test_public_is_first_among_places_in_the_same_city() -> None:
    ngo, state = place("ngo", "ngo"), place("state", "public")
    assert order(ngo, state) == ["state", "ngo"]
    assert order(state, ngo, by=First.OTHERS) == ["ngo", "state"]
    assert order(ngo, state, by=None) == ["ngo", "state"]


def test_a_public_service_further_away_never_comes_before_what_is_near() -> None:
    near, next_city = place("near", "ngo", 3.0), place("next", "public", 40.0)
    assert order(near, next_city) == ["near", "next"]
    assert order(place("far", "ngo", 400.0), place("city", "public", 9.0))[0] == "far"


def test_what_fits_less_or_takes_nobody_now_stays_behind() -> None:
    ngo = place("ngo", "ngo")
    assert order(ngo, place("other", "public", fit=1)) == ["ngo", "other"]
    assert order(ngo, place("full", "public", not_taking=True)) == ["ngo", "full"]
    assert order(ngo, place("women", "public", audience=["women"])) == ["ngo", "women"]


def test_the_police_are_not_put_first_because_they_are_public() -> None:
    police = place("police", "public", kinds=["police", "primary_care"])
    assert not is_public(police)
    assert order(place("ngo", "ngo"), police) == ["ngo", "police"]


def test_it_is_known_or_said_to_be_unknown_who_runs_every_place() -> None:
    runs = {s["id"]: s["run_by"] for pack in packs() for s in pack.part("services")}
    assert set(runs.values()) <= set(RUNS)
    assert runs["it-s01"] == "public"
    assert runs["gr-s14"] == "public"
    assert runs["se-s07"] == "ngo"
    assert runs["bg-s17"] == "international"
    assert runs["at-s08"] == "faith"
    assert runs["at-s04"] == "unknown"


async def _first_in_rome(said: Speech, status: str | None) -> str:
    told = await said.text(
        "services.list", city=ROME, country=None, kinds=["primary_care"], offset=0, status=status
    )
    return next(line for line in told.splitlines() if line.startswith("1. "))


async def test_a_refugee_in_rome_is_sent_to_the_public_health_service(said: Speech) -> None:
    told = await _first_in_rome(said, "refugee")
    assert any(name in told for name in ("SaMiFo", "INMP"))


@pytest.mark.parametrize(
    ("service", "who"), [("it-s01", "public service"), ("gr-s02", "(NGO)"), ("at-s15", "not known")]
)
async def test_everything_known_of_a_place_says_who_runs_it(
    said: Speech, service: str, who: str
) -> None:
    told = await said.text("services.details", listing=service, country=service[:2].upper())
    (line,) = [line for line in told.splitlines() if line.startswith("Run by: ")]
    assert who in line
    spanish = await said.text("services.details", "es", listing=service, country="IT")
    assert "A cargo de: " in spanish

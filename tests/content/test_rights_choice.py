"""Several facts may fit one question. None is picked in silence."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import yaml
from saying import CARES, NOW, ROOT, STATUSES, packs

from content.rights_choice import STRICTNESS, Fallback, Question, choose, nearest_cares
from content.tables import read_fallbacks

TODAY = date(2026, 11, 24)
TABLE = ROOT / "data" / "rights" / "status-fallback.yml"


def fact(name: str, **values: Any) -> dict[str, Any]:
    return {
        "id": name,
        "status": ["undocumented"],
        "care": ["primary"],
        "entitlement": "full",
        "cost": {"kind": "free"},
        "conditions": [],
        "case": None,
        "reporting": "unknown",
        "reporting_note": None,
        "valid_from": None,
        "valid_until": None,
        "superseded_by": None,
        "confidence": "high",
        "source": {"title": "t", "published": "2024"},
        **values,
    }


def ask(*facts: dict[str, Any], status: str = "undocumented", care: str | None = "primary") -> Any:
    table = {"stateless": [Fallback("undocumented", "fewest")]}
    return choose(facts, Question(status, care, TODAY, table))


def ids(chosen: Any) -> list[str]:
    return [one["id"] for one in (chosen.main, *chosen.beside) if one]


def test_the_exact_status_comes_before_any() -> None:
    assert ids(ask(fact("a", status=["any"]), fact("b")))[0] == "b"


def test_the_exact_care_comes_before_any() -> None:
    assert ids(ask(fact("a", care=["any"]), fact("b")))[0] == "b"


def test_higher_confidence_then_the_newer_source_comes_first() -> None:
    older = fact("a", source={"title": "t", "published": "2021-05"}, conditions=["x"])
    newer = fact("b", source={"title": "t", "published": "2024-01"})
    undated = fact("c", source={"title": "t", "published": "unknown"}, conditions=["y"])
    less = fact("d", confidence="medium", source={"title": "t", "published": "2026"})
    assert ids(ask(undated, less, older, newer))[:2] == ["b", "a"]


def test_what_separates_two_facts_is_said_strictest_first() -> None:
    chosen = ask(fact("full"), fact("none", entitlement="none", conditions=["x"]))
    assert ids(chosen) == ["none", "full"]


def test_a_special_case_never_answers_alone_beside_a_plainer_fact() -> None:
    chosen = ask(fact("case", case="child", entitlement="none"), fact("plain"))
    assert ids(chosen) == ["plain", "case"]


def test_only_special_cases_are_said_strictest_first() -> None:
    chosen = ask(fact("b", case="child"), fact("a", case="adult", entitlement="emergency_only"))
    assert ids(chosen) == ["a", "b"]


def test_a_rule_on_care_in_general_does_not_hide_emergency_care_for_everybody() -> None:
    general = fact("general", care=["any"], status=["regular_migrant"], conditions=["insured"])
    emergency = fact("e", care=["emergency"], status=["any"], conditions=["emergency"])
    chosen = ask(general, emergency, status="regular_migrant", care="emergency")
    assert ids(chosen) == ["general", "e"]


def test_care_in_general_looks_at_the_hospital_where_nothing_else_is_known() -> None:
    chosen = ask(fact("h", care=["hospital"]), care=None)
    assert ids(chosen) == ["h"]
    assert chosen.care == "hospital"


def test_the_hospitals_special_cases_are_said_beside_care_in_general() -> None:
    chosen = ask(fact("p"), fact("h", care=["hospital"], case="first_three_months"), care=None)
    assert ids(chosen) == ["p", "h"]


def test_a_fact_of_low_confidence_is_hidden_and_said_to_exist() -> None:
    chosen = ask(fact("low", confidence="low"))
    assert chosen.main is None
    assert chosen.hidden


def test_a_hidden_fact_never_falls_back_in_silence() -> None:
    chosen = ask(fact("low", confidence="low", status=["stateless"]), fact("u"), status="stateless")
    assert chosen.main is None
    assert chosen.hidden


@pytest.mark.parametrize(
    "over",
    [{"valid_until": "2026-11-23"}, {"valid_from": "2026-11-25"}, {"superseded_by": "b"}],
)
def test_what_is_not_in_force_is_never_said(over: dict[str, str]) -> None:
    assert ids(ask(fact("a", **over))) == []


@pytest.mark.parametrize("today", [{"valid_until": "2026-11-24"}, {"valid_from": "2026-11-24"}])
def test_the_first_and_the_last_day_count(today: dict[str, str]) -> None:
    assert ids(ask(fact("a", **today))) == ["a"]


def test_the_last_rule_that_ended_is_named_whatever_else_is_known() -> None:
    over = fact("over", valid_until="2025-12-31")
    for other in (fact("any", status=["any"]), fact("later", valid_from="2027-01-01")):
        assert ask(over, other).ended is over
    assert ask(over, fact("now")).ended is None
    assert ask(fact("over", superseded_by="now", valid_until="2025-01-01")).ended is None


def test_a_missing_status_falls_back_by_the_table_and_says_so() -> None:
    chosen = ask(fact("u"), status="stateless")
    assert ids(chosen) == ["u"]
    assert chosen.fallback == Fallback("undocumented", "fewest")


def test_without_a_row_nothing_is_guessed() -> None:
    assert ask(fact("u"), status="refugee").main is None


def test_the_nearest_cares_name_emergency_first() -> None:
    facts = [fact("a", care=["hospital"]), fact("b", care=["emergency"], status=["any"])]
    assert nearest_cares(facts, Question("undocumented", "primary", TODAY)) == [
        "emergency",
        "hospital",
    ]


def test_every_row_of_the_table_has_a_reason_and_leads_to_another_status() -> None:
    for row in yaml.safe_load(TABLE.read_text("utf-8")):
        assert row["reason"].strip()
        assert row["status"] != row["falls_to"]
        assert {row["status"], row["falls_to"]} <= set(STATUSES)


def test_the_table_leads_only_to_fewer_rights_wherever_the_facts_can_tell() -> None:
    table = read_fallbacks(TABLE)
    for pack in packs():
        for status, rows in table.items():
            for care in CARES:
                own = _plain(pack.part("rights"), status, care)
                for row in rows:
                    other = _plain(pack.part("rights"), row.status, care)
                    if own is not None and other is not None:
                        assert other <= own, f"{pack.country} {status} {row.status} {care}"


def _plain(facts: list[dict[str, Any]], status: str, care: str) -> int | None:
    """How much exactly this status has; None where nothing or nothing clear is known."""
    main = choose(facts, Question(status, care, NOW.date())).main
    if main is None or status not in main["status"] or main["case"]:
        return None
    entitlement = main["entitlement"]
    return None if entitlement == "unclear" else STRICTNESS.index(entitlement)

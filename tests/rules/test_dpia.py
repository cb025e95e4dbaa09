"""The template for an impact assessment leaves nothing unsaid, and its blanks can be found."""

from __future__ import annotations

import re

from sources import ROOT, read

from faro.data_map import read_visibility

DPIA = "docs/dpia.md"
_BLANK = re.compile(r"\*\*\[fill in(?:: [^\]]+)?\]\*\*")
_HEAD = "| risk | from whom | severity | likelihood | measure | shown by | left, accepted by |"


def _risks() -> list[list[str]]:
    table = read(DPIA).partition(_HEAD)[2].partition("\n\n")[0]
    return [[cell.strip() for cell in row.split("|")[1:-1]] for row in table.splitlines()[2:]]


def test_every_risk_names_who_what_is_done_and_a_test_or_why_there_is_none() -> None:
    risks = _risks()
    assert len(risks) > 10
    for risk, whom, severity, likelihood, measure, shown, left in risks[:-1]:
        assert whom, risk
        assert measure, risk
        assert severity in ("1", "2", "3", "4"), risk
        assert _BLANK.fullmatch(likelihood), risk
        assert _BLANK.fullmatch(left), risk
        tests = re.findall(r"`(tests/[^`]+)`", shown)
        assert tests or shown.startswith("not by a test: "), risk
        assert all((ROOT / test).is_file() for test in tests), risk


def test_everybody_who_can_see_something_stands_in_a_risk() -> None:
    named = ", ".join(whom for _, whom, *_ in _risks())
    roles = [role["name"] for role in read_visibility().roles.values()]
    assert [name for name in roles if name not in named] == []


def test_every_blank_is_marked_alike() -> None:
    text = read(DPIA)
    assert len(_BLANK.findall(text)) == text.count("[fill in")
    assert "TODO" not in text


def test_it_has_the_four_parts_that_the_law_asks_for() -> None:
    text = read(DPIA)
    assert [
        part
        for part in "abcd"
        if f"35(7)({part})" not in text.replace("(c) and (d)", "(c) and 35(7)(d)")
    ] == []

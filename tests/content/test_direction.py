"""In a text from right to left a number is read as it is dialled, and a Latin name as it stands."""

from __future__ import annotations

import pytest

from content.direction import MARK, marked, runs_right_to_left


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("اتصل بالرقم +30 210 861 6280 الآن", ["+30 210 861 6280"]),
        ("الطوارئ: 112.", ["112"]),
        ("تحتاج إلى PAAYPA (رقم مؤقت)", ["PAAYPA"]),
        ("مركز Babel Day Centre، أثينا", ["Babel Day Centre"]),
        ("https://babeldc.gr/en", ["https://babeldc.gr/en"]),
        ("الساعة 09:00-17:00، مجاني 100%", ["09:00-17:00", "100%"]),
        ("هاتف (503) 2510-4300", ["(503) 2510-4300"]),
        ("1) سجّل. 2) خذ البطاقة.", ["1", "2"]),
        ("لا شيء هنا", []),
    ],
)
def test_every_run_has_a_mark_on_both_sides(text, runs):
    told = marked(text)
    assert told.replace(MARK, "") == text
    assert told.split(MARK)[1::2] == runs


def test_marking_twice_is_marking_once():
    once = marked("اتصل 911 أو +503 2510-4300")
    assert marked(once) == once


def test_only_languages_that_run_from_right_to_left_are_marked():
    found = [
        tag for tag in ("ar", "fa", "ur", "ps", "es", "el", "ti", "bn") if runs_right_to_left(tag)
    ]
    assert found == ["ar", "fa", "ur", "ps"]

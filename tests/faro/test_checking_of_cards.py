"""`faro check` tells what is wrong in rumours, practices and lines of countries of origin."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from faro.checking import check_all_cards, check_packs
from faro.root import PACKS, ROOT
from faro.wordings import whole_messages

MESSAGES = whole_messages()
CHECKED = check_packs(PACKS, MESSAGES.everywhere)
CARD = "myths/hospital_police.yml"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    for folder in ("myths", "practices", "borders"):
        shutil.copytree(ROOT / "data" / folder, tmp_path / folder)
    for file in ("concepts/meanings.yml", "messages/says.yml"):
        (tmp_path / file).parent.mkdir()
        shutil.copy(ROOT / "data" / file, tmp_path / file)
    return tmp_path


def faults(data: Path) -> list[str]:
    found = check_all_cards(data, CHECKED, MESSAGES)
    return [f"{fault.path.name}:{fault.line}: {fault.problem}" for fault in found]


def change(path: Path, old: str, new: str) -> int:
    """Change the first ``old`` and return the line it stands on."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_the_cards_of_the_project_are_right(data: Path) -> None:
    assert faults(data) == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("se-r08", "se-r99", "se-r99 stands in no pack"),
        ("[SE, IT, DE]", "[SE, IT]", "de-r14 is about a country that the card does not name"),
        ("audience: migrants", "audience: nobody", "nobody is no audience"),
        ("id: hospital_police", "id: hospital", "the id is hospital, the file is hospital_police"),
        ("[HOSPITAL, POLICE]", "[HOSPITAL, ARMY]", "ARMY is no concept"),
        ("legal_asylum_aid]", "legal_help]", "legal_help is no choice that can be offered"),
        ("http://rosengrenska.org", "http://example.org", "the source is that of none of its"),
        ("checked: '2026-11'", "checked: soon", "when it was checked is a year and a month"),
        ("audience: migrants\n", "", "audience is missing"),
    ],
)
def test_a_fault_in_a_rumour_is_told(data: Path, old: str, new: str, problem: str) -> None:
    change(data / CARD, old, new)
    assert any(fault.startswith("hospital_police.yml:") for fault in faults(data))
    assert any(problem in fault for fault in faults(data)), faults(data)


def test_a_rumour_needs_three_wordings(data: Path) -> None:
    change(data / CARD, "    - 'people say doctors report you to immigration'\n", "")
    assert any("3 wordings in en are needed" in fault for fault in faults(data))


def test_a_card_without_words_is_told(data: Path) -> None:
    shutil.copy(data / CARD, data / "myths" / "new_one.yml")
    change(data / "myths" / "new_one.yml", "id: hospital_police", "id: new_one")
    assert any("myth.new_one.truth has no wording" in fault for fault in faults(data))


def test_a_practice_has_a_form_that_is_known(data: Path) -> None:
    line = change(data / "practices" / "canada_arts.yml", "finished_pilot", "miracle")
    assert f"canada_arts.yml:{line}: miracle is no form" in faults(data)


def test_a_consulate_is_no_line_of_origin(data: Path) -> None:
    table = data / "borders" / "origin-lines.yml"
    line = change(table, "sv-h03", "sv-h14")
    found = faults(data)
    assert any(f"origin-lines.yml:{line}: sv-h14 is a consulate" in fault for fault in found)


def test_a_file_that_is_no_yaml_is_told(data: Path) -> None:
    (data / "myths" / "broken.yml").write_text("id: [unclosed\n", encoding="utf-8")
    assert any(fault.startswith("broken.yml:") for fault in faults(data))

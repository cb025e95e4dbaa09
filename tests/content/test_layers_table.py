"""The table of the layers: every combination has one end, and a slip is found with its line."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from saying import ROOT

from content.check_layers import check_layers

DATA = ROOT / "data" / "triage"


def has_message(message: str) -> bool:
    """Return whether a message exists; the table of these tests needs no wording."""
    return "no_such" not in message


@pytest.fixture
def edited(tmp_path: Path) -> Callable[[str, str], list[str]]:
    """The problems after one edit of the table."""

    def edit(old: str, new: str) -> list[str]:
        shutil.copytree(DATA, tmp_path, dirs_exist_ok=True)
        file = tmp_path / "layers.yml"
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), "utf-8")
        return [fault.problem for fault in check_layers(tmp_path, has_message)]

    return edit


def test_the_table_and_the_words_are_right() -> None:
    assert check_layers(DATA, has_message) == []


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("need: [unsafe]", "need: [unsave]", "not_safe: unsave is no need"),
        ("days: [stopped]", "days: stopped", "life_has_stopped: days is neither a list nor any"),
        ("layer: protection", "layer: safety", "not_safe: safety is no layer"),
        ("practical: pharmacy", "practical: no_such", "medicine_runs_out: no_such is no kind"),
        ("need: [papers]", "need: [unsafe]", "papers: rows above it always fit first"),
        ("  - name: everybody\n    need: any", "  - name: everybody\n    need: [people]", "no row"),
        ("neighbour: specialised_care", "neighbour: psychological_support", "its own neighbour"),
        ("    reason: Safety is", "    because: Safety is", "not_safe: reason is missing"),
        ("    at_once: true", "    atonce: true", "not_safe: atonce is no field"),
        ("unsafe, other]", "no_such, unsafe, other]", "no_such has no label: choice.need_no_such"),
        ("kinds: [gbv_support,", "kinds: [no_such,", "protection: no_such is no kind of service"),
    ],
)
def test_a_slip_is_named(
    edited: Callable[[str, str], list[str]], old: str, new: str, problem: str
) -> None:
    assert any(problem in told for told in edited(old, new))


def test_a_slip_is_told_with_its_line(tmp_path: Path) -> None:
    shutil.copytree(DATA, tmp_path, dirs_exist_ok=True)
    file = tmp_path / "layers.yml"
    file.write_text(file.read_text("utf-8").replace("[unsafe]", "[unsave]", 1), "utf-8")
    (fault,) = check_layers(tmp_path, has_message)
    named = file.read_text("utf-8").splitlines()[fault.line - 1]
    assert named.strip() == "- name: not_safe"


def test_a_word_that_means_two_things_is_named(tmp_path: Path) -> None:
    shutil.copytree(DATA, tmp_path, dirs_exist_ok=True)
    file = tmp_path / "words.yml"
    file.write_text(file.read_text("utf-8").replace("very_hard: [", "very_hard: [fine, ", 1))
    assert any("'fine' means" in fault.problem for fault in check_layers(tmp_path, has_message))


def test_every_row_gives_a_reason_and_names_its_documents_in_words() -> None:
    rows = yaml.safe_load((DATA / "layers.yml").read_text("utf-8"))["rows"]
    assert all(row["reason"].endswith(".") for row in rows)
    named = {document for row in rows for document in row["documents"]}
    assert named <= {
        "FOCUS Approach to Dynamic Integration",
        "FOCUS Policy Brief",
        "Urban Agenda recommendations on mental health",
    }


def test_every_layer_has_at_least_three_kinds_of_service() -> None:
    layers = yaml.safe_load((DATA / "layers.yml").read_text("utf-8"))["layers"]
    assert all(len(layer["kinds"]) >= 3 for layer in layers.values())

"""What is wrong in a pack is told with its file and the line it stands on."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from saying import PACKS, has_message

from directory.pack_files import Fault, read_pack
from directory.pack_lint import lint_pack

# file, what stands there, what a slip makes of it, what is said. The line is that of the slip.
FAULTS = [
    ("rights", "entitlement: full", "entitlement: everything", "entitlement"),
    ("rights", "kind: free", "kind: gratis", "cost.kind"),
    ("rights", "status: [asylum_seeker]", "status: [tourist]", "status"),
    ("rights", "care: [medicines]", "care: [teeth]", "care"),
    ("rights", "confidence: high", "confidence: sure", "confidence"),
    ("rights", "- id: gr-r02", "- id: gr-r01", "gr-r01 stands twice"),
    ("rights", "- id: gr-r03", "- id: cy-r03", "cy-r03 is not an id of GR"),
    ("rights", "superseded_by: null", "superseded_by: gr-r99", "gr-r99 is no other entry"),
    ("rights", "valid_from: null", "valid_from: '2026-02-30'", "no such day"),
    ("rights", "documents: [gr_paaypa, asylum_card]", "documents: [library_card]", "library_card"),
    ("rights", "steps: [register_asylum", "steps: [fly_to_moon", "step.fly_to_moon"),
    ("rights", "reporting: unknown", "reporting: perhaps", "reporting"),
    ("rights", "reporting: unknown", "reportnig: unknown", "reportnig"),
    ("helplines", "purpose: [gbv]", "purpose: [chat]", "purpose"),
    ("helplines", "{number: '112', kind: voice}", "{number: 'call us', kind: voice}", "no digit"),
    ("helplines", "always: true", "always: perhaps", "hours"),
    ("helplines", "verified: never", "verified: yesterday", "verified"),
    ("services", "e164: '+302108616280'", "e164: '+30'", "e164"),
    ("services", "e164: '+302108616280'", "e164: '+3021086162801234'", "e164"),
    ("services", "opens: '09:00'", "opens: nine", "opens"),
    ("services", "documents: [none_needed]", "documents: [library_card]", "library_card"),
    ("services", "waiting: {text: null, known: false}", "waiting: {text: x, known: true}", "code"),
    ("services", "kinds: [psychiatry", "kinds: [shamanism", "kinds"),
    ("services", "scope: city", "scope: moon", "scope"),
    ("services", "run_by: ngo", "run_by: somebody", "run_by"),
    ("pack", "emergency: [gr-h01", "emergency: [gr-h99", "gr-h99 is no line"),
    ("pack", "timezones: [Europe/Athens]", "timezones: [Europe/Sparta]", "Europe/Sparta"),
    ("pack", "country: GR", "country: CY", "country is not the folder's"),
    ("pack", "rules: {}", "rules: {first_lines: [gr-h88]}", "gr-h88 is no line"),
    ("pack", "rules: {}", "rules: {colour: blue}", "colour"),
]


@pytest.fixture
def greece(tmp_path: Path) -> Path:
    shutil.copytree(PACKS / "schema", tmp_path / "schema")
    shutil.copytree(PACKS / "GR", tmp_path / "GR")
    return tmp_path / "GR"


def faults_of(folder: Path) -> list[Fault]:
    pack, faults = read_pack(folder)
    return faults or (lint_pack(pack, has_message) if pack else [])


@pytest.mark.parametrize(("part", "old", "new", "problem"), FAULTS)
def test_a_slip_is_told_with_its_line(
    greece: Path, part: str, old: str, new: str, problem: str
) -> None:
    path = greece / f"{part}.yml"
    before, found, after = path.read_text("utf-8").partition(old)
    assert found
    path.write_text(before + new + after, encoding="utf-8")
    line = before.count("\n") + 1
    faults = faults_of(greece)
    mine = [fault for fault in faults if problem in fault.problem]
    assert mine, [str(fault) for fault in faults]
    assert mine[0].path == path
    # A key that is missing or unknown is told where its entry begins.
    lines = [fault.line for fault in mine]
    assert min(abs(line - number) for number in lines) <= (25 if "nig" in new else 1)


def test_an_untouched_pack_has_no_fault(greece: Path) -> None:
    assert faults_of(greece) == []


def test_a_protected_house_with_a_street_is_refused(greece: Path) -> None:
    path = greece / "services.yml"
    text = path.read_text("utf-8")
    at = text.index("protection: true")
    line = text[:at].count("\n") + 2
    address = text.index("addresses: []", at)
    line = text[:address].count("\n") + 1
    path.write_text(text[:address] + "addresses: ['Main Street 1']" + text[address + 13 :], "utf-8")
    (fault,) = faults_of(greece)
    assert fault.line == line
    assert "no address may stand here" in fault.problem


def test_a_house_that_is_not_marked_as_protected_is_refused(greece: Path) -> None:
    path = greece / "services.yml"
    text = path.read_text("utf-8").replace("protection: true", "protection: false", 1)
    path.write_text(text, "utf-8")
    assert ["needs protection: true" in fault.problem for fault in faults_of(greece)] == [True]


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("- id: a\n  b: [1\n", 3, ""),
        ("- id: a\n  id: b\n", 2, "stands twice"),
        ("- id: a\n  ? [b]\n  : 1\n", 2, "unhashable key"),
        ("- id: a\n\tb: 1\n", 2, ""),
        ("just words", 1, "array"),
    ],
)
def test_a_file_that_is_no_pack_is_told_with_its_line(
    greece: Path, text: str, line: int, problem: str
) -> None:
    (greece / "rights.yml").write_text(text, encoding="utf-8")
    fault = faults_of(greece)[0]
    assert fault.path.name == "rights.yml"
    assert fault.line == line
    assert problem in fault.problem


def test_a_file_in_another_encoding_or_missing_is_told(greece: Path) -> None:
    (greece / "rights.yml").write_bytes("- nombre: niño".encode("latin-1"))
    (greece / "helplines.yml").unlink()
    told = {fault.path.name: fault.problem for fault in faults_of(greece)}
    assert told["rights.yml"] == "not UTF-8"
    assert "cannot be read" in told["helplines.yml"]

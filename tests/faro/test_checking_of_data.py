"""`faro check` tells file, line and what is wrong, and needs no database."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from content.check import check_messages
from directory.pack_files import fault_of
from faro.checking import check_packs, check_training
from faro.root import MESSAGES, PACKS, ROOT
from faro.wordings import has_message_everywhere


@pytest.fixture
def packs(tmp_path) -> Path:
    folder = tmp_path / "packs"
    for name in ("schema", "SV"):
        shutil.copytree(PACKS / name, folder / name)
    return folder


def faults(folder: Path) -> list[str]:
    return [str(fault) for fault in check_packs(folder, has_message_everywhere()).faults]


def change(path: Path, old: str, new: str) -> int:
    """Change the first ``old`` and return the line it stands on."""
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_the_packs_of_the_project_are_right_and_nothing_of_them_is_lost():
    packs = check_packs(PACKS, has_message_everywhere())
    assert packs.faults == ()
    assert packs.summary() == "229 rights facts, 226 helplines, 402 services, 19 countries"


def test_a_value_that_the_schema_does_not_know_is_told_with_its_line(packs):
    line = change(packs / "SV" / "rights.yml", "entitlement: full", "entitlement: everything")
    found = faults(packs)
    assert any(f"rights.yml:{line}: entitlement: 'everything'" in fault for fault in found), found


def test_a_file_that_is_no_yaml_is_told_with_its_line(packs):
    with (packs / "SV" / "helplines.yml").open("a", encoding="utf-8") as file:
        file.write("\n- id: [unclosed\n")
    assert any(re.search(r"helplines\.yml:\d+: ", fault) for fault in faults(packs))


def test_a_file_that_is_missing_is_told(packs):
    (packs / "SV" / "services.yml").unlink()
    assert any("services.yml:1: cannot be read" in fault for fault in faults(packs))


def test_a_folder_without_packs_is_told(tmp_path):
    assert len(check_packs(tmp_path, has_message_everywhere()).faults) == 1
    assert len(check_packs(tmp_path / "nowhere", has_message_everywhere()).faults) == 1


@pytest.fixture(autouse=True)
def what_a_folder_of_messages_also_holds(tmp_path) -> None:
    for file in ("banned.yml", "pictograms.yml"):
        shutil.copy(MESSAGES / file, tmp_path)
    (tmp_path / "says.yml").write_text("says: []\nchoices: []\n", "utf-8")


def po(*messages: tuple[str, str, str]) -> str:
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    return head + "".join(
        f'\nmsgctxt "{name}"\nmsgid "{english}"\nmsgstr "{text}"\n'
        for name, english, text in messages
    )


@pytest.mark.parametrize(
    ("spanish", "problem"),
    [
        (po(), "a.hello has no wording in es"),
        (po(("a.hello", "Hello {name}", "")), "a.hello has no wording in es"),
        (po(("a.hello", "Hello {name}", "Hola")), "the placeholders are none and must be {name}"),
        (po(("a.hello", "Hello {name}", "Hola {nombre}")), "must be {name}"),
        (po(("a.hello", "Good day {name}", "Hola {name}")), "is outdated"),
        (po(("a.hello", "Hello {name}", "Hola {name")), "a brace is not closed"),
    ],
)
def test_a_message_that_is_missing_broken_or_outdated_is_told(tmp_path, spanish, problem):
    (tmp_path / "en.po").write_text(po(("a.hello", "Hello {name}", "Hello {name}")), "utf-8")
    (tmp_path / "es.po").write_text(spanish, "utf-8")
    faults = check_messages(tmp_path, ("en", "es"))
    assert {fault.path.name for fault in faults} == {"es.po"}
    assert any(problem in fault.problem for fault in faults)


def test_messages_that_agree_have_no_fault(tmp_path):
    (tmp_path / "en.po").write_text(po(("a.hello", "Hello {name}", "Hello {name}")), "utf-8")
    (tmp_path / "es.po").write_text(po(("a.hello", "Hello {name}", "Hola {name}")), "utf-8")
    assert check_messages(tmp_path, ("en", "es")) == []


def test_a_language_without_messages_is_told(tmp_path):
    (fault,) = check_messages(tmp_path, ("qq",))
    assert fault.path.name == "qq.po"


def training(tmp_path, intents: str, messages: str):
    (tmp_path / "languages.yml").write_text("languages:\n- {tag: es, enabled: true}\n", "utf-8")
    (tmp_path / "intents.yml").write_text(f"intents: [{intents}]\n", "utf-8")
    (tmp_path / "nlu" / "es").mkdir(parents=True)
    (tmp_path / "nlu" / "es" / "small.yml").write_text(f"nlu:\n{messages}", "utf-8")
    return check_training(tmp_path, tmp_path / "intents.yml")


def test_an_intent_without_messages_is_a_fault_and_one_with_few_is_told(tmp_path):
    block = "- intent: greet\n  examples: |\n    - hola\n"
    checked = training(tmp_path, "greet, thanks, gibberish", block)
    assert [fault.problem for fault in checked.faults] == ["thanks has no message"]
    assert checked.short == ("es: 2 of 2 intents short, first thanks 0 of 25, greet 1 of 60",)


def test_messages_of_an_intent_that_does_not_exist_are_told(tmp_path):
    checked = training(tmp_path, "", "- {intent: gret, examples: ''}\n")
    assert ["gret is no intent" in str(fault) for fault in checked.faults] == [True]


def test_an_error_of_a_reader_becomes_a_fault():
    fault = fault_of(ValueError("/a/b.yml:7: stands twice: really"))
    assert (str(fault.path), fault.line, fault.problem) == ("/a/b.yml", 7, "stands twice: really")


def test_the_command_leaves_with_one_and_names_file_and_line(packs, tmp_path):
    line = change(packs / "SV" / "rights.yml", "entitlement: full", "entitlement: everything")
    done = subprocess.run(
        [sys.executable, "-m", "faro", "check", "--packs", str(packs)],
        capture_output=True, text=True, cwd=tmp_path, check=False, env={"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert done.returncode == 1
    assert f"packs/SV/rights.yml:{line}: entitlement" in done.stdout
    assert "Traceback" not in done.stderr


def test_the_command_counts_what_is_right(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "faro", "check", "--packs", str(PACKS)],
        capture_output=True, text=True, cwd=tmp_path, check=False, env={"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (
        0,
        "ok: 229 rights facts, 226 helplines, 402 services, 19 countries\n",
    )

"""A message that is missing, outdated or hurtful is found before anybody reads it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from saying import PACKS, ROOT

from content.check import check_messages
from content.check_overrides import check_overrides
from content.messages import read_messages
from directory.pack_files import Fault, read_pack

MESSAGES = ROOT / "data" / "messages"
THANKS = 'msgctxt "thanks.reply"'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(MESSAGES, tmp_path / "messages")
    return tmp_path / "messages"


def faults(folder: Path) -> list[Fault]:
    return check_messages(folder, ("en", "es"))


def edit(path: Path, message: str, old: str, new: str) -> int:
    """Change a message and return the line its entry begins at."""
    text = path.read_text("utf-8")
    at = text.index(f'msgctxt "{message}"')
    place = text.index(old, at)
    path.write_text(text[:place] + new + text[place + len(old) :], encoding="utf-8")
    return text[:at].count("\n") + 1


def test_our_own_messages_are_without_fault() -> None:
    assert [str(fault) for fault in faults(MESSAGES)] == []


def told(folder: Path, name: str, message: str) -> Fault:
    (fault,) = [f for f in faults(folder) if message in f.problem and f.path.name == name]
    return fault


def test_an_outdated_wording_is_told_with_its_line(folder: Path) -> None:
    line = edit(folder / "en.po", "thanks.reply", 'msgstr "You are', 'msgstr "Indeed you are')
    assert "outdated" in told(folder, "es.po", "thanks.reply").problem
    assert abs(told(folder, "es.po", "thanks.reply").line - line) <= 2


def test_a_missing_wording_is_told(folder: Path) -> None:
    text = (folder / "es.po").read_text("utf-8")
    start = text.index(THANKS)
    end = text.index("\n\n", start)
    (folder / "es.po").write_text(text[:start] + text[end + 2 :], encoding="utf-8")
    assert "no wording in es" in told(folder, "es.po", "thanks.reply").problem


def test_an_empty_wording_is_told_with_its_line(folder: Path) -> None:
    line = edit(
        folder / "es.po", "thanks.reply", "Con mucho gusto. ¿Quiere que busque algo más?", ""
    )
    empty = [f for f in faults(folder) if "empty wording" in f.problem]
    assert [fault.path.name for fault in empty] == ["es.po"]
    assert abs(empty[0].line - line) <= 3


def test_a_fuzzy_wording_is_told(folder: Path) -> None:
    edit(folder / "es.po", "thanks.reply", THANKS, f"#, fuzzy\n{THANKS}")
    assert any("marked fuzzy" in fault.problem for fault in faults(folder))


@pytest.mark.parametrize(
    ("new", "problem"),
    [
        ("{contry}: ¿en qué", "placeholders are {contry}"),
        ("¿en qué", "placeholders are none"),
        ("{country: ¿en qué", "brace is not closed"),
    ],
)
def test_another_placeholder_is_told_with_its_line(folder: Path, new: str, problem: str) -> None:
    line = edit(folder / "es.po", "ask.city", "{country}: ¿en qué", new)
    fault = told(folder, "es.po", "ask.city")
    assert problem in fault.problem
    assert abs(fault.line - line) <= 2


def test_a_placeholder_that_nothing_fills_is_told(folder: Path) -> None:
    for name in ("en.po", "es.po"):
        text = (folder / name).read_text("utf-8")
        start = text.index(THANKS)
        end = text.index("\n\n", start)
        entry = text[start:end].replace("You are welcome.", "You are welcome, {nickname}.")
        entry = entry.replace("Con mucho gusto.", "Con mucho gusto, {nickname}.")
        (folder / name).write_text(text[:start] + entry + text[end:], encoding="utf-8")
    assert "nothing fills nickname" in told(folder, "en.po", "thanks.reply").problem


@pytest.mark.parametrize(
    ("name", "old", "new", "word"),
    [
        ("es.po", "Con mucho gusto.", "Aunque sea ilegal.", "ilegal"),
        ("es.po", "Con mucho gusto.", "Es su trauma.", "trauma"),
        ("es.po", "Con mucho gusto.", "¿Por qué no denunció?", "por que no denuncio"),
        ("es.po", "Con mucho gusto.", "Su pareja lo verá.", "pareja"),
    ],
)
def test_words_that_hurt_or_give_away_are_told(
    folder: Path, name: str, old: str, new: str, word: str
) -> None:
    edit(folder / name, "thanks.reply", old, new)
    assert word in told(folder, name, "thanks.reply").problem


@pytest.mark.parametrize(
    ("text", "line"), [('msgctxt "a"\nmsgid "b"\nmsgstr "c"\nnonsense\n', 4), ("what is this\n", 1)]
)
def test_a_broken_file_is_told_with_its_line_and_nothing_else(
    folder: Path, text: str, line: int
) -> None:
    (folder / "es.po").write_text(text, encoding="utf-8")
    (fault,) = faults(folder)
    assert (fault.path.name, fault.line) == ("es.po", line)


def test_a_message_that_stands_twice_is_told_with_its_line(folder: Path) -> None:
    path = folder / "es.po"
    text = path.read_text("utf-8")
    path.write_text(f'{text}\n{THANKS}\nmsgid "x"\nmsgstr "y"\n', encoding="utf-8")
    (fault,) = faults(folder)
    assert "stands twice" in fault.problem
    assert fault.line > text.count("\n")


def test_a_file_that_is_missing_is_told(folder: Path) -> None:
    (folder / "es.po").unlink()
    assert [str(f.problem) for f in faults(folder)] == ["there is no such file"]


def test_a_say_or_a_choice_without_words_is_told_with_its_line(folder: Path) -> None:
    path = folder / "says.yml"
    text = path.read_text("utf-8")
    text = text.replace("says:\n", "says:\n  - weather.today\n", 1)
    text = text.replace("choices:\n", "choices:\n  - fly_home\n  - Not An Id\n", 1)
    path.write_text(text, encoding="utf-8")
    found = [(fault.line, fault.problem.split()[0]) for fault in faults(folder)]
    choices = text[: text.index("choices:")].count("\n") + 1
    assert found == [(3, "weather.today"), (choices + 1, "fly_home"), (choices + 2, "Not")]


def test_overrides_of_a_pack_are_checked_with_their_lines(tmp_path: Path) -> None:
    shutil.copytree(PACKS / "schema", tmp_path / "schema")
    shutil.copytree(PACKS / "SV", tmp_path / "SV")
    path = tmp_path / "SV" / "pack.yml"
    text = path.read_text("utf-8").replace("menu: null", "menu: [find_service, fly_home]")
    text = text.replace(
        "messages: {}",
        "messages:\n  es:\n    thanks.reply: Gracias a usted.\n    no.such: Hola.\n"
        "    ask.city: '{town}: ¿dónde está?'",
    )
    path.write_text(text, encoding="utf-8")
    pack, wrong = read_pack(tmp_path / "SV")
    assert pack is not None
    assert not wrong
    found = check_overrides([pack], read_messages(MESSAGES), frozenset({"find_service"}))
    lines = text.splitlines()
    assert {(lines[f.line - 1].split(":")[0].strip(), f.problem.split()[0]) for f in found} == {
        ("no.such", "no.such"),
        ("ask.city", "ask.city:"),
        ("menu", "fly_home"),
    }


def test_a_language_may_begin_with_the_short_set_and_needs_all_of_it(folder: Path) -> None:
    urdu = (folder / "ur.po").read_text("utf-8")
    assert 'msgctxt "distress.loneliness"' not in urdu
    assert check_messages(folder, ("en", "es", "ur"), ("ur",)) == []
    whole = check_messages(folder, ("en", "es", "ur"))
    assert any(f.problem == "distress.loneliness has no wording in ur" for f in whole)
    start = urdu.index(THANKS)
    end = urdu.index("\n\n", start)
    (folder / "ur.po").write_text(urdu[:start] + urdu[end + 2 :], encoding="utf-8")
    (fault,) = check_messages(folder, ("en", "es", "ur"), ("ur",))
    assert fault.problem == "thanks.reply has no wording in ur"

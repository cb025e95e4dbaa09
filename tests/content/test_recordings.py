"""Each key message has a recording in each language, or says that it has none yet."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml
from saying import ROOT

from content.languages import enabled_languages
from content.messages import read_messages
from content.recordings import NOT_YET, check_recordings, fingerprint, read_recordings

FOLDER = ROOT / "data" / "recordings"
LANGUAGES = enabled_languages(ROOT / "data" / "languages.yml")
MESSAGES = read_messages(ROOT / "data" / "messages")
AGAIN = "danger.again"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(FOLDER, tmp_path / "recordings")
    return tmp_path / "recordings"


def write(folder: Path, row: object, message: str = AGAIN) -> None:
    rows = yaml.safe_load((folder / "es.yml").read_text("utf-8")) | {message: row}
    (folder / "es.yml").write_text(yaml.safe_dump(rows), "utf-8")


def told(folder: Path) -> list[str]:
    return [fault.problem for fault in check_recordings(folder, MESSAGES, ["es"])[0]]


def recorded(folder: Path, **changed: object) -> dict[str, object]:
    (folder / "es").mkdir(exist_ok=True)
    (folder / "es" / "again.ogg").write_bytes(b"OggS" + bytes(100))
    wording = fingerprint(MESSAGES.wording(AGAIN, "es").text)
    row = {"file": "es/again.ogg", "voice": "Ana", "recorded": "2026-12-01", "wording": wording}
    return {**row, **changed}


def test_every_language_says_of_every_key_message_whether_it_is_recorded():
    faults, there, waiting = check_recordings(FOLDER, MESSAGES, LANGUAGES)
    assert faults == []
    key = yaml.safe_load((FOLDER / "key.yml").read_text("utf-8"))["key"]
    assert there + waiting == len(key) * len(LANGUAGES)


def test_a_recording_is_found_by_message_and_language(folder):
    write(folder, recorded(folder))
    assert told(folder) == []
    recordings = read_recordings(folder, LANGUAGES)
    assert recordings.of(AGAIN, "es") == "es/again.ogg"
    assert recordings.of(AGAIN, "en") is None


def test_a_recording_of_another_wording_is_told(folder):
    write(folder, recorded(folder, wording="0" * 12))
    assert "another wording" in told(folder)[0]


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"file": "es/none.ogg"}, "no such recording"),
        ({"file": "../es.yml"}, "no such recording"),
        ({"file": "es.yml"}, "no Ogg file"),
    ],
)
def test_a_file_that_cannot_be_played_is_told(folder, changed, problem):
    write(folder, recorded(folder, **changed))
    assert problem in told(folder)[0]


def test_a_row_that_is_missing_or_unknown_is_told(folder):
    rows = yaml.safe_load((folder / "es.yml").read_text("utf-8"))
    del rows[AGAIN]
    rows["note.few_places"] = NOT_YET
    rows["greet.hello"] = "soon"
    (folder / "es.yml").write_text(yaml.safe_dump(rows), "utf-8")
    assert sorted(told(folder)) == [
        f"{AGAIN} has neither a recording nor 'not yet'",
        "greet.hello: needs file, voice, recorded and wording, or 'not yet'",
        "note.few_places: is no key message",
    ]

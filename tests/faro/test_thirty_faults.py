"""`faro check` fails on each of more than thirty faults, seeded one by one, with file and line."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

import pytest
from seeded import LANGUAGES, Seed, copied
from seeds import CARDS, COUNTRY, MESSAGES, PACK, RECORDINGS, SEEDS, TABLES, TRAINED, TRAINING
from typer import Typer
from typer.testing import CliRunner

from content.check import check_messages
from content.check_layers import check_layers
from content.check_training import check_language
from content.messages import Messages, read_messages
from content.recordings import check_recordings
from directory.pack_files import Fault, read_pack
from directory.pack_lint import lint_pack
from directory.pack_places import check_cities
from faro.check_sms import check_sms
from faro.checking import Packs, check_all_cards, check_packs
from faro.commands import check
from faro.root import PACKS, ROOT
from faro.wordings import whole_messages


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return copied(tmp_path)


@cache
def packs() -> Packs:
    return check_packs(PACKS, whole_messages().everywhere)


def of_messages(data: Path) -> list[Fault]:
    folder = data / "messages"
    if found := check_messages(folder, LANGUAGES[:2]):
        return found
    return list(check_sms(read_messages(folder, LANGUAGES[:2]), LANGUAGES[:2], folder))


def of_recordings(data: Path) -> list[Fault]:
    return check_recordings(data / "recordings", spoken(data), LANGUAGES[:2])[0]


def of_cards(data: Path) -> list[Fault]:
    return check_all_cards(data, packs(), spoken(data))


def of_triage(data: Path) -> list[Fault]:
    return check_layers(data / "triage", spoken(data).everywhere)


def of_packs(data: Path) -> list[Fault]:
    pack, faults = read_pack(data / "packs" / COUNTRY)
    if pack is None or faults:
        return faults
    towns = ROOT / "var" / "places.sqlite"
    return [
        *lint_pack(pack, spoken(data).everywhere),
        *check_cities([pack], data / "packs", towns),
    ]


def of_training(data: Path) -> list[Fault]:
    return check_language(data, TRAINED, ["Latn"])


def spoken(data: Path) -> Messages:
    return read_messages(data / "messages", LANGUAGES[:2])


PARTS: dict[str, Callable[[Path], list[Fault]]] = {
    "messages": of_messages,
    "recordings": of_recordings,
    "cards": of_cards,
    "triage": of_triage,
    "packs": of_packs,
    "training": of_training,
}


def sown(seed: Seed, root: Path) -> int | None:
    """Make a fault in a copy and return the line that it should be told with."""
    return seed.change(root / seed.file)


def tells(fault: Fault, seed: Seed, line: int | None) -> bool:
    right_file = str(fault.path).endswith(seed.told or seed.file)
    right_line = seed.told or line is None or abs(fault.line - line) <= seed.slack
    return right_file and bool(right_line) and seed.problem in fault.problem


def test_there_are_at_least_thirty() -> None:
    assert len({seed.name for seed in SEEDS}) >= 30
    assert {seed.family for seed in SEEDS} == PARTS.keys()


@pytest.mark.parametrize("family", PARTS)
def test_the_copy_has_no_fault_before_it_is_seeded(project: Path, family: str) -> None:
    assert [str(fault) for fault in PARTS[family](project / "data")] == []


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name)
def test_a_seeded_fault_is_told_with_its_file_and_line(project: Path, seed: Seed) -> None:
    line = sown(seed, project)
    found = PARTS[seed.family](project / "data")
    assert any(tells(fault, seed, line) for fault in found), (line, [str(f) for f in found][:9])
    assert all(fault.line >= 1 for fault in found)


def test_the_whole_command_tells_one_of_each_family_and_leaves_with_one(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seeds = [MESSAGES[1], RECORDINGS[1], CARDS[2], TABLES[0], PACK[2], TRAINING[0]]
    assert {seed.family for seed in seeds} == PARTS.keys()
    lines = [sown(seed, project) for seed in seeds]
    monkeypatch.chdir(project)
    monkeypatch.setattr(check, "check_everything", partial(check.check_everything, project))
    app = Typer()
    app.command()(check.command)
    done = CliRunner().invoke(app, [])
    assert done.exit_code == 1
    told = [line.split(":", 2) for line in done.stdout.splitlines() if line.count(":") > 1]
    faults = [Fault(Path(path), int(line), problem.strip()) for path, line, problem in told]
    for seed, line in zip(seeds, lines, strict=True):
        assert any(tells(fault, seed, line) for fault in faults), (seed.name, done.output)

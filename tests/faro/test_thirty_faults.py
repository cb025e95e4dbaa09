"""`faro check` fails on each of more than thirty faults, seeded one by one, with file and line."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

import pytest
from seeded import (
    COUNTRY,
    FEW,
    LANGUAGES,
    TRAINED,
    Seed,
    add,
    change,
    copied,
    recorded,
    without_message,
    worded,
)
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

THANKS = "thanks.reply"
REPLY = "Con mucho gusto. ¿Quiere que busque algo más?"
HARD = "Consideraciones administrativas extraordinariamente complicadas. "
CARD, PRACTICE = "data/myths/hospital_police.yml", "data/practices/canada_arts.yml"
TRIAGE, SAYS = "data/triage/layers.yml", "data/messages/says.yml"
RIGHTS, LINES = f"data/packs/{COUNTRY}/rights.yml", f"data/packs/{COUNTRY}/helplines.yml"
PLACES = f"data/packs/{COUNTRY}/services.yml"
HEARD, LEARNT = "data/recordings/es.yml", f"data/nlu/{TRAINED}/danger.yml"
RECORDED = "{file: es/again.ogg, voice: Amal, recorded: 2026-12-01, wording: 000000000000}"
NEVER_READ = """\
  - name: too_late
    need: [talk]
    for_whom: any
    days: any
    wish: [nothing]
    layer: basic_psychosocial
    neighbour: psychological_support
    practical: legal_aid
    reason: Another row says so before.
    documents: [FOCUS Policy Brief]"""


def _worded(name: str, text: str, problem: str, message: str = THANKS) -> Seed:
    return Seed(name, "messages", FEW, worded(message, text), problem, slack=3)


MESSAGES = (
    Seed("missing", "messages", FEW, without_message(THANKS), f"{THANKS} has no wording in es"),
    Seed("outdated", "messages", FEW, change("You are welcome", "You were", THANKS),
         f"{THANKS} is outdated", slack=3),
    _worded("empty", "", f"{THANKS} has an empty wording"),
    Seed("fuzzy", "messages", FEW, change(f'msgctxt "{THANKS}"', f'#, fuzzy\nmsgctxt "{THANKS}"'),
         f"{THANKS} is marked fuzzy", slack=5),
    _worded("another placeholder", "¿En qué ciudad de {contry}?", "ask.city: the placeholders are",
            "ask.city"),
    _worded("a brace that is not closed", "{country: ¿en qué ciudad?", "ask.city: a brace is not",
            "ask.city"),
    _worded("too long", "Con mucho gusto. " * 20, f"{THANKS}: 3"),
    _worded("too short", "¿Sí?", f"{THANKS}: 4 characters where the English has"),
    _worded("a sentence too long", "y " * 29 + "ya.", f"{THANKS}: a sentence of 30 words"),
    Seed("hard to read", "messages", FEW, lambda path: worded("waiting.long_waits", HARD * 25)(path)
         and 1, "waiting.*: reading level"),
    _worded("a word that hurts", "Aunque sea ilegal, busque algo más.", f"{THANKS}: 'ilegal' is never"),
    _worded("a word that gives away", "Su pareja lo verá. ¿Algo más?",
            f"{THANKS}: 'pareja' stands in the first"),
    _worded("a letter that doubles an SMS", "Con mucho gusto ✓. ¿Quiere algo más?", "'á✓' doubles the segments"),
    Seed("a choice without a pictogram", "messages", "data/messages/pictograms.yml",
         lambda path: change("care.*: 🩺\n", "")(path) and None,
         "care=primary has no pictogram", SAYS),
    Seed("a say without words", "messages", SAYS, change("says:\n", "says:\n  - weather.today\n"),
         "weather.today has neither a message nor a speaker", slack=1),
    Seed("a choice without a label", "messages", SAYS,
         change("choices:\n", "choices:\n  - find_service:kind=umbrella\n"),
         "find_service:kind=umbrella has no label", slack=1),
)  # fmt: skip
RECORDINGS = (
    Seed("a recording without a row", "recordings", HEARD,
         lambda path: change("danger.again: not yet\n", "")(path) and 1,
         "danger.again has neither a recording nor 'not yet'"),
    Seed("a recording that is not there", "recordings", HEARD,
         recorded(RECORDED.replace("again", "lost")), "danger.again: there is no such recording"),
    Seed("a recording of another wording", "recordings", HEARD, recorded(RECORDED),
         "danger.again: is of another wording"),
)  # fmt: skip
CARDS = (
    Seed("a myth without a source", "cards", CARD,
         change("title: 'Rosengrenska: information for patients'", "title: ''"),
         "a source has a title and a date", slack=1),
    Seed("a myth with an unknown concept", "cards", CARD,
         change("[HOSPITAL, POLICE]", "[HOSPITAL, ARMY]"), "ARMY is no concept"),
    Seed("a myth with an unknown fact", "cards", CARD, change("se-r08", "se-r99"),
         "se-r99 stands in no pack"),
    Seed("a practice without limits", "cards", "data/messages/en.po",
         without_message("practice.canada_arts.limits"),
         "practice.canada_arts.limits has no wording", PRACTICE),
    Seed("a line of origin with an unknown number", "cards", "data/borders/origin-lines.yml",
         change("sv-h03", "sv-h99"), "sv-h99 is no line of SV"),
)  # fmt: skip
TABLES = (
    Seed("a row with an unknown layer", "triage", TRIAGE,
         change("layer: protection", "layer: paradise", "name: not_safe"),
         "not_safe: paradise is no layer", slack=6),
    Seed("a row that is never reached", "triage", TRIAGE, add(NEVER_READ), "too_late: rows above it",
         slack=9),
    Seed("a table that does not end", "triage", TRIAGE,
         change("need: any", "need: [talk]", "name: everybody"), "no row fits", slack=400),
)  # fmt: skip
PACK = (
    Seed("an unknown code", "packs", RIGHTS, change("steps: [", "steps: [cy_fly_home, "),
         "steps: step.cy_fly_home has no wording"),
    Seed("a fact whose code lost its message", "packs", FEW, without_message("step.cy_show_letter"),
         "steps: step.cy_show_letter has no wording", RIGHTS),
    Seed("a day that does not exist", "packs", RIGHTS,
         change("valid_until: null", "valid_until: '2026-02-31'"), "valid_until: no such day"),
    Seed("a check on a day that does not exist", "packs", PLACES,
         change("verified: never", "verified: '2026-06-31'"), "verified: no such day"),
    Seed("a number that is not E.164", "packs", PLACES,
         change("e164: '+35722103234'", "e164: '22103234'"), "phones.e164: "),
    Seed("a number that is too long", "packs", PLACES,
         change("e164: '+35722103234'", "e164: '+357221032341111'"), "phones: e164 is not a possible"),
    Seed("a fact without a source", "packs", RIGHTS, change("  source:\n", "  sources:\n"),
         "'source' is a required property", slack=30),
    Seed("an unknown city", "packs", PLACES, change("city: Nicosia", "city: Atlantis"),
         "places: Atlantis is no known town"),
    Seed("a shelter without a way in", "packs", PLACES,
         change("  way_in: []\n", "", "- id: cy-s06"), "'way_in' is a required property", slack=40),
)  # fmt: skip
TRAINING = (
    Seed("a message that is learnt twice", "training", LEARNT, add("    - nataka kufa"),
         "the same as danger.yml:"),
    Seed("a message in another script", "training", LEARNT, add("    - я хочу умереть сегодня"),
         "is in Cyrl"),
)  # fmt: skip
SEEDS = (*MESSAGES, *RECORDINGS, *CARDS, *TABLES, *PACK, *TRAINING)


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

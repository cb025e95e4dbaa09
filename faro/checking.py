"""Everything that can be wrong in what people edit, found without a database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from content.languages import enabled_languages
from directory.pack_files import Fault, PackFiles, fault_of, pack_folders, read_pack
from directory.pack_lint import HasMessage, lint_pack
from directory.yaml_lines import YamlError, read_yaml

# Decided by the door or chosen from a menu, so there is nothing to train them with.
UNTRAINED = frozenset(
    {"gibberish", "inform", "more", "decline", "not_that", "unsure", "helpline"}
    | {"danger_follow_up", "out_of_range"}
)
FEWEST_MESSAGES = 40  # an intent and language; with fewer it is guessed, not understood


@dataclass(frozen=True)
class Packs:
    """The packs that could be read, and what is wrong in all of them."""

    read: tuple[PackFiles, ...]
    faults: tuple[Fault, ...]

    def count(self, part: str) -> int:
        """Return how many entries a part has in all countries."""
        return sum(len(pack.part(part) or []) for pack in self.read)

    def summary(self) -> str:
        """Return the counts in one line."""
        return (
            f"{self.count('rights')} rights facts, {self.count('helplines')} helplines,"
            f" {self.count('services')} services, {len(self.read)} countries"
        )


def check_packs(folder: Path, has_message: HasMessage) -> Packs:
    """Return the packs in a folder such as ``data/packs``, checked form first, then meaning."""
    packs: list[PackFiles] = []
    faults: list[Fault] = []
    if not folder.is_dir() or not (folders := pack_folders(folder)):
        return Packs((), (Fault(folder, 1, "there is no pack in this folder"),))
    for country in folders:
        pack, wrong = read_pack(country)
        if pack is not None and not wrong:  # the linter relies on the form
            wrong = lint_pack(pack, has_message)
        if pack is not None:
            packs.append(pack)
        faults += wrong
    return Packs(tuple(packs), tuple(faults))


def check_training(data: Path, domain: Path) -> list[Fault]:
    """Return which intents of ``domain/intents.yml`` have too few messages, by language."""
    faults: list[Fault] = []
    try:
        wanted = [name for name in read_yaml(domain).data["intents"] if name not in UNTRAINED]
        for language in enabled_languages(data / "languages.yml"):
            faults += _too_few(data / "nlu" / language, wanted)
    except YamlError as error:
        faults.append(fault_of(error))
    return faults


def _too_few(folder: Path, wanted: list[str]) -> Iterator[Fault]:
    counts = dict.fromkeys(wanted, 0)
    stands: dict[str, tuple[Path, int]] = {}
    for path in sorted(folder.glob("*.yml")):
        document = read_yaml(path)
        for position, block in enumerate(document.data["nlu"]):
            intent = block.get("intent")
            if intent not in counts:
                yield Fault(path, document.line(["nlu", position]), f"{intent} is no intent")
                continue
            counts[intent] += _messages(block)
            stands.setdefault(intent, (path, document.line(["nlu", position])))
    for intent, count in counts.items():
        if count < FEWEST_MESSAGES:
            path, line = stands.get(intent, (folder, 1))
            problem = f"{intent} has {count} messages, at least {FEWEST_MESSAGES} are needed"
            yield Fault(path, line, problem)


def _messages(block: dict[str, Any]) -> int:
    return sum(line.strip().startswith("- ") for line in block["examples"].splitlines())

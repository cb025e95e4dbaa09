"""Everything that can be wrong in what people edit, found without a database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from content.check_cards import check_cards
from content.check_origin_lines import check_origin_lines
from content.check_training import check_language, short_cells
from content.languages import read_languages
from content.messages import SOURCE_LANGUAGE, Messages
from content.training_files import read_examples
from directory.pack_files import Fault, PackFiles, fault_of, pack_folders, read_pack
from directory.pack_lint import HasMessage, lint_pack
from directory.yaml_lines import YamlError, read_yaml

# Decided by the door or chosen from a menu, so there is nothing to train them with.
UNTRAINED = frozenset(
    {"gibberish", "inform", "more", "decline", "not_that", "unsure", "helpline"}
    | {"danger_follow_up", "out_of_range", "find_support", "obstacle", "office", "exercise"}
    | {"domain", "next_step", "origin_line", "myth", "practice", "country_profile"}
    | {"desk_card", "gap_note", "safety"}
)


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


def check_all_cards(data: Path, packs: Packs, messages: Messages) -> list[Fault]:
    """Return what is wrong in rumours, practices and lines of countries of origin.

    Args:
        data: Holds ``myths``, ``practices``, ``borders``, ``concepts`` and ``messages``.
        packs: The packs that cards name facts of.
        messages: All wordings; other languages than the source are checked by themselves.
    """
    choices = frozenset[str](read_yaml(data / "messages" / "says.yml").data["choices"])

    def has_message(message: str) -> bool:
        return messages.has(message, SOURCE_LANGUAGE)

    lines = check_origin_lines(data / "borders" / "origin-lines.yml", packs.read)
    return [*check_cards(data, packs.read, choices, has_message), *lines]


_CELLS_TOLD = 5  # of a language: the next ones to write for


@dataclass(frozen=True)
class Training:
    """What is wrong in the training messages, and which cells have fewer than they should."""

    faults: tuple[Fault, ...]
    short: tuple[str, ...] = ()


def check_training(data: Path, domain: Path) -> Training:
    """Return what is wrong in ``data/nlu``, for every language that is switched on.

    Args:
        data: Holds ``languages.yml``, ``nlu`` and ``held-back``.
        domain: ``domain/intents.yml``.
    """
    faults: list[Fault] = []
    short: list[str] = []
    try:
        intents = [name for name in read_yaml(domain).data["intents"] if name not in UNTRAINED]
        for tag, language in read_languages(data / "languages.yml").items():
            counts = Counter[str]()
            faults += _unknown_or_missing(data / "nlu" / tag, intents, counts)
            if not faults:  # what is read below relies on the form
                faults += check_language(data, tag, [language.script])
            held = read_examples(data / "held-back" / tag, held_back=True)
            counts.update(example.intent for example in held)
            cells = short_cells(counts, intents, language.messages)
            if cells:
                told = ", ".join(cells[:_CELLS_TOLD])
                short.append(f"{tag}: {len(cells)} of {len(intents)} intents short, first {told}")
    except YamlError as error:
        faults.append(fault_of(error))
    return Training(tuple(faults), tuple(short))


def _unknown_or_missing(
    folder: Path, intents: Sequence[str], counts: Counter[str]
) -> Iterator[Fault]:
    """Yield intents that do not exist or have no message; count the messages of each."""
    for path in sorted(folder.glob("*.yml")):
        document = read_yaml(path)
        for position, block in enumerate(document.data["nlu"]):
            if block.get("intent") not in intents:
                line = document.line(["nlu", position])
                yield Fault(path, line, f"{block.get('intent')} is no intent")
            counts[str(block.get("intent"))] += _messages(block)
    for intent in intents:
        if not counts[intent]:
            yield Fault(folder, 1, f"{intent} has no message")


def _messages(block: dict[str, Any]) -> int:
    return sum(line.strip().startswith("- ") for line in block["examples"].splitlines())

"""The two bots that are measured, as files: the dialogue is ours and the same on both sides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from conversations import INTERNAL_INTENTS, SMALL_EXAMPLES, SMALL_INTENTS
from side import ROOT

Yaml = dict[str, Any]
LANGUAGES = ("es", "en")


def spoken_intents(size: str) -> tuple[str, ...]:
    """Return the intents that have training messages, in the order of the domain."""
    every: list[str] = _read(ROOT / "domain" / "intents.yml")["intents"]
    spoken = [intent for intent in every if intent not in INTERNAL_INTENTS]
    return tuple(i for i in spoken if size == "real" or i in SMALL_INTENTS)


def messages(size: str) -> Iterator[tuple[str, Yaml]]:
    """Yield file name and training data of each file of our own messages, cut to the size."""
    kept = set(spoken_intents(size))
    for language in LANGUAGES:
        taken: Counter[str] = Counter()  # messages of each intent, over all files of the language
        for file in sorted((ROOT / "data" / "nlu" / language).glob("*.yml")):
            entries = []
            for entry in _read(file)["nlu"]:
                intent, lines = entry["intent"], entry["examples"].strip().splitlines()
                if size == "small":
                    lines = lines[: SMALL_EXAMPLES - taken[intent]]
                if intent in kept and lines:
                    taken[intent] += len(lines)
                    entries.append({**entry, "examples": "\n".join(lines) + "\n"})
            if entries:
                yield f"{language}-{file.name}", {"version": "3.1", "nlu": entries}


def count_messages(size: str) -> int:
    """Return how many training messages the bot has."""
    return sum(
        len(entry["examples"].splitlines()) for _, data in messages(size) for entry in data["nlu"]
    )


def domain(size: str) -> Yaml:
    """Return our domain in one piece, cut to the size."""
    whole: Yaml = {}
    for file in sorted((ROOT / "domain").glob("*.yml")):
        whole |= _read(file)
    known = {*spoken_intents(size), *INTERNAL_INTENTS}
    whole["intents"] = [intent for intent in whole["intents"] if intent in known]
    whole["actions"] = [a for a in whole["actions"] if a.removeprefix("action_") in known]
    return whole


def rules(size: str) -> list[Yaml]:
    """Return our rules, cut to the size."""
    known = {*spoken_intents(size), *INTERNAL_INTENTS}
    every: list[Yaml] = []
    for file in sorted((ROOT / "data" / "rules").glob("*.yml")):
        every += _read(file)["rules"]
    return [rule for rule in every if rule["steps"][0]["intent"] in known]


def write(file: Path, data: Yaml) -> None:
    """Write YAML that Rasa reads, with examples as blocks."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(yaml.dump(data, allow_unicode=True, sort_keys=False, width=100_000), "utf-8")


def _read(file: Path) -> Yaml:
    data: Yaml = yaml.safe_load(file.read_text("utf-8"))
    return data

"""The two bots that are measured, as files: the dialogue is ours and the same on both sides."""

from __future__ import annotations

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
        for file in sorted((ROOT / "data" / "nlu" / language).glob("*.yml")):
            written = _read(file)["nlu"]
            entries = [
                {**entry, "examples": _cut(entry["examples"], size)}
                for entry in written
                if entry["intent"] in kept
            ]
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


def _cut(examples: str, size: str) -> str:
    lines = examples.strip().splitlines()
    return "\n".join(lines if size == "real" else lines[:SMALL_EXAMPLES]) + "\n"

"""The project of stock Rasa: its default pipeline and policies, our messages, rules and actions."""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from bots import domain, messages, rules, write

STOCK = Path(__file__).parent / "stock"
_MARKED = re.compile(r"\[(?P<words>[^\]]+)\](?P<mark>\{[^}]+\})")


def write_project(folder: Path, size: str, epochs: int) -> str:
    """Write a project that ``rasa train`` and ``rasa run`` read; return the hash of it."""
    for name in ("data", "domain.yml", "config.yml"):
        kept = folder / name
        shutil.rmtree(kept) if kept.is_dir() else kept.unlink(missing_ok=True)
    write(folder / "config.yml", _config(epochs))
    write(folder / "domain.yml", domain(size))
    asked = (STOCK / "inform.yml").read_text("utf-8")
    write(folder / "data" / "inform.yml", yaml.safe_load(asked))
    marks = {m["words"].casefold(): m["mark"] for m in _MARKED.finditer(asked)}
    for name, data in messages(size):
        write(folder / "data" / "nlu" / name, _marked(data, marks))
    write(folder / "data" / "dialogue.yml", _dialogue(size))
    write(folder / "credentials.yml", {"rest": {}})
    return _hash(folder)


def write_endpoints(folder: Path, port: int) -> None:
    """Tell stock Rasa where its action server listens."""
    url = f"http://127.0.0.1:{port}/webhook"
    write(folder / "endpoints.yml", {"action_endpoint": {"url": url}})


def _config(epochs: int) -> dict[str, Any]:
    config: dict[str, Any] = yaml.safe_load((STOCK / "config.yml").read_text("utf-8"))
    for part in (*config["pipeline"], *config["policies"]):
        if "epochs" in part:
            part["epochs"] = epochs
    return config


def _dialogue(size: str) -> dict[str, Any]:
    """Return our rules, and as stories of two turns the same once more: TED learns from stories."""
    ours = rules(size)
    fallback = [{"intent": "nlu_fallback"}, {"action": "action_gibberish"}]
    greeting = next(rule["steps"] for rule in ours if rule["rule"] == "greet")
    return {
        "version": "3.1",
        "rules": [*ours, {"rule": "fallback", "steps": fallback}],
        "stories": [
            {"story": rule["rule"], "steps": [*greeting, *rule["steps"]]}
            for rule in ours
            if rule["rule"] != "greet"
        ],
    }


def _marked(data: Mapping[str, Any], marks: Mapping[str, str]) -> dict[str, Any]:
    words = "|".join(re.escape(word) for word in sorted(marks, key=len, reverse=True))
    found = re.compile(rf"\b(?:{words})\b", re.IGNORECASE)

    def mark(match: re.Match[str]) -> str:
        return f"[{match[0]}]{marks[match[0].casefold()]}"

    entries = [
        {"intent": entry["intent"], "examples": found.sub(mark, entry["examples"])}
        for entry in data["nlu"]
    ]
    return {"version": "3.1", "nlu": entries}


def _hash(folder: Path) -> str:
    digest = hashlib.sha256((STOCK / "requirements.lock").read_bytes())
    files = [folder / "config.yml", folder / "domain.yml", *(folder / "data").rglob("*.yml")]
    for file in sorted(files):
        digest.update(str(file.relative_to(folder)).encode() + file.read_bytes())
    return digest.hexdigest()

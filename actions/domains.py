"""The domains of integration that have no intent of their own, as topics of places."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

_FILE = Path(__file__).parents[1] / "data" / "domains.yml"
Topic = tuple[tuple[str, ...], str | None]
"""Kinds of service in order of fit, and the say that comes before them."""


def read_answers() -> dict[str, Any]:
    """Return the answers of ``data/domains.yml``: code to kinds and what is told with them."""
    answers: dict[str, Any] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))["answers"]
    return answers


def topic_of(code: str) -> str:
    """Return the name of the topic that a domain's code stands for."""
    return f"domain_{code}"


_ANSWERS = read_answers()
DOMAINS: dict[str, Topic] = {
    topic_of(code): (tuple(row["kinds"]), f"domain.{code}") for code, row in _ANSWERS.items()
}
# What is told before places of a kind that somebody asks for in their own words.
OPENINGS: dict[str, str] = {
    kind: f"domain.{code}" for code, row in _ANSWERS.items() for kind in row["told_with"]
}

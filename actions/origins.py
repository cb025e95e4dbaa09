"""Countries whose people abroad have a line of their own."""

from __future__ import annotations

from pathlib import Path

import yaml

_TABLE = Path(__file__).parents[1] / "data" / "borders" / "origin-lines.yml"
ORIGINS: tuple[str, ...] = tuple(yaml.safe_load(_TABLE.read_text("utf-8")))


def is_abroad(country: str | None) -> bool:
    """Return whether somebody in a country may come from one that has such a line."""
    return any(country != origin for origin in ORIGINS)

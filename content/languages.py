"""Which languages are switched on: rows of data/languages.yml."""

from __future__ import annotations

from pathlib import Path

from directory.yaml_lines import read_yaml


def enabled_languages(path: Path) -> tuple[str, ...]:
    """Return the BCP 47 tags of the languages that are switched on. Raises YamlError."""
    rows = read_yaml(path).data["languages"]
    return tuple(row["tag"] for row in rows if row.get("enabled", True))

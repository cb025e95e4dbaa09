"""Reads the lists under ``data`` whose keys and values are all words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml


def read_lists(file: Path) -> dict[str, Any]:
    """Return a file with every value a string (NO is a country and a concept, not false).

    Empty where there is no such file.
    """
    if not file.exists():
        return {}
    return dict(yaml.load(file.read_text("utf-8"), Loader=yaml.CBaseLoader) or {})  # noqa: S506  # strings

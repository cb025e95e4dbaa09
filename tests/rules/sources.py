"""The files of this project, without what was made or fetched."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_KEPT_DOTS = {".ci", ".gitignore", ".pre-commit-config.yaml", ".python-version", ".github"}
_MADE = {"var", "node_modules", "__pycache__"}
_TEXT = {".py", ".md", ".yml", ".yaml", ".toml", ".json", ".js", ".css", ".html", ".mako", ".txt"}
_TEXT_NAMES = {"Makefile", "run", ".gitignore", "LICENSE"}


def files() -> Iterator[str]:
    """Yield every file as from the root."""
    for folder, folders, names in os.walk(ROOT):
        folders[:] = sorted(name for name in folders if _is_ours(name))
        for name in sorted(names):
            if _is_ours(name):
                yield (Path(folder) / name).relative_to(ROOT).as_posix()


def python_files() -> list[str]:
    """Return our Python files."""
    return [file for file in files() if file.endswith(".py")]


def text_files() -> list[str]:
    """Return what people write by hand: code, documents and settings; neither data nor locks."""
    found = (file for file in files() if not file.startswith("data/"))
    return [f for f in found if Path(f).suffix in _TEXT or Path(f).name in _TEXT_NAMES]


def read(file: str) -> str:
    """Return the text of a file."""
    return (ROOT / file).read_text(encoding="utf-8")


def _is_ours(name: str) -> bool:
    if name.startswith("."):
        return name in _KEPT_DOTS
    return name not in _MADE and not name.endswith((".egg-info", ".lock"))

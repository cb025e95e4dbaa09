"""Where Faro stands on this machine, whatever folder the command is called from."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VAR = ROOT / "var"
RUN = VAR / "run"
DATA = ROOT / "data"
PACKS = DATA / "packs"
MESSAGES = DATA / "messages"
LANGUAGES = DATA / "languages.yml"
PLACES = VAR / "places.sqlite"
ENCLAVE_PYTHON = ROOT / "bot" / ".venv" / "bin" / "python"


def shown(path: Path) -> str:
    """Return a path as the person would write it from where they are."""
    here = Path.cwd()
    path = path.absolute()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)

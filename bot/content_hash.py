"""One hash over everything that a model is made of: training starts only when it changed."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

from bot.components.knowledge import hash_of
from bot.process import ROOT

_CODE = ("bot", "actions", "wire")
_DATA = ("data/nlu", "data/concepts", "data/safeguarding", "data/places", "data/rules", "domain")
_LIBRARIES = ("rasa", "rasa-sdk", "spacy", "scikit-learn", "numpy")


def content_hash() -> str:
    """Return the hash of our code and data and of the libraries' versions."""
    return hash_of(_files(), *(f"{name}=={version(name)}" for name in _LIBRARIES))


def _files() -> list[Path]:
    files = [file for folder in _DATA for file in (ROOT / folder).rglob("*.yml")]
    files += (ROOT / "data" / "everyday").glob("*.txt")
    files += [ROOT / "data" / "languages.yml", ROOT / "bot" / "config.yml"]
    for folder in _CODE:
        found = (ROOT / folder).rglob("*.py")
        files += [file for file in found if ".venv" not in file.parts]
    return files

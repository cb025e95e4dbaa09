"""Numbers and lists on disk: never pickle, never loaded when they are not what was written."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

_ARRAYS, _LISTS, _MANIFEST = "arrays.npz", "lists.json", "manifest.json"


class BrokenModelError(Exception):
    """What is on disk is not what training wrote. Train again."""


def store(folder: Path, arrays: Mapping[str, NDArray[Any]], lists: Mapping[str, Any]) -> None:
    """Write arrays and lists to ``folder``, with their hashes and shapes."""
    folder.mkdir(parents=True, exist_ok=True)
    np.savez(folder / _ARRAYS, **dict(sorted(arrays.items())))
    written = json.dumps(lists, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    (folder / _LISTS).write_text(written, "utf-8")
    manifest = {
        "hashes": {name: _hash(folder / name) for name in (_ARRAYS, _LISTS)},
        "shapes": {name: list(array.shape) for name, array in sorted(arrays.items())},
    }
    (folder / _MANIFEST).write_text(json.dumps(manifest, sort_keys=True), "utf-8")


def load(folder: Path) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
    """Return what :func:`store` wrote. Raises BrokenModelError."""
    try:
        manifest = json.loads((folder / _MANIFEST).read_text("utf-8"))
        for name, expected in manifest["hashes"].items():
            if _hash(folder / name) != expected:
                raise BrokenModelError(f"{name} is not what training wrote")
        with np.load(folder / _ARRAYS, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        if {name: list(array.shape) for name, array in arrays.items()} != manifest["shapes"]:
            raise BrokenModelError(f"{_ARRAYS} has other shapes than training wrote")
        return arrays, json.loads((folder / _LISTS).read_text("utf-8"))
    except (OSError, ValueError, KeyError) as error:
        raise BrokenModelError(f"{type(error).__name__} while reading a model") from None


def _hash(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()

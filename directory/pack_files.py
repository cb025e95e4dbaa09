"""A country pack as files: read, and checked against the JSON Schemas in data/packs/schema."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from directory.yaml_lines import Document, YamlError, read_yaml

PARTS = ("pack", "rights", "helplines", "services")


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong in a file, for the person who can mend it."""

    path: Path
    line: int
    problem: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.problem}"


def fault_of(error: Exception) -> Fault:
    """Return a reader's error, written ``file:line: problem``, as a fault."""
    where, _, problem = str(error).partition(": ")
    path, _, line = where.rpartition(":")
    return Fault(Path(path or where), int(line) if path and line.isdigit() else 1, problem)


@dataclass(frozen=True)
class PackFiles:
    """The files of one country, read.

    Attributes:
        country: ISO 3166-1 alpha-2.
        documents: Part (``pack``, ``rights``, ``helplines``, ``services``) to document.
        digest: SHA-256 over the four files.
    """

    country: str
    documents: dict[str, Document]
    digest: str

    def part(self, name: str) -> Any:
        """Return what a part says."""
        return self.documents[name].data


def pack_folders(root: Path) -> list[Path]:
    """Return the folders of the packs under ``data/packs``, by country."""
    return sorted(p for p in root.iterdir() if p.is_dir() and len(p.name) == 2)  # noqa: PLR2004


def read_pack(folder: Path) -> tuple[PackFiles | None, list[Fault]]:
    """Return a pack and what is wrong with its form; None when a file cannot be read."""
    documents: dict[str, Document] = {}
    faults: list[Fault] = []
    digest = hashlib.sha256()
    for part in PARTS:
        path = folder / f"{part}.yml"
        try:
            documents[part] = read_yaml(path)
        except YamlError as error:
            faults.append(fault_of(error))
            continue
        digest.update(path.read_bytes())
        faults += _against_schema(documents[part], part, folder.parent / "schema")
    if len(documents) < len(PARTS):
        return None, faults
    return PackFiles(folder.name, documents, digest.hexdigest()), faults


def _against_schema(document: Document, part: str, schemas: Path) -> Iterator[Fault]:
    for error in _validator(schemas / f"{part}.json").iter_errors(document.data):
        where = list(error.absolute_path)
        name = ".".join(str(step) for step in where if not isinstance(step, int))
        problem = error.message if len(error.message) < 200 else f"not allowed ({error.validator})"  # noqa: PLR2004
        yield Fault(document.path, document.line(where), f"{name}: {problem}" if name else problem)


@cache
def _validator(path: Path) -> Draft202012Validator:
    return Draft202012Validator(json.loads(path.read_text(encoding="utf-8")))

"""Our profile: what HSDS has no column for, as taxonomies whose terms are said of rows.

It is written in ``data/hsds/profile.yml`` and documented in ``docs/hsds-profile.md``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from directory.hsds.ids import made
from directory.hsds.records import Row

FILE = Path(__file__).resolve().parents[2] / "data" / "hsds" / "profile.yml"
VERSION = "1.0"
STANDARD = "HSDS 3.0"


@dataclass(frozen=True)
class Taxonomy:
    """A set of terms, and what it means to say one of a row.

    Attributes:
        code: What names it in ids and codes of terms.
        name: Its name.
        description: What it describes.
        on: Tables whose rows carry its terms.
        example: A term, and its value where there is one.
        terms: Code to meaning; empty where the terms are open.
        value: What the attribute's value means; empty where the term says it all.
        open: What names a term, where terms are made as they are needed; else empty.
        listed_as: The field of a listing it stands for.
    """

    code: str
    name: str
    description: str
    on: tuple[str, ...]
    example: Mapping[str, str]
    terms: Mapping[str, str] = field(default_factory=dict)
    value: str = ""
    open: str = ""
    listed_as: str = ""

    @property
    def id(self) -> str:
        """The UUID of the taxonomy."""
        return made("taxonomy", self.code)


@cache
def taxonomies() -> Mapping[str, Taxonomy]:
    """Return the taxonomies of the profile by code."""
    read = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {code: _taxonomy(code, said) for code, said in read.items()}


@cache
def term_row(taxonomy: str, term: str) -> Row:
    """Return the row of a term; the same object each time, never to be changed.

    Raises:
        KeyError: There is no such taxonomy.
    """
    of = taxonomies()[taxonomy]
    language = term if taxonomy == "name_translation" else "en"
    return {
        "id": made("term", taxonomy, term),
        "code": f"{taxonomy}:{term}",
        "name": term.replace("_", " "),
        "description": of.terms.get(term, of.open),
        "taxonomy": of.name,
        "taxonomy_id": of.id,
        "language": language,
    }


@cache
def taxonomy_row(taxonomy: str) -> Row:
    """Return the row of a taxonomy; the same object each time, never to be changed."""
    of = taxonomies()[taxonomy]
    return {"id": of.id, "name": of.name, "description": of.description, "version": VERSION}


@cache
def taxonomy_ids() -> Mapping[str, str]:
    """Return the codes of our taxonomies by their ids."""
    return {taxonomy.id: code for code, taxonomy in taxonomies().items()}


def said_by(term: Row) -> tuple[str, str] | None:
    """Return taxonomy and code of a term's row; None for a term that is not of our profile."""
    taxonomy = taxonomy_ids().get(term.get("taxonomy_id") or "")
    if taxonomy is None:
        return None
    return taxonomy, str(term.get("code") or "").removeprefix(f"{taxonomy}:")


def profile_document() -> dict[str, Any]:
    """Return the profile for machines, as it is published."""
    return {
        "name": "Faro",
        "version": VERSION,
        "standard": STANDARD,
        "taxonomies": [_document(taxonomy) for taxonomy in taxonomies().values()],
    }


def _document(taxonomy: Taxonomy) -> dict[str, Any]:
    terms = [
        {"id": made("term", taxonomy.code, code), "code": f"{taxonomy.code}:{code}", "name": text}
        for code, text in taxonomy.terms.items()
    ]
    return {
        "id": taxonomy.id,
        "code": taxonomy.code,
        "name": taxonomy.name,
        "description": taxonomy.description,
        "link_entity": list(taxonomy.on),
        "value": taxonomy.value or None,
        "open_terms": taxonomy.open or None,
        "terms": terms,
        "example": dict(taxonomy.example),
    }


def _taxonomy(code: str, said: Mapping[str, Any]) -> Taxonomy:
    return Taxonomy(
        code=code,
        name=said["name"],
        description=said["description"],
        on=tuple(said["rows"]),
        example=said["example"],
        terms=said.get("terms", {}),
        value=said.get("value", ""),
        open=said.get("open", ""),
        listed_as=said.get("field", ""),
    )

"""The languages that are switched on, from ``data/languages.yml``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.understanding.clitics import NONE, Clitics


@dataclass(frozen=True)
class Language:
    """One row.

    Attributes:
        tag: BCP 47 tag.
        scripts: ISO 15924 codes of the scripts it is written in, its own first.
        spacy: Name of spaCy's blank pipeline; ``xx`` where there is none of its own.
        lingua: Name in lingua, or None where lingua does not know it.
        letters: Letters that not every language of its script has.
        clitics: What it writes together with its words.
    """

    tag: str
    scripts: tuple[str, ...] = ("Latn",)
    spacy: str = "xx"
    lingua: str | None = None
    letters: frozenset[str] = frozenset()
    clitics: Clitics = NONE


def read_languages(file: Path) -> tuple[Language, ...]:
    """Return the enabled languages in the order of the file."""
    rows = yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader)
    rows = rows["languages"] if isinstance(rows, dict) else rows
    return tuple(
        Language(
            tag=row["tag"],
            scripts=tuple(row.get("scripts") or [row.get("script") or "Latn"]),
            spacy=row.get("spacy") or "xx",
            lingua=row.get("lingua"),
            letters=frozenset(row.get("letters") or ""),
            clitics=Clitics.from_row(row.get("clitics")),
        )
        for row in rows
        if row.get("enabled", True)
    )

"""Concepts: meanings that do not depend on the language, found with lists of words.

``data/concepts/meanings.yml`` names them, ``data/concepts/<language>.yml`` lists their
forms. What is learnt about a concept in one language holds in all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.understanding.forms import Forms, Hit
from bot.understanding.tokenise import Word


@dataclass(frozen=True)
class Concepts:
    """All concepts of the enabled languages.

    Attributes:
        forms: The forms of all languages together: people mix languages.
        entities: Concept to the slot values that it names.
        words: Language to the words of its forms, for telling languages apart.
    """

    forms: Forms
    entities: Mapping[str, Mapping[str, str]]
    words: Mapping[str, tuple[str, ...]]

    def find(self, words: Sequence[Word]) -> list[Hit]:
        """Return the concepts in a message. None reaches across the end of a clause."""
        hits = self.forms.find([word.text for word in words])
        return [h for h in hits if words[h.start].clause == words[h.end - 1].clause]


def read_concepts(folder: Path, languages: Sequence[str]) -> Concepts:
    """Return the concepts for ``languages``.

    Raises:
        ValueError: A language lists a concept that has no meaning.
    """
    meanings = _read(folder / "meanings.yml")
    named: list[tuple[str, str]] = []
    words: dict[str, tuple[str, ...]] = {}
    for language in languages:
        listed = _read(folder / f"{language}.yml")
        if unknown := sorted(listed.keys() - meanings.keys()):
            raise ValueError(f"concepts/{language}.yml: no meaning for {', '.join(unknown)}")
        pairs = [(name, str(form)) for name, forms in listed.items() for form in forms]
        named.extend(pairs)
        words[language] = tuple(form for _, form in pairs)
    entities = {
        name: {str(slot): str(value) for slot, value in meaning["entity"].items()}
        for name, meaning in meanings.items()
        if isinstance(meaning, dict) and meaning.get("entity")
    }
    return Concepts(Forms(named), entities, words)


def _read(file: Path) -> dict[str, Any]:
    """Return a list file with every value a string: NO is a country and a concept, not false."""
    if not file.exists():
        return {}
    return dict(yaml.load(file.read_text("utf-8"), Loader=yaml.CBaseLoader) or {})  # noqa: S506  # strings

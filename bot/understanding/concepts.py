"""Concepts: meanings that do not depend on the language, found with lists of words.

``data/concepts/meanings.yml`` names them, ``data/concepts/<language>.yml`` lists their
forms. What is learnt about a concept in one language holds in all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.understanding.clitics import NONE, Clitics
from bot.understanding.forms import Forms, Hit
from bot.understanding.lists import read_lists
from bot.understanding.tokenise import Word

_SHORTEST_FOREIGN = 6  # letters; "y" is a yes in English chat and "and" in Spanish


@dataclass(frozen=True)
class Concepts:
    """All concepts of the enabled languages.

    Attributes:
        forms: The forms by language.
        foreign: The longer forms of all languages. People mix them; one counts where its words
            are no words of the forms of the message's own language.
        entities: Concept to the slot values that it names.
        words: Language to the words of its forms, for telling languages apart.
    """

    forms: Mapping[str, Forms]
    foreign: Forms
    entities: Mapping[str, Mapping[str, str]]
    words: Mapping[str, tuple[str, ...]]

    def find(self, words: Sequence[Word], language: str) -> list[Hit]:
        """Return the concepts in a message. None reaches across the end of a clause."""
        texts = [word.text for word in words]
        own = self.forms.get(language)
        hits = own.find(texts) if own else []
        known = [bool(own and own.readings(text)) for text in texts]
        hits += [h for h in self.foreign.find(texts) if not any(known[h.start : h.end])]
        return [h for h in hits if words[h.start].clause == words[h.end - 1].clause]


def read_concepts(
    folder: Path, languages: Sequence[str], clitics: Mapping[str, Clitics] | None = None
) -> Concepts:
    """Return the concepts for ``languages``; ``clitics`` is what each joins to its words.

    Raises:
        ValueError: A language lists a concept that has no meaning.
    """
    meanings = read_lists(folder / "meanings.yml")
    named: dict[str, list[tuple[str, str]]] = {}
    words: dict[str, tuple[str, ...]] = {}
    for language in languages:
        listed = read_lists(folder / f"{language}.yml")
        if unknown := sorted(listed.keys() - meanings.keys()):
            raise ValueError(f"concepts/{language}.yml: no meaning for {', '.join(unknown)}")
        named[language] = [(name, str(form)) for name, forms in listed.items() for form in forms]
        words[language] = tuple(form for _, form in named[language])
    entities = {
        name: {str(slot): str(value) for slot, value in meaning["entity"].items()}
        for name, meaning in meanings.items()
        if isinstance(meaning, dict) and meaning.get("entity")
    }
    joined = clitics or {}
    forms = {tag: Forms(own, clitics=joined.get(tag, NONE)) for tag, own in named.items()}
    return Concepts(forms, Forms(_long(named), misspelt=False), entities, words)


def _long(named: Mapping[str, list[tuple[str, str]]]) -> list[tuple[str, str]]:
    """Return the forms that are too long to be a word of another language by chance."""
    long = {pair: None for pairs in named.values() for pair in pairs if _is_long(pair[1])}
    return list(long)


def _is_long(form: str) -> bool:
    return max(map(len, form.split()), default=0) >= _SHORTEST_FOREIGN

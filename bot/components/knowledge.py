"""What the components read beside Rasa's training data: lists, and the fingerprint of it all."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable
from pathlib import Path

import yaml

from bot.process import ROOT
from bot.understanding.concepts import Concepts, read_concepts
from bot.understanding.discretion import EVERYWHERE
from bot.understanding.languages import Language, read_languages
from bot.understanding.myth_cards import MythCard, read_myth_cards
from bot.understanding.path_words import PathWords, path_words
from wire.normalise import normalise

DATA = ROOT / "data"
ALGORITHMS = Path(__file__).parents[1] / "understanding"


@functools.lru_cache(maxsize=1)
def languages() -> tuple[Language, ...]:
    """Return the languages that are switched on."""
    return read_languages(DATA / "languages.yml")


@functools.lru_cache(maxsize=1)
def concepts() -> Concepts:
    """Return the concepts of the languages that are switched on."""
    clitics = {language.tag: language.clitics for language in languages()}
    return read_concepts(DATA / "concepts", list(clitics), clitics)


@functools.lru_cache(maxsize=1)
def steering() -> dict[tuple[str, str], str]:
    """Return how a whole message steers (more, decline, forget, stop …), by language and message.

    By language, since one language's "yes" is another's "others".
    """
    found: dict[tuple[str, str], str] = {}
    for language in languages():
        file = DATA / "steering" / f"{language.tag}.yml"
        written = yaml.safe_load(file.read_text("utf-8")) if file.exists() else {}
        for way, texts in written.items():
            for text in texts:
                found.setdefault((language.tag, normalise(str(text))), way)
    return found


@functools.lru_cache(maxsize=1)
def words_of_every_language() -> dict[str, str]:
    """Return the words that leave or call up the help text, whatever language is written."""
    return {text: way for (_, text), way in steering().items() if way in EVERYWHERE}


@functools.lru_cache(maxsize=1)
def myth_cards() -> tuple[MythCard, ...]:
    """Return the rumours that have a card."""
    return read_myth_cards(DATA / "myths")


@functools.lru_cache(maxsize=1)
def words_of_the_path() -> PathWords:
    """Return the free words that answer a question of the path to the right support."""
    return path_words(yaml.safe_load((DATA / "triage" / "words.yml").read_text("utf-8")))


@functools.lru_cache(maxsize=1)
def words_of_feedback() -> PathWords:
    """Return the free words that tell what was wrong with something that was told."""
    return path_words(yaml.safe_load((DATA / "feedback" / "words.yml").read_text("utf-8")))


@functools.lru_cache(maxsize=8)
def fingerprint(*folders: str) -> str:
    """Return a hash over the algorithms and over folders of ``data``.

    Rasa's own fingerprint sees neither, so that an edited list left the old model in place.
    """
    files = [*ALGORITHMS.glob("*.py"), *Path(__file__).parent.glob("*.py"), DATA / "languages.yml"]
    for folder in folders:
        files.extend((DATA / folder).rglob("*.yml"))
    return hash_of(files)


def hash_of(files: Iterable[Path], *more: str) -> str:
    """Return a hash over the names and the contents of files, whatever their order, and more."""
    digest = hashlib.sha256("\n".join(more).encode())
    for file in sorted(set(files)):
        digest.update(str(file.relative_to(ROOT)).encode() + b"\0")
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()

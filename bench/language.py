"""Measures what each voice adds to naming a message's language, on the held-back messages.

    bot/.venv/bin/python bench/language.py

Our own words alone, with lingua, with langdetect, with both; then each library alone. Every way in
a process of its own, so that its memory can be told. Kept in ``results/language.json``.
"""

from __future__ import annotations

import json
import multiprocessing
import resource
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bot import process  # noqa: E402

process.prepare()

import numpy as np  # noqa: E402
from lingua import Language as LinguaLanguage  # noqa: E402
from lingua import LanguageDetectorBuilder  # noqa: E402

from bot.components.knowledge import DATA, concepts, languages  # noqa: E402
from bot.held_back import Labelled, read_labelled  # noqa: E402
from bot.importer import read_examples  # noqa: E402
from bot.understanding.identify import LanguageIdentifier  # noqa: E402
from bot.understanding.languages import Language  # noqa: E402
from bot.understanding.own_voice import OwnVoice, learn, own_voice  # noqa: E402
from bot.understanding.voices import langdetect_guess, lingua_guess  # noqa: E402

RESULT = ROOT / "bench" / "results" / "language.json"
Name = Callable[[str], str]


def main() -> int:
    """Measure every way, print the table and keep it."""
    held_back = read_labelled(DATA / "held-back", [language.tag for language in languages()])
    own = own_voice(*learn(_messages()))
    ways: Mapping[str, Callable[[OwnVoice], Name]] = {
        "own words alone": lambda own: _ours(own, ()),
        "own words, lingua": lambda own: _ours(own, (0,)),
        "own words, lingua in high accuracy": _with_high_accuracy,
        "own words, langdetect": lambda own: _ours(own, (1,)),
        "own words, lingua, langdetect": lambda own: _ours(own, (0, 1)),
        "lingua alone": lambda _: _alone(lingua_guess),
        "lingua in high accuracy alone": lambda _: _alone(_high_accuracy()),
        "langdetect alone": lambda _: _alone(langdetect_guess),
    }
    measured: dict[str, Any] = {}
    for way, make in ways.items():
        print(f"language: {way} ...", file=sys.stderr)
        measured[way] = _apart(make, own, held_back)
        print(way, json.dumps(measured[way]["all"]), measured[way]["milliseconds"])
    result = {
        "measured": datetime.now(timezone.utc).isoformat(timespec="seconds"),  # noqa: UP017  # Python 3.10
        "messages": len(held_back),
        "languages": [language.tag for language in languages()],
        "ways": measured,
    }
    RESULT.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return 0


def _messages() -> Iterable[tuple[str, str]]:
    tags = [language.tag for language in languages()]
    for example in read_examples(DATA / "nlu", tags):
        yield example.data["metadata"]["intent"].get("language", "xx"), example.data["text"]
    for tag, forms in concepts().words.items():
        for form in forms:
            yield tag, form


def _apart(
    make: Callable[[OwnVoice], Name], own: OwnVoice, messages: Sequence[Labelled]
) -> dict[str, Any]:
    """Return the figures of one way, measured in a process of its own."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()

    def work() -> None:
        theirs.send(_measured(make(own), messages))

    child = context.Process(target=work)
    child.start()
    found: dict[str, Any] = ours.recv()
    child.join()
    return found


def _measured(name: Name, messages: Sequence[Labelled]) -> dict[str, Any]:
    before = _megabytes()
    for message in messages[:50]:  # loads what is loaded on first need
        name(message.text)
    right: dict[str, dict[str, list[bool]]] = {}
    seconds = []
    for message in messages:
        started = time.perf_counter()
        found = name(message.text)
        seconds.append(time.perf_counter() - started)
        form = message.form if message.form in ("mixed", "transliterated", "misspelt") else "clean"
        for group in ("all", message.language):
            right.setdefault(group, {}).setdefault(form, []).append(found == message.language)
    median, most = np.percentile(seconds, [50, 99]) * 1_000
    return {
        **{
            group: {
                form: [round(float(np.mean(hits)), 4), len(hits)] for form, hits in found.items()
            }
            for group, found in right.items()
        },
        "milliseconds": {"median": round(float(median), 3), "p99": round(float(most), 3)},
        "megabytes_more": round(_megabytes() - before),
    }


def _ours(own: OwnVoice, voices: Sequence[int]) -> Name:
    identifier = LanguageIdentifier(languages(), own)
    identifier.voices = tuple(identifier.voices[number] for number in voices)
    return lambda text: identifier.identify(text).language


def _with_high_accuracy(own: OwnVoice) -> Name:
    identifier = LanguageIdentifier(languages(), own)
    identifier.voices = ((_high_accuracy(), identifier.voices[0][1]), identifier.voices[1])
    return lambda text: identifier.identify(text).language


def _high_accuracy() -> Callable[[str, Sequence[Language]], dict[str, float]]:
    tags = {language.lingua: language.tag for language in languages() if language.lingua}
    chosen = [getattr(LinguaLanguage, name) for name in tags]
    detector = LanguageDetectorBuilder.from_languages(*chosen).build()

    def guess(text: str, _: Sequence[Language]) -> dict[str, float]:
        values = detector.compute_language_confidence_values(text)
        return {tags[value.language.name]: value.value for value in values if value.value}

    return guess


def _alone(guess: Callable[[str, Sequence[Language]], dict[str, float]]) -> Name:
    def name(text: str) -> str:
        found = guess(text, languages())
        return max(found, key=lambda tag: found[tag], default="")

    return name


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_024


if __name__ == "__main__":
    sys.exit(main())

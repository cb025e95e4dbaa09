"""Runs in the enclave's environment: trains our classifier on a folder, classifies, times each.

Usage: ``python classify_ours.py NLU_FOLDER MESSAGES.json RESULT.json``. The folder is the very one
that stock Rasa was trained on, its files named after their language. RESULT begins with the seconds
of the training; then for each message its intents with their confidence, best first, and seconds.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot import process

process.prepare()

import yaml  # noqa: E402
from taken_apart import taken_apart  # noqa: E402

from bot.components.knowledge import concepts, languages  # noqa: E402
from bot.understanding.identify import LanguageIdentifier  # noqa: E402
from bot.understanding.own_voice import learn, own_voice  # noqa: E402
from bot.understanding.training import train  # noqa: E402

Message = tuple[str, str, str]  # language, intent, text


def main(folder: str, messages: str, result: str) -> None:
    """Train, classify one at a time, write what came out."""
    learnt = list(_messages(Path(folder)))
    texts = json.loads(Path(messages).read_text("utf-8"))
    tags = {language for language, _, _ in learnt}
    known = [language for language in languages() if language.tag in tags]
    concepts()  # read before the clock runs, as stock Rasa reads its files
    began = time.perf_counter()
    identifier = LanguageIdentifier(
        known, own_voice(*learn((language, text) for language, _, text in learnt))
    )
    pipelines = {language.tag: language.spacy for language in known}
    documents = [taken_apart(text, language, pipelines) for language, _, text in learnt]
    classifier = train(documents, [intent for _, intent, _ in learnt])
    said: list[dict[str, Any]] = [{"training": time.perf_counter() - began}]
    for text in texts[:20]:
        identifier.identify(text)
    for text in texts:
        began = time.perf_counter()
        language = identifier.identify(text).language
        guesses = classifier.guess(taken_apart(text, language, pipelines))
        seconds = time.perf_counter() - began
        ranking = [(guess.intent, guess.confidence) for guess in guesses[:5]]
        said.append({"ranking": ranking, "seconds": seconds})
    Path(result).write_text(json.dumps(said), "utf-8")


def _messages(folder: Path) -> Iterator[Message]:
    for file in sorted(folder.glob("*.yml")):
        language = file.name.partition("-")[0]
        for block in yaml.safe_load(file.read_text("utf-8"))["nlu"]:
            for line in block["examples"].splitlines():
                if line.startswith("- "):
                    yield language, block["intent"], line[2:].strip()


if __name__ == "__main__":
    main(*sys.argv[1:4])

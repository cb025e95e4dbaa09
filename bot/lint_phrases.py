"""Finds phrases of danger that fire on everyday messages: ``python -m bot.lint_phrases``.

``data/everyday/<language>.txt`` holds messages in which nobody is in danger, one a line, made of
the words that dangerous messages are made of. Prints a line for each phrase that fires on one and
is not voided by an exception, and leaves with 1 then.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot import process

LEAST = 100  # everyday messages of a language: fewer prove nothing


def main(arguments: Sequence[str] | None = None) -> None:
    """Print what fires, by file and line; leave with 1 when anything does."""
    from bot.components.knowledge import DATA  # noqa: PLC0415  # imports spaCy

    parser = argparse.ArgumentParser(prog="python -m bot.lint_phrases", description=__doc__)
    parser.add_argument("languages", nargs="*", help="tags; all that are switched on, if none")
    options = parser.parse_args(arguments)
    found = list(faults(DATA, options.languages))
    sys.stdout.write("".join(f"{fault}\n" for fault in found))
    if found:
        sys.exit(f"{len(found)} everyday messages are taken for danger: add an exception")


def faults(data: Path, wanted: Sequence[str] = ()) -> Iterator[str]:
    """Yield what is wrong, ``file:line: phrase fires on: message``; the corpus is nobody's words.

    Args:
        data: Holds ``safeguarding`` and ``everyday``.
        wanted: Tags; every language that is switched on where empty.
    """
    from bot.understanding.languages import read_languages  # noqa: PLC0415
    from bot.understanding.safeguarding import (  # noqa: PLC0415
        SafeguardingDetector,
        read_phrases,
    )
    from bot.understanding.tokenise import words_of  # noqa: PLC0415

    for language in read_languages(data / "languages.yml"):
        if wanted and language.tag not in wanted:
            continue
        detector = SafeguardingDetector(read_phrases(data / "safeguarding", [language.tag]))
        file = data / "everyday" / f"{language.tag}.txt"
        lines = file.read_text("utf-8").splitlines() if file.exists() else []
        if len(lines) < LEAST:
            yield f"{file.name}: {len(lines)} everyday messages, at least {LEAST} are needed"
        for number, line in enumerate(lines, 1):
            fired, _ = detector.phrases_in(words_of(line), language.clitics)
            for phrase in fired:
                yield f"{file.name}:{number}: {phrase.id} fires on: {line}"


if __name__ == "__main__":
    process.prepare()
    main()

"""What can be wrong in how messages read: too long, too hard, or no pictogram beside a choice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from content.messages import SOURCE_LANGUAGE, Messages
from content.pictograms import Pictograms
from content.readability import HARDEST, LONGEST_SENTENCE, lix, longest_sentence
from directory.pack_files import Fault
from directory.yaml_lines import Document
from wire.strict import WireError

# A translation far longer or shorter than the English says something else. Characters; scripts
# differ, so this finds what was pasted into the wrong place and no style.
_LONGEST, _SHORTEST, _SLACK = 2.2, 0.25, 30
# Names of things, in lists and on buttons: no sentences.
_NAMES = frozenset(
    {"audience", "care", "choice", "document", "kind", "layer", "purpose", "status", "way_in"}
)


def check_lengths(messages: Messages, language: str, path: Path) -> Iterator[Fault]:
    """Yield the messages that are much longer or shorter than their English, or hard to follow."""
    for message in sorted(messages.ids(language)):
        wording = messages.wording(message, language)
        most = len(wording.source) * _LONGEST + _SLACK
        least = (len(wording.source) - _SLACK) * _SHORTEST
        if language != SOURCE_LANGUAGE and not least <= len(wording.text) <= most:
            told = f"{len(wording.text)} characters where the English has {len(wording.source)}"
            yield Fault(path, wording.line, f"{message}: {told}")
        if (words := longest_sentence(wording.text)) > LONGEST_SENTENCE:
            yield Fault(path, wording.line, f"{message}: a sentence of {words} words")


def check_reading(messages: Messages, language: str, path: Path) -> Iterator[Fault]:
    """Yield the families of messages whose words and sentences are too long together."""
    if language not in HARDEST:
        return
    families: defaultdict[str, list[str]] = defaultdict(list)
    for message in sorted(messages.ids(language)):
        families[message.partition(".")[0]].append(messages.wording(message, language).text)
    for family in sorted(families.keys() - _NAMES):
        hard = lix("\n".join(families[family]))
        if hard is not None and hard > HARDEST[language]:
            told = f"reading level {hard:.0f} (LIX), at most {HARDEST[language]:.0f}"
            yield Fault(path, 1, f"{family}.*: {told}")


def check_pictograms(pictograms: Pictograms, says: Document) -> Iterator[Fault]:
    """Yield the choices of ``says.yml`` that no pictogram stands beside."""
    choices: Sequence[str] = says.data["choices"]
    for position, choice in enumerate(choices):
        try:
            sign = pictograms.of(choice)
        except WireError:
            continue  # told by who checks their labels
        if not sign and "language=" not in choice:
            yield Fault(says.path, says.line(["choices", position]), f"{choice} has no pictogram")

"""What can be wrong in the messages, found before anybody reads them. Used by ``faro check``."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path

from content.check_words import check_lengths, check_pictograms, check_reading
from content.choice_labels import label_message
from content.messages import (
    SOURCE_LANGUAGE,
    MessageFileError,
    Messages,
    placeholders,
    read_messages,
    why_unfit,
)
from content.pictograms import read_pictograms
from content.render import SPEAKERS
from content.short_set import ShortSet, read_short_set
from directory.pack_files import Fault, fault_of
from directory.yaml_lines import Document, YamlError, read_yaml
from wire.normalise import words
from wire.strict import WireError

_OPENING = 60  # characters that a locked phone shows of a message
# Everything that code fills in.
_PLACEHOLDERS = frozenset(
    {
        *("address", "amount", "audience", "cares", "care", "case", "city", "conditions", "cost"),
        *("countries", "country", "date", "details", "distance", "documents", "email", "emergency"),
        *(
            "entitlement",
            "hours",
            "kinds",
            "languages",
            "name",
            "note",
            "number",
            "numbers",
            "other",
        ),
        *("place", "purpose", "purposes", "sources", "status", "step", "steps", "title", "url"),
        *("capacity", "told"),
        *("verified", "waiting", "way", "ways", "where", "who", "whom", "word", "exit", "code"),
    }
)


def check_messages(
    folder: Path, languages: Sequence[str], short: Collection[str] = ()
) -> list[Fault]:
    """Return what is wrong in ``data/messages``.

    Args:
        folder: Holds ``<language>.po``, ``banned.yml``, ``says.yml``, ``short.yml`` and
            ``pictograms.yml``.
        languages: Tags of the enabled languages.
        short: Those of them that need the short set only.
    """
    paths = [folder / f"{language}.po" for language in languages]
    if missing := [path for path in paths if not path.exists()]:
        return [Fault(path, 1, "there is no such file") for path in missing]
    try:
        messages = read_messages(folder, tuple(languages))
        banned, says = read_yaml(folder / "banned.yml"), read_yaml(folder / "says.yml")
        short_set = read_short_set(folder) if short else ShortSet(())
        pictograms = read_pictograms(folder)
    except (MessageFileError, YamlError) as error:
        return [fault_of(error)]
    faults: list[Fault] = []
    for language, path in zip(languages, paths, strict=True):
        faults += check_empty(path)
        faults += check_language(messages, language, path, short_set if language in short else None)
        faults += check_banned(messages, language, path, banned.data)
        faults += check_lengths(messages, language, path)
        faults += check_reading(messages, language, path)
    whole = [language for language in languages if language not in short]
    faults += check_says(messages.only(whole), says)
    faults += check_pictograms(pictograms, says)
    return sorted(faults, key=lambda fault: (str(fault.path), fault.line))


def check_empty(path: Path) -> Iterator[Fault]:
    """Yield the messages of a file whose wording is empty or marked fuzzy."""
    message, flags, number = "", "", 0
    wording: str | None = None
    for number, line in enumerate([*path.read_text(encoding="utf-8").splitlines(), ""], 1):
        if line.startswith("#,"):
            flags = line
        elif line.startswith("msgctxt "):
            message = line[9:-1]
        elif line.startswith("msgstr "):
            wording = line[8:-1]
        elif line.startswith('"') and wording is not None:
            wording += line[1:-1]
        elif not line and wording is not None:
            if message and not wording.strip():
                yield Fault(path, number - 1, f"{message} has an empty wording")
            elif message and "fuzzy" in flags:
                yield Fault(path, number - 1, f"{message} is marked fuzzy")
            message, flags, wording = "", "", None


def check_language(
    messages: Messages, language: str, path: Path, short: ShortSet | None = None
) -> Iterator[Fault]:
    """Yield what is missing, outdated or wrong in the messages of a language."""
    everything = frozenset[str]().union(*(messages.ids(tag) for tag in messages.languages))
    for message in sorted(everything):
        if not messages.has(message, language):
            if short is not None and message not in short:
                continue
            yield Fault(path, 1, f"{message} has no wording in {language}")
            continue
        wording = messages.wording(message, language)
        source = wording
        if messages.has(message, SOURCE_LANGUAGE):
            source = messages.wording(message, SOURCE_LANGUAGE)
        if wording.source != source.text:
            yield Fault(path, wording.line, f"{message} is outdated: the English text has changed")
        if problem := why_unfit(wording.text, source.text):
            yield Fault(path, wording.line, f"{message}: {problem}")
        elif unknown := placeholders(wording.text) - _PLACEHOLDERS:
            named = ", ".join(sorted(unknown))
            yield Fault(path, wording.line, f"{message}: nothing fills {named}")


def check_banned(
    messages: Messages, language: str, path: Path, banned: Mapping[str, Mapping[str, Sequence[str]]]
) -> Iterator[Fault]:
    """Yield the messages with words that hurt, or whose first words give somebody away."""
    never = [_pattern(phrase) for phrase in banned["never"].get(language, ())]
    opening = [_pattern(phrase) for phrase in banned["openings"].get(language, ())]
    families, later = tuple(banned["families"]["opening"]), banned["families"]["later"]
    for message in sorted(messages.ids(language)):
        wording = messages.wording(message, language)
        if found := _first(never, wording.text):
            yield Fault(path, wording.line, f"{message}: {found!r} is never said to a person")
        start = wording.text[:_OPENING]
        first = message.startswith(families) and message not in later
        if first and (found := _first(opening, start)):
            problem = f"{found!r} stands in the first {_OPENING} characters, where others read it"
            yield Fault(path, wording.line, f"{message}: {problem}")


def check_says(messages: Messages, says: Document) -> Iterator[Fault]:
    """Yield the says and choices of ``says.yml`` that nothing words in every language."""
    for position, say in enumerate(says.data["says"]):
        if say not in SPEAKERS and not messages.everywhere(say):
            line = says.line(["says", position])
            yield Fault(says.path, line, f"{say} has neither a message nor a speaker")
    for position, choice in enumerate(says.data["choices"]):
        problem = _unlabelled(choice, messages.everywhere)
        if problem:
            yield Fault(says.path, says.line(["choices", position]), f"{choice} {problem}")


def _unlabelled(choice: str, has_message: Callable[[str], bool]) -> str | None:
    try:
        message = label_message(choice)
    except WireError:
        return "is no id of a choice"
    if message is None or has_message(message):
        return None
    return f"has no label: {message} has no wording in every language"


def _pattern(phrase: str) -> re.Pattern[str]:
    parts = [re.escape(word) for word in words(phrase.removesuffix("*"))]
    ending = r"\S*" if phrase.endswith("*") else ""
    # Not \b: it takes the vowel signs of some scripts for the end of a word.
    return re.compile(rf"(?<!\S){' '.join(parts)}{ending}(?!\S)")


def _first(patterns: Sequence[re.Pattern[str]], text: str) -> str | None:
    told = " ".join(words(text))
    return next((found[0] for pattern in patterns if (found := pattern.search(told))), None)

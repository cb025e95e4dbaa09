"""Messages: an id and a language give the wording. Gettext PO files, read with Babel.

``data/messages/<language>.po``: the context is the message id, the msgid the English text it
says, the msgstr the wording. So Poedit and Weblate show a translator what changed: a msgid
that is no longer the English text is outdated. The state of a wording (drafted by a machine or by a
person, read twice, reviewed) stands in its translator comment, and who reviewed it beside it.
"""

from __future__ import annotations

import string
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from types import MappingProxyType

from babel.messages.pofile import PoFileError, read_po

DRAFTED, MACHINE_DRAFTED = "drafted", "machine-drafted"
READ_TWICE, REVIEWED = "read twice", "reviewed"
STATES = (DRAFTED, MACHINE_DRAFTED, READ_TWICE, REVIEWED)
SOURCE_LANGUAGE = "en"


class MissingMessageError(LookupError):
    """A message id without wording in a language: a mistake in our content."""


class MessageFileError(ValueError):
    """A PO file that cannot be read. The message names the file."""


@dataclass(frozen=True)
class Wording:
    """One message in one language.

    Attributes:
        text: What the person reads, with ``{placeholders}``.
        source: The English text it was written from.
        state: One of ``STATES``.
        about: What a translator is told about it.
        line: Where it stands in its file.
        reviewer: Who reviewed it, and the day after a comma; empty until somebody does.
    """

    text: str
    source: str
    state: str
    about: str
    line: int
    reviewer: str = ""


class Messages:
    """All wordings, by language and id. Built once; never changes while running."""

    def __init__(self, wordings: Mapping[str, Mapping[str, Wording]]) -> None:
        self._wordings = wordings
        self.languages = tuple(sorted(wordings))

    def ids(self, language: str) -> frozenset[str]:
        """Return the ids that have a wording in a language."""
        return frozenset(self._wordings.get(language, {}))

    def wording(self, message: str, language: str) -> Wording:
        """Return one wording. Raises MissingMessageError."""
        try:
            return self._wordings[language][message]
        except KeyError:
            raise MissingMessageError(f"{message} has no wording in {language}") from None

    def has(self, message: str, language: str) -> bool:
        """Return whether a message has a wording in a language."""
        return message in self._wordings.get(language, {})

    def only(self, languages: Iterable[str]) -> Messages:
        """Return the messages of some languages."""
        return Messages({tag: self._wordings[tag] for tag in languages if tag in self._wordings})

    def everywhere(self, message: str) -> bool:
        """Return whether a message has a wording in every language."""
        return all(self.has(message, language) for language in self.languages)

    def overlaid(self, overrides: Mapping[str, Mapping[str, str]]) -> Messages:
        """Return these messages with other wordings for some, as a pack gives them.

        A wording for an id we do not have, or with other placeholders, is left out; the check
        names it.
        """
        if not overrides:
            return self
        changed: dict[str, dict[str, Wording]] = {}
        for language in overrides.keys() & self._wordings.keys():
            known, texts = self._wordings[language], overrides[language]
            changed[language] = {
                message: replace(known[message], text=text)
                for message, text in texts.items()
                if message in known and not why_unfit(text, known[message].text)
            }
        return self.with_wordings(changed)

    def with_wordings(self, wordings: Mapping[str, Mapping[str, Wording]]) -> Messages:
        """Return these messages with some wordings in place of theirs, or added to them."""
        changed = {tag: {**self._wordings.get(tag, {}), **new} for tag, new in wordings.items()}
        return Messages({**self._wordings, **changed})

    def as_kind[M: Messages](self, kind: type[M]) -> M:
        """Return the same wordings as another kind of messages."""
        return kind(self._wordings)

    def text(self, message: str, language: str, **values: str) -> str:
        """Return the wording with its placeholders filled.

        Raises:
            MissingMessageError: No wording in this language; nothing falls back silently.
            KeyError: A placeholder without a value: a mistake in our code.
        """
        return self.wording(message, language).text.format_map(values)


def placeholders(text: str) -> frozenset[str]:
    """Return the names in braces of a wording. Raises ValueError for unbalanced braces."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name)


def why_unfit(text: str, source: str) -> str | None:
    """Return what is wrong with the placeholders of a wording, or None."""
    try:
        own, wanted = placeholders(text), placeholders(source)
    except ValueError:
        return "a brace is not closed"
    if own == wanted:
        return None
    return f"the placeholders are {_listed(own)} and must be {_listed(wanted)}"


def _listed(names: frozenset[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names)) or "none"


def read_messages(folder: Path, languages: tuple[str, ...] | None = None) -> Messages:
    """Return the messages of every PO file in a folder, or of some languages.

    Raises:
        MessageFileError: A file is no PO file, or an id stands twice.
    """
    paths = sorted(folder.glob("*.po"))
    wanted = [path for path in paths if languages is None or path.stem in languages]
    return Messages({path.stem: _read(path) for path in wanted})


def _read(path: Path) -> Mapping[str, Wording]:
    try:
        return _wordings(path, path.read_bytes())
    except OSError as error:
        raise MessageFileError(f"{path}:1: cannot be read ({type(error).__name__})") from error


@lru_cache(maxsize=64)
def _wordings(path: Path, data: bytes) -> Mapping[str, Wording]:
    """Return what a file of these bytes says; parsed once, for a process reads it several times."""
    return MappingProxyType(dict(_parsed(path, data)))


def _parsed(path: Path, data: bytes) -> Iterator[tuple[str, Wording]]:
    try:
        catalog = read_po(BytesIO(data), locale=path.stem, abort_invalid=True)
    except PoFileError as error:
        raise MessageFileError(f"{path}:{(error.lineno or 0) + 1}: not PO") from error
    except ValueError as error:
        raise MessageFileError(f"{path}:1: cannot be read ({type(error).__name__})") from error
    _refuse_repeated(path, data)
    for message in catalog:
        if not message.id or message.context is None:
            continue
        told = _told(message.user_comments)
        text = message.string if isinstance(message.string, str) else ""
        if text and "fuzzy" not in message.flags:
            yield (
                message.context,
                Wording(
                    text=text,
                    source=str(message.id),
                    state=told.get("state", DRAFTED),
                    about=" ".join(message.auto_comments),
                    line=message.lineno or 1,
                    reviewer=told.get("reviewer", ""),
                ),
            )


def _told(comments: Iterable[str]) -> dict[str, str]:
    """Return what translator comments say, such as ``state: drafted``; an unknown state is none."""
    told = dict(comment.split(": ", 1) for comment in comments if ": " in comment)
    if told.get("state") not in STATES:
        told.pop("state", None)
    return told


def _refuse_repeated(path: Path, data: bytes) -> None:
    seen: set[str] = set()
    for number, line in enumerate(data.decode().splitlines(), 1):
        if line.startswith("msgctxt "):
            if line in seen:
                raise MessageFileError(f"{path}:{number}: {line[8:]} stands twice")
            seen.add(line)

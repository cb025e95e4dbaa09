"""Messages as gettext PO files for translators: out to Poedit or Weblate, and back in.

Out: the English text of today, the wording, its state, and an outdated wording marked fuzzy as
gettext does. In: everything is looked at before anything is taken, and nothing that a file says of
its own state is believed: a file reviews nothing.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po, write_po

from content.messages import SOURCE_LANGUAGE, Messages, placeholders
from content.translation_desk import OnTheDesk, Stage, TranslationDesk
from content.wording_faults import wording_faults

_FUZZY, _BRACES = "fuzzy", "python-brace-format"
MOST_BYTES = 4_000_000
_QUOTED = r'"(?:[^"\\]|\\.)*+"'
_LINE = re.compile(
    rf"(?:#.*|{_QUOTED}|(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?)\s+{_QUOTED})?"
)


class Found(StrEnum):
    """What was found of one message of a file."""

    CHANGED = "changed"  # would be taken
    UNFIT = "unfit"
    OUTDATED = "outdated"  # made from an English text that has changed since
    UNKNOWN = "unknown"  # there is no such message
    FUZZY = "fuzzy"  # the translator was not sure: left out


KEEPS_OUT = frozenset({Found.UNFIT, Found.OUTDATED, Found.UNKNOWN})


@dataclass(frozen=True)
class Line:
    """What was found of one message.

    Attributes:
        number: Line of the file; 0: the file as a whole.
        message: Its id.
        found: What was found.
        problem: What is wrong, in English; empty where nothing is.
        text: The new wording.
        before: What is said now.
    """

    number: int
    message: str
    found: Found
    problem: str = ""
    text: str = field(default="", repr=False)
    before: str = field(default="", repr=False)


@dataclass(frozen=True)
class Report:
    """What a file would change. One fault keeps all of it out."""

    lines: tuple[Line, ...]
    unchanged: int = 0

    @property
    def fits(self) -> bool:
        """Whether it can be taken: something is changed, and nothing keeps it out."""
        return bool(self.changed) and not any(line.found in KEEPS_OUT for line in self.lines)

    @property
    def changed(self) -> Mapping[str, str]:
        """Message id to new wording."""
        return {line.message: line.text for line in self.lines if line.found is Found.CHANGED}


def write_file(desk: TranslationDesk, language: str) -> bytes:
    """Return the PO file of a language, all messages that it needs in it."""
    catalog = Catalog(
        locale=language.replace("-", "_"),
        project="Faro",
        version="0.1",
        charset="utf-8",
        fuzzy=False,
        header_comment=f"# Faro: messages, {language}.",
    )
    for message in desk.wanted(language):
        _add(catalog, desk.one(message, language), desk.messages)
    written = io.BytesIO()
    write_po(written, catalog, width=0, include_previous=True)
    return written.getvalue()


def _add(catalog: Catalog, row: OnTheDesk, messages: Messages) -> None:
    comments: list[str] = []
    previous: tuple[str, ...] = ()
    flags = {_BRACES} if placeholders(row.english) else set()
    if row.stage is not Stage.MISSING:
        own = messages.wording(row.message, row.language)
        comments = [f"state: {own.state}"]
        if own.reviewer:
            comments.append(f"reviewer: {own.reviewer}")
        if row.stage is Stage.OUTDATED:
            flags.add(_FUZZY)
            previous = (own.source,)
    catalog.add(
        row.english,
        row.text,
        context=row.message,
        auto_comments=[row.about] if row.about else [],
        user_comments=comments,
        flags=flags,
        previous_id=previous,
    )


def look_at_file(desk: TranslationDesk, language: str, content: bytes, folder: Path) -> Report:
    """Return what a file would change in a language, and what keeps it out.

    Args:
        desk: What is said now.
        language: BCP 47 tag.
        content: The file.
        folder: ``data/messages``.
    """
    try:
        if (broken := _broken_line(content.decode("utf-8-sig"))) is not None:
            return Report((Line(broken, "", Found.UNFIT, "this line is cut off or has no quotes"),))
        catalog = read_po(io.BytesIO(content), abort_invalid=True)
    except PoFileError as error:
        number = (error.lineno or 0) + 1
        return Report((Line(number, "", Found.UNFIT, "this is no PO file"),))
    except (ValueError, LookupError):
        return Report((Line(0, "", Found.UNFIT, "this is no PO file in UTF-8"),))
    told = catalog.locale_identifier
    if told and told.replace("_", "-") != language:
        return Report((Line(0, "", Found.UNFIT, f"the file says that it is in {told}"),))
    lines = list(_lines(desk, language, catalog))
    taken = [line for line in lines if line is not None]
    unfit = _unfit(desk, language, taken, folder)
    return Report(
        tuple(
            unfit.get(line.message, line) if line.found is Found.CHANGED else line for line in taken
        ),
        len(lines) - len(taken),
    )


def _broken_line(text: str) -> int | None:
    """Return the number of the first line that no PO file has: Babel reads over open quotes."""
    for number, line in enumerate(text.split("\n"), start=1):
        if not _LINE.fullmatch(line.strip()):
            return number
    return None


def look_at_texts(
    desk: TranslationDesk, language: str, texts: Mapping[str, str], folder: Path
) -> Report:
    """Return what texts that were looked at before would change now; other people work, too."""
    lines = [
        Line(0, message, Found.CHANGED, text=text, before=desk.one(message, language).text)
        if desk.messages.has(message, SOURCE_LANGUAGE)
        else Line(0, message, Found.UNKNOWN, "there is no such message")
        for message, text in texts.items()
    ]
    unfit = _unfit(desk, language, lines, folder)
    return Report(tuple(unfit.get(line.message, line) for line in lines))


def _lines(desk: TranslationDesk, language: str, catalog: Catalog) -> Iterator[Line | None]:
    """Yield what was found of each message; None for one that says what is said now."""
    for one in catalog:
        if not one.id or not isinstance(one.string, str) or not one.string.strip():
            continue  # the header, and what is not translated yet
        yield _line(desk, language, one)


def _line(desk: TranslationDesk, language: str, one: Message) -> Line | None:
    number, text, message = one.lineno or 0, str(one.string), one.context or ""
    if not desk.messages.has(message, SOURCE_LANGUAGE):
        return Line(number, message, Found.UNKNOWN, "there is no such message")
    row = desk.one(message, language)
    if text == row.text:
        return None
    if _FUZZY in one.flags:
        return Line(number, message, Found.FUZZY, text=text, before=row.text)
    if language != SOURCE_LANGUAGE and str(one.id) != row.english:
        problem = "the English text has changed: download the file again"
        return Line(number, message, Found.OUTDATED, problem, text, row.text)
    return Line(number, message, Found.CHANGED, text=text, before=row.text)


def _unfit(
    desk: TranslationDesk, language: str, lines: list[Line], folder: Path
) -> dict[str, Line]:
    """Return those lines that would be taken and may not be, by message."""
    changed = {line.message: line for line in lines if line.found is Found.CHANGED}
    texts = {message: line.text for message, line in changed.items()}
    told: dict[str, list[str]] = {}
    for fault in wording_faults(desk.messages, language, texts, folder) if texts else ():
        told.setdefault(fault.message, []).append(fault.problem)
    return {
        message: Line(
            changed[message].number, message, Found.UNFIT, "; ".join(problems),
            changed[message].text, changed[message].before,
        )
        for message, problems in told.items()
    }  # fmt: skip

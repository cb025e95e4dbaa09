"""The kinds of things that operators keep true, and where a version of one comes from."""

from __future__ import annotations

from enum import StrEnum


class Part(StrEnum):
    """What an entry is a part of; the values stand in tables and addresses of pages."""

    SERVICES = "services"
    RIGHTS = "rights"
    HELPLINES = "helplines"
    MYTHS = "myths"
    PRACTICES = "practices"
    GAP_NOTES = "gap_notes"
    ORGANISATIONS = "organisations"
    MESSAGES = "messages"  # an entry is "<language>/<message id>"


OF_A_PACK = (Part.SERVICES, Part.RIGHTS, Part.HELPLINES)
CARDS = (Part.MYTHS, Part.PRACTICES, Part.GAP_NOTES, Part.ORGANISATIONS)


class Origin(StrEnum):
    """Where a published version comes from."""

    PACK = "pack"
    CONSOLE = "console"
    IMPORT = "import"
    LINK = "link"  # a provider, by a signed link


def entry_prefix(part: Part, country: str) -> str:
    """Return what stands before the number in the ids of a country's entries, such as ``sv-s``."""
    return f"{country.lower()}-{part[0]}"


def numbered_entry(part: Part, country: str, number: int) -> str:
    """Return the id with a number, such as ``sv-s104``."""
    return f"{entry_prefix(part, country)}{number:02d}"


def message_entry(language: str, message: str) -> str:
    """Return the entry id of a message in a language."""
    return f"{language}/{message}"


def of_message(entry: str) -> tuple[str, str]:
    """Return language and message id of an entry. Raises ValueError: it is no such id."""
    language, slash, message = entry.partition("/")
    if not slash or not language or not message:
        raise ValueError("not the id of a message: it is written <language>/<message>")
    return language, message

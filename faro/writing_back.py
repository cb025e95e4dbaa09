"""What operators published back into files: wordings into PO files, cards into YAML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from babel.messages.pofile import read_po, write_po
from sqlalchemy.ext.asyncio import AsyncSession

from content.cards import read_cards
from content.languages import enabled_languages
from content.live import reviewed_by
from content.messages import SOURCE_LANGUAGE, Messages, read_messages
from directory.card_load import parts_with_files
from directory.edited import Edited, read_edited
from directory.engine import async_engine

_OURS = ("state: ", "reviewer: ")  # translator comments


@dataclass(frozen=True)
class Otherwise:
    """One thing that is said otherwise than its file says.

    Attributes:
        file: Below ``data``.
        name: Id of the message or card.
        body: What operators published; None: they took it back.
    """

    file: Path
    name: str
    body: Mapping[str, Any] | None = field(repr=False)

    def __str__(self) -> str:
        what = "taken back; remove it by hand" if self.body is None else "said otherwise"
        return f"{self.file}: {self.name} {what}"


async def differences(database_url: str, data: Path) -> list[Otherwise]:
    """Return what is said otherwise than in the files under ``data``.

    Raises:
        SQLAlchemyError: The database does not answer.
        MessageFileError: A PO file cannot be read.
    """
    engine = async_engine(database_url)
    try:
        async with AsyncSession(engine) as session:
            edited = await read_edited(session)
    finally:
        await engine.dispose()
    messages = read_messages(data / "messages", enabled_languages(data / "languages.yml"))
    return [*_wordings(edited, messages), *_cards(edited, data)]


def write_back(found: Iterable[Otherwise], data: Path) -> list[Path]:
    """Write it into the files; return those that were written. Nothing is removed."""
    by_file: dict[Path, dict[str, Mapping[str, Any]]] = {}
    for one in found:
        if one.body is not None:
            by_file.setdefault(one.file, {})[one.name] = one.body
    for file, bodies in by_file.items():
        path = data / file
        if file.suffix == ".po":
            _write_messages(path, bodies)
        else:
            _write_card(path, next(iter(bodies.values())))
    return [data / file for file in by_file]


def _wordings(edited: Edited, messages: Messages) -> list[Otherwise]:
    return [
        Otherwise(Path("messages", f"{language}.po"), message, body)
        for language, bodies in sorted(edited.wordings.items())
        for message, body in sorted(bodies.items())
        if language in messages.languages and _differs(messages, language, message, body)
    ]


def _differs(messages: Messages, language: str, message: str, body: Mapping[str, Any]) -> bool:
    if not messages.has(message, language):
        return True
    said = messages.wording(message, language)
    return (said.text, said.state, said.reviewer) != (
        body["text"],
        body["state"],
        reviewed_by(body),
    )


def _cards(edited: Edited, data: Path) -> list[Otherwise]:
    found = []
    for part, folder in parts_with_files():
        files = read_cards(data / folder)
        found += [
            Otherwise(Path(folder, f"{card}.yml"), card, body)
            for card, body in sorted(edited.cards.get(part, {}).items())
            if (body is None and card in files) or (body is not None and files.get(card) != body)
        ]
    return found


def _write_messages(path: Path, bodies: Mapping[str, Mapping[str, Any]]) -> None:
    language = path.stem
    with path.open("rb") as file:
        catalog = read_po(file, locale=language.replace("-", "_"))
    left = dict(bodies)
    for message in catalog:
        body = left.pop(message.context or "", None)
        if body is None:
            continue
        theirs = [one for one in message.user_comments if not one.startswith(_OURS)]
        message.id = body["text"] if language == SOURCE_LANGUAGE else body.get("source", message.id)
        message.string = body["text"]
        message.user_comments = [*_comments(body), *theirs]
        message.flags.discard("fuzzy")
    for name, body in left.items():
        source = str(body.get("source") or body["text"])
        catalog.add(source, body["text"], context=name, user_comments=_comments(body))
    with path.open("wb") as file:
        write_po(file, catalog, width=0, sort_output=False)


def _comments(body: Mapping[str, Any]) -> list[str]:
    reviewer = reviewed_by(body)
    return [f"state: {body['state']}", *([f"reviewer: {reviewer}"] if reviewer else [])]


def _write_card(path: Path, body: Mapping[str, Any]) -> None:
    written = yaml.safe_dump(dict(body), allow_unicode=True, sort_keys=False, width=100)
    path.write_text(written, encoding="utf-8")

"""Cards and wordings of files into a database, beside what operators made of them."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from content.cards import read_cards
from content.messages import read_messages
from directory.card_load import load_cards, parts_with_files, settle_wordings
from directory.edited import wordings_published
from directory.engine import async_engine
from faro.root import DATA


async def load_card_files(database_url: str, data: Path = DATA) -> list[str]:
    """Put cards in place and let go of wordings that the files say by now.

    Returns what stays as operators have it, though files say otherwise: ``myths/free_bus``.

    Raises:
        SQLAlchemyError: The database does not answer; nothing was changed.
        MessageFileError: A PO file cannot be read.
    """
    engine = async_engine(database_url)
    kept = []
    try:
        async with AsyncSession(engine) as session, session.begin():
            for part, folder in parts_with_files():
                cards = read_cards(data / folder)
                kept += [f"{part}/{card}" for card in await load_cards(session, part, cards)]
            if languages := tuple(await wordings_published(session)):
                await settle_wordings(session, _said(data, languages))
    finally:
        await engine.dispose()
    return kept


def _said(data: Path, languages: tuple[str, ...]) -> dict[str, dict[str, str]]:
    """Return the texts of files by language and message id."""
    messages = read_messages(data / "messages", languages)
    return {
        language: {one: messages.wording(one, language).text for one in messages.ids(language)}
        for language in messages.languages
    }

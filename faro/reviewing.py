"""The pages on which people review what we say: one a country, from packs and messages alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from content.messages import read_messages
from content.rights_review import LANGUAGES, review
from content.rights_words import RightsWords
from content.tables import read_tables
from content.vocabulary_labels import Labels
from directory.gazetteer import Gazetteer
from directory.pack_files import pack_folders, read_pack

# A review does not depend on the day it is written.
_ANY_DAY = date(2000, 1, 1)


def review_pages(data: Path, places: Path) -> dict[str, str]:
    """Return file name to page for every pack under ``data``/packs.

    Raises:
        MessageFileError, YamlError: A file cannot be read; the check names the line.
        PlacesMissingError: ``make setup`` was not run.
    """
    messages, tables = read_messages(data / "messages", LANGUAGES), read_tables(data)
    gazetteer = Gazetteer(places)
    try:
        words = {
            language: RightsWords(
                messages,
                language,
                Labels(messages, language, gazetteer, tables.cities),
                _ANY_DAY,
            )
            for language in LANGUAGES
        }
        pages = {}
        for folder in pack_folders(data / "packs"):
            pack, _ = read_pack(folder)
            if pack is not None:
                pages[f"{pack.country}.md"] = review(pack.country, pack.part("rights"), words)
        return pages
    finally:
        gazetteer.close()

"""What is published, as files that others or a later import can read."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from directory import published
from directory.gazetteer import Gazetteer
from directory.hsds import csv_form, fetch, json_form
from directory.hsds.models import Attribute, Service
from directory.hsds.profile import term_row
from directory.hsds.project import records_of
from directory.hsds.records import Records, merged
from directory.models import CardRow, PackRow
from directory.pack_write import pack_texts
from directory.parts import Part
from directory.sheets.columns import PARTS
from directory.sheets.write import Entry, write_book

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # of zip; files of the same content are the same
Progress = Callable[[int], None]
Target = Path | BinaryIO


class Format(StrEnum):
    """A form that the directory is exported in."""

    XLSX = "xlsx"
    CSV = "csv"  # HSDS tables, in a zip
    HSDS_JSON = "hsds-json"
    PACKS = "packs"  # in a zip


ENDINGS = {
    Format.XLSX: ".xlsx",
    Format.CSV: ".zip",
    Format.HSDS_JSON: ".json",
    Format.PACKS: ".zip",
}


async def countries(session: AsyncSession) -> list[str]:
    """Return the countries that there are packs for."""
    return sorted(await session.scalars(select(PackRow.country)))


async def export(
    session: AsyncSession,
    target: Target,
    form: Format,
    *,
    country: str | None,
    language: str,
    places: Gazetteer,
    progress: Progress | None = None,
) -> int:
    """Write what is published; return how many entries that is.

    Args:
        session: An open session.
        target: Where to write.
        form: Which form.
        country: ISO 3166-1 alpha-2; None for all.
        language: Of headings and words in a sheet.
        places: Where towns are, for HSDS.
        progress: Told how many entries are written.
    """
    if form is Format.PACKS:
        return await _packs(session, target, country)
    if form is Format.XLSX:
        known = await countries(session)
        parts = {part: await _entries(session, part, country) for part in PARTS}
        return write_book(target, parts, language=language, countries=known, progress=progress)
    records = await hsds_records(session, country, places)
    if form is Format.CSV:
        _zip(target, csv_form.files_of(records))
    else:
        tree = json_form.Tree(records)
        services = [tree.service(row["id"]) for row in records.get("service", ())]
        _write(target, json.dumps(services, ensure_ascii=False, indent=1).encode())
    return len(records.get("service", ()))


async def hsds_records(session: AsyncSession, country: str | None, places: Gazetteer) -> Records:
    """Return the rows of HSDS of the published listings; of all countries also those of others."""
    cards = await session.scalars(select(CardRow).where(CardRow.part == Part.ORGANISATIONS))
    organisations = {row.id: row.body for row in cards}
    listings = await published.all_of(session, Part.SERVICES, country=country)
    ours = merged(
        records_of(
            one.body,
            country=one.country or "",
            organisation=organisations.get(str(one.body.get("owner"))),
            places=places,
        )
        for one in listings
    )
    if country is not None:
        return ours
    said = select(Attribute.link_id).where(
        Attribute.taxonomy_term_id == term_row("record", "id")["id"]
    )
    others = await session.scalars(select(Service.id).where(Service.id.not_in(said)))
    return merged([ours, await fetch.services(session, list(others))])


async def _entries(session: AsyncSession, part: Part, country: str | None) -> Sequence[Entry]:
    found = await published.all_of(session, part, country=country)
    return [Entry(one.entry, one.country, one.body) for one in found]


async def _packs(session: AsyncSession, target: Target, country: str | None) -> int:
    files: dict[str, str] = {}
    number = 0
    for one in [country] if country else await countries(session):
        for name, text in (await pack_texts(session, one)).items():
            files[f"{one}/{name}.yml"] = text
        for part in (Part.SERVICES, Part.RIGHTS, Part.HELPLINES):
            number += len(await published.all_of(session, part, country=one))
    _zip(target, files)
    return number


def _zip(target: Target, files: dict[str, str]) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in files.items():
            packed.writestr(zipfile.ZipInfo(name, _FIRST_DAY), text, zipfile.ZIP_DEFLATED)


def _write(target: Target, data: bytes) -> None:
    if isinstance(target, Path):
        target.write_bytes(data)
    else:
        target.write(data)

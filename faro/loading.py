"""Packs into a database: all or nothing, saying what changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from directory.engine import async_engine
from directory.entry_tables import PACK_TABLES
from directory.gazetteer import Gazetteer
from directory.load import load_packs
from directory.models import PackRow
from directory.pack_files import PARTS, PackFiles, pack_folders


@dataclass(frozen=True)
class Change:
    """One entry that a load changed.

    Attributes:
        country: ISO 3166-1 alpha-2.
        entry: Id of the fact, helpline or service; ``pack`` for the pack's own part.
        what: ``new``, ``gone``, ``changed``, or ``kept`` as an operator has it.
        fields: Which fields changed.
    """

    KEPT: ClassVar[str] = "kept"

    country: str
    entry: str
    what: str
    fields: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.country}: {self.entry} {self.what} {', '.join(self.fields)}".rstrip()


async def load(database_url: str, packs: Sequence[PackFiles], places: Path) -> list[Change]:
    """Replace what the database says with the packs, in one transaction; return what changed.

    What an operator changed or retired, and a pack says otherwise, stays and is among it as kept.

    Raises:
        PlacesMissingError: There are no places to find towns in.
        SQLAlchemyError: The database does not answer; nothing was changed.
    """
    engine = async_engine(database_url)
    try:
        async with AsyncSession(engine) as session, session.begin():
            before = await _held(session)
            loaded = await load_packs(session, packs, Gazetteer(places))
            after = await _held(session)
        kept = [Change(entry[:2].upper(), entry, Change.KEPT) for entry in loaded.kept]
        return [*_changes(before, after), *kept]
    finally:
        await engine.dispose()


async def is_empty(database_url: str) -> bool:
    """Return whether the database holds no pack."""
    return not await _digests(database_url)


async def outdated(database_url: str, folder: Path) -> bool:
    """Return whether the packs in a folder are not what the database holds."""
    wanted = {country.name: _digest(country) for country in pack_folders(folder)}
    return wanted != await _digests(database_url)


async def _digests(database_url: str) -> dict[str, str]:
    engine = async_engine(database_url)
    try:
        async with AsyncSession(engine) as session:
            rows = await session.execute(select(PackRow.country, PackRow.digest))
            return {country: digest for country, digest in rows}  # noqa: C416 -- rows
    finally:
        await engine.dispose()


def _digest(country: Path) -> str:
    """Return the digest that ``directory.pack_files`` gives the pack, without parsing it."""
    digest = hashlib.sha256()
    for part in PARTS:
        path = country / f"{part}.yml"
        digest.update(path.read_bytes() if path.exists() else b"")
    return digest.hexdigest()


_Entries = dict[str, Mapping[str, Any]]


async def _held(session: AsyncSession) -> dict[str, _Entries]:
    held: dict[str, _Entries] = {
        country: {"pack": body}
        for country, body in await session.execute(select(PackRow.country, PackRow.body))
    }
    for table in PACK_TABLES.values():
        rows = await session.execute(select(table.country, table.id, table.body))
        for country, entry, body in rows:
            held[country][entry] = body
    return held


def _changes(before: dict[str, _Entries], after: dict[str, _Entries]) -> Iterator[Change]:
    for country in sorted({*before, *after}):
        old, new = before.get(country, {}), after.get(country, {})
        if not old or not new:
            yield Change(country, f"{len(new or old)} entries", "gone" if old else "new")
            continue
        for entry in sorted({*old, *new}):
            if entry not in old or entry not in new:
                yield Change(country, entry, "gone" if entry in old else "new")
            elif fields := _differences(old[entry], new[entry]):
                yield Change(country, entry, "changed", fields)


def _differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(name for name in sorted({*old, *new}) if old.get(name) != new.get(name))

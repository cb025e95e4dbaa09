"""Loading packs into the tables: all of them or none, and the same result twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from directory.gazetteer import Gazetteer
from directory.models import HelplineRow, PackRow, RightsFactRow, ServicePlaceRow, ServiceRow
from directory.pack_files import PackFiles
from directory.withheld import is_withheld, stored


@dataclass(frozen=True)
class Loaded:
    """How many entries stand in the tables after a load, and which packs changed."""

    rights: int
    helplines: int
    services: int
    changed: tuple[str, ...]


async def load_packs(
    session: AsyncSession, packs: Sequence[PackFiles], places: Gazetteer
) -> Loaded:
    """Replace what the tables say with these packs.

    The caller commits, so that it is all or nothing.

    Countries that have no pack any more are removed; a pack that did not change is left alone.
    """
    before = {row.country: row.digest for row in await session.scalars(select(PackRow))}
    wanted = {pack.country: pack for pack in packs}
    changed = [c for c, pack in wanted.items() if before.get(c) != pack.digest]
    gone = [country for country in before if country not in wanted]
    await session.execute(delete(PackRow).where(PackRow.country.in_([*changed, *gone])))
    for country in changed:
        pack = wanted[country]
        session.add(PackRow(country=country, digest=pack.digest, body=pack.part("pack")))
        await session.flush()  # the rows below refer to it
        session.add_all(_rows(pack, places))
        await session.flush()
    return Loaded(
        rights=sum(len(pack.part("rights") or []) for pack in packs),
        helplines=sum(len(pack.part("helplines") or []) for pack in packs),
        services=sum(len(pack.part("services") or []) for pack in packs),
        changed=tuple(sorted([*changed, *gone])),
    )


def _rows(pack: PackFiles, places: Gazetteer) -> list[Any]:
    country = pack.country
    rows: list[Any] = [
        RightsFactRow(id=fact["id"], country=country, ordinal=ordinal, body=fact)
        for ordinal, fact in enumerate(pack.part("rights") or [])
    ]
    rows += [
        HelplineRow(
            id=line["id"], country=country, ordinal=ordinal, purposes=line["purpose"], body=line
        )
        for ordinal, line in enumerate(pack.part("helplines") or [])
    ]
    rows += [
        _service_row(country, ordinal, service, places)
        for ordinal, service in enumerate(pack.part("services") or [])
    ]
    return rows


def _service_row(
    country: str, ordinal: int, service: dict[str, Any], places: Gazetteer
) -> ServiceRow:
    return ServiceRow(
        id=service["id"],
        country=country,
        ordinal=ordinal,
        scope=service["scope"],
        kinds=service["kinds"],
        layers=service["layers"],
        audience=service["audience"],
        status=service["status"],
        confidence=service["confidence"],
        protection=is_withheld(service),
        body=stored(service),
        places=[] if is_withheld(service) else _places(country, service, places),
    )


def _places(country: str, service: dict[str, Any], places: Gazetteer) -> list[ServicePlaceRow]:
    rows = []
    for place in service["places"]:
        name = place.get("city")
        if not name:
            continue
        found = places.named(name, country)
        rows.append(
            ServicePlaceRow(
                place=found.id if found else None,
                name=name,
                latitude=found.latitude if found else None,
                longitude=found.longitude if found else None,
            )
        )
    return rows

"""Time zones of the countries that have a pack, remembered for half a minute.

They stand in the packs, which are long; a question about what is open now needs all of them.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, select
from sqlalchemy.ext.asyncio import AsyncSession

from directory.models import PackRow

_FOR = 30.0  # seconds; a country that is new is known within a minute
_read: WeakKeyDictionary[Engine, tuple[float, Mapping[str, str]]] = WeakKeyDictionary()


async def zones(session: AsyncSession) -> Mapping[str, str]:
    """Return the IANA name of the first time zone of each country, by ISO 3166-1 alpha-2."""
    bind = session.get_bind()
    engine = bind if isinstance(bind, Engine) else bind.engine
    known = _read.get(engine)
    if known is not None and time.monotonic() - known[0] < _FOR:
        return known[1]
    rows = await session.execute(select(PackRow.country, PackRow.body["timezones"][0].astext))
    found = {row.country: row[1] for row in rows}
    if found:
        _read[engine] = (time.monotonic(), found)
    return found

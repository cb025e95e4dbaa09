"""A scene for paper: one language, one country, nothing that is true for an hour only."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from content.languages import whole
from content.messages import Messages
from content.overrides import overrides_of
from content.scene import Scene
from content.tables import Tables
from directory.engine import async_engine
from directory.gazetteer import Gazetteer
from directory.queries import pack_of

# Paper does not know whether a door is open now.
_TIMELESS = {"hours.open_now": "{hours}", "hours.closed_now": "{hours}"}


@asynccontextmanager
async def open_scene(
    database_url: str,
    messages: Messages,
    tables: Tables,
    *,
    country: str,
    language: str,
    now: datetime,
    places: Path,
) -> AsyncIterator[Scene]:
    """Yield a scene on the packs in a database, as it is printed.

    Args:
        database_url: Of a database with the packs in it.
        messages: All wordings of this language, of English and of the country's languages.
        tables: What answers look up.
        country: ISO 3166-1 alpha-2; its pack's own wordings hold.
        language: BCP 47 tag of a language that everything is said in.
        now: The moment it is made, with its time zone.
        places: The table that the gazetteer reads.

    Raises:
        PlacesMissingError: ``make setup`` was not run.
        sqlalchemy.exc.SQLAlchemyError: The database does not answer.
    """
    paper = dict.fromkeys(whole(tables.languages, language), _TIMELESS)
    gazetteer = Gazetteer(places)
    engine = async_engine(database_url)
    try:
        async with AsyncSession(engine) as session:
            overrides = overrides_of(await pack_of(session, country), None, gazetteer)
            yield Scene(
                messages=messages.overlaid(overrides.messages).overlaid(paper),
                language=language,
                channel="paper",
                now=now,
                session=session,
                places=gazetteer,
                tables=tables,
                overrides=overrides,
            )
    finally:
        await engine.dispose()
        gazetteer.close()

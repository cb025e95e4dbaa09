"""Puts the console together from its settings."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from sqlalchemy.ext.asyncio import async_sessionmaker

from console.clock import now
from console.context import Console
from console.keys import Keys
from console.passwords import Passwords
from console.settings import Settings
from console.templating import build_templates
from directory.engine import async_engine
from directory.gazetteer import Gazetteer


@asynccontextmanager
async def open_console(
    settings: Settings,
    *,
    clock: Callable[[], datetime] = now,
    passwords: Passwords | None = None,
) -> AsyncIterator[Console]:
    """Give the console's parts; connections are closed at the end.

    Raises:
        PlacesMissingError: ``make setup`` was not run.
    """
    places = Gazetteer(settings.root / "var" / "places.sqlite")
    engine = async_engine(settings.database_url)
    try:
        yield Console(
            sessions=async_sessionmaker(engine, expire_on_commit=False),
            places=places,
            data=settings.root / "data",
            clock=clock,
            templates=build_templates(),
            signing_key=settings.signing_key,
            settings=settings,
            keys=Keys(settings.signing_key),
            passwords=passwords or Passwords(),
        )
    finally:
        await engine.dispose()
        places.close()

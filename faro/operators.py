"""Operators of the console, from the command line: whoever owns the machine adds the first."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from console.keys import Keys
from console.migrate import upgrade
from console.models import OperatorRow
from console.operator_records import OperatorError, Told, find
from console.permissions import Role
from console.settings import read_settings
from directory.engine import async_engine
from faro.announcement import read_announcement
from faro.errors import FaroError
from faro.keys import keys_in
from faro.root import VAR
from faro.running import running_database

ACTOR = "command line"  # in the audit
_SEE = "See `faro operator add --help`"


@dataclass(frozen=True)
class Records:
    """The operators of this Faro.

    Attributes:
        session: In a transaction, which is committed at the end.
        keys: The console's.
        url: Address of the console.
        now: This moment.
    """

    session: AsyncSession
    keys: Keys
    url: str
    now: datetime

    def link(self, code: str) -> str:
        """Return the address of a first sign-in; browsers send the code to nobody."""
        return f"{self.url}/enrol#{code}"

    async def row(self, name: str) -> OperatorRow:
        """Return the operator with a name. Raises FaroError: there is none."""
        found = await find(self.session, name)
        if found is None or found.demo:
            raise FaroError(
                f"There is no operator called {name}", "See `faro operator list` for the names"
            )
        return found


@asynccontextmanager
async def operator_records() -> AsyncIterator[Records]:
    """Give the operators of this Faro, with a database that is started where none runs.

    Raises:
        FaroError: It cannot be done; the message says why.
        SettingError: A setting of the console is wrong.
    """
    async with running_database() as database_url:
        upgrade(database_url)
        told = {**os.environ, **keys_in(VAR / "secrets", os.environ)}
        # Try-out mode is the console's business, not that of whoever adds an operator.
        settings = read_settings({**told, "DATABASE_URL": database_url, "FARO_DEMO": ""})
        engine = async_engine(database_url)
        try:
            async with AsyncSession(engine, expire_on_commit=False) as session, session.begin():
                keys, now = Keys(settings.signing_key), datetime.now(UTC)
                yield Records(session, keys, _running(database_url) or settings.url, now)
        except OperatorError as error:
            raise FaroError(f"{error.field}: {error.words}", _SEE) from None
        finally:
            await engine.dispose()


def _running(database_url: str) -> str:
    """Return the address of the console that runs with a database, or nothing."""
    found = read_announcement()
    return found.console_url if found and found.database_url == database_url else ""


def told_of(
    role: str, organisation: str | None, countries: list[str], languages: list[str]
) -> Told:
    """Return what was said of an operator. Raises FaroError: there is no such role."""
    if role not in {*Role}:
        raise FaroError(f"There is no role {role}", f"Use one of {', '.join(Role)}")
    upper = tuple(code.upper() for code in countries)
    return Told(Role(role), organisation, upper, tuple(languages))

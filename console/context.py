"""What every page works with: the console's parts, and the request that asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from pathlib import Path

from jinja2 import Environment
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from starlette.exceptions import HTTPException
from starlette.requests import Request

from console.keys import Keys
from console.operator import Operator
from console.passwords import Passwords
from console.settings import Settings
from console.typed import clean
from directory.gazetteer import Gazetteer

_LONGEST_FIELD = 10_000  # characters


@dataclass(frozen=True)
class Console:
    """Everything that pages share.

    Attributes:
        sessions: Of the database; one ``sessions.begin()`` around everything of one action.
        places: Cities by number and name.
        data: The folder ``data`` with packs and messages.
        clock: Tells what time it is, in UTC.
        templates: Jinja's environment.
        signing_key: The console's root key; ``keys`` holds what is derived from it.
        settings: What this process was told.
        keys: Signs, seals and hashes.
        passwords: Hashes and verifies passwords.
    """

    sessions: async_sessionmaker[AsyncSession]
    places: Gazetteer
    data: Path
    clock: Callable[[], datetime]
    templates: Environment
    signing_key: bytes = field(repr=False)
    settings: Settings
    keys: Keys
    passwords: Passwords


class ConsoleRequest(Request):
    """A request on its way to a page."""

    @property
    def console(self) -> Console:
        """The console's parts."""
        console: Console = self.app.state.console
        return console

    @property
    def operator(self) -> Operator:
        """Who is signed in. Raises LookupError: nobody is, so the page must be public."""
        operator = self.signed_in
        if operator is None:
            raise LookupError("nobody is signed in")
        return operator

    @property
    def signed_in(self) -> Operator | None:
        """Who is signed in, or None; for public pages."""
        operator: Operator | None = getattr(self.state, "operator", None)
        return operator

    @property
    def now(self) -> datetime:
        """This moment, in UTC."""
        return self.console.clock()

    async def fields(self) -> dict[str, str]:
        """Return the fields of a posted form, as ``clean`` leaves them; files are left out.

        A field that stands there several times keeps its last value; see ``ticked``.

        Raises HTTPException: One is far longer than anybody writes, and would fill the audit.
        """
        form = await self.form()
        written = {name: value for name, value in form.items() if isinstance(value, str)}
        if any(len(value) > _LONGEST_FIELD for value in written.values()):
            raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return {name: clean(value) for name, value in written.items()}

    async def ticked(self, name: str) -> list[str]:
        """Return all values of one field of a posted form, such as ticked boxes."""
        form = await self.form()
        return [value for value in form.getlist(name) if isinstance(value, str)]

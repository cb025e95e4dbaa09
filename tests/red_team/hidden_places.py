"""The packs with an address in every place that must not be found, as a careless author leaves it."""

from __future__ import annotations

import asyncio
from copy import deepcopy
from dataclasses import replace
from functools import cache

import psycopg
from saying import load, packs

from directory.migrate import upgrade
from directory.pack_files import PackFiles
from directory.withheld import is_withheld
from faro.postgres import Postgres

HIDDEN = "Calle Escondida 77"
_DATABASE = "red_team_hidden_places"


@cache
def database_with_hidden_places(server: Postgres) -> str:
    """Return the address of a database that holds such packs; nobody writes to it."""
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {_DATABASE}".encode())
    url = server.url(_DATABASE)
    upgrade(url)
    asyncio.run(load(url, [_careless(pack) for pack in packs()]))
    return url


def _careless(pack: PackFiles) -> PackFiles:
    services = deepcopy(pack.part("services"))
    for service in filter(is_withheld, services):
        service |= {"addresses": [HIDDEN], "note": HIDDEN, "description": HIDDEN}
        service["how_to_access"] = HIDDEN
    document = replace(pack.documents["services"], data=services)
    return replace(pack, documents={**pack.documents, "services": document})

"""Databases of one test or one module, copied from a template in a fraction of a second."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import psycopg
from sqlalchemy import make_url

from console.migrate import upgrade as upgrade_console
from faro.postgres import Postgres

TEMPLATE = "template_faro"  # the directory's tables and the delivery's
_CONSOLE = "template_faro_console"
_counter = itertools.count()


@contextmanager
def database(server: Postgres, template: str = TEMPLATE) -> Iterator[str]:
    """Give the address of a database that is a copy of a template, and is gone at the end."""
    name = f"test_{next(_counter)}"
    create(server, name, template)
    try:
        yield server.url(name)
    finally:
        with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


def create(server: Postgres, name: str, template: str) -> None:
    """Create a database as a copy of another one, which nobody may be connected to."""
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())


def beside(url: str, name: str) -> str:
    """Return the address of another database of the same server."""
    return make_url(url).set(database=name).render_as_string(hide_password=False)


def made_anew(url: str, template: str) -> None:
    """Make the database at ``url`` a copy of a template, whatever it was."""
    name = make_url(url).database
    with psycopg.connect(beside(url, "postgres"), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())


@cache
def console_template(server: Postgres) -> str:
    """Return the name of a template that has the console's tables too, made once a run."""
    create(server, _CONSOLE, TEMPLATE)
    upgrade_console(server.url(_CONSOLE))
    return _CONSOLE

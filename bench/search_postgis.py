"""The same listings in plain PostGIS: a geography, arrays, and the indexes one would make."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg
from programs import tell
from search_questions import NOW

from directory.open_now import WEEK, moment_in
from directory.search_query import HIDDEN_AFTER, Query

_CONTROL = "share/postgresql/*/extension/postgis.control"
_SETTINGS = ("shared_buffers=64MB", "fsync=off", "jit=off", "max_parallel_workers_per_gather=0")
_TABLE = """
CREATE EXTENSION postgis;
CREATE TABLE place (
    service text, geog geography(Point), country text, kinds text[], layers text[],
    audience text[], status text[], languages text[], cost text, accessibility text[],
    capacity text, shut boolean, week int4multirange, open_on_holidays boolean,
    paused_until date, valid_from date, valid_until date, verified date
);
"""
_INDEXES = """
CREATE INDEX ON place USING gist (geog);
CREATE INDEX ON place USING gin (kinds);
CREATE INDEX ON place USING gin (languages);
ANALYZE place;
"""
_READ = """
COPY (
    SELECT p.service, 'SRID=4326;POINT(' || p.point[0] || ' ' || p.point[1] || ')', p.country,
        s.kinds, s.layers, s.audience, s.status,
        ARRAY(SELECT DISTINCT jsonb_array_elements_text(
            (body -> 'languages_spoken') || (body -> 'languages_interpreted'))),
        body -> 'cost' ->> 'kind',
        ARRAY(SELECT jsonb_array_elements_text(coalesce(body -> 'accessibility', '[]'))),
        body -> 'capacity' ->> 'code', (body ->> 'not_taking')::boolean, p.week,
        p.open_on_holidays, p.paused_until, p.valid_from, p.valid_until, p.verified
    FROM search_place p JOIN service s ON s.id = p.service WHERE p.point IS NOT NULL
) TO STDOUT
"""
_HOLDS = {
    "kinds": "kinds && %(kinds)s",
    "layers": "layers && %(layers)s",
    "audience": "(audience && ARRAY[%(audience)s, 'any'] OR cardinality(audience) = 0)",
    "status": "(status && ARRAY[%(status)s, 'any'] OR cardinality(status) = 0)",
    "language": "languages @> ARRAY[%(language)s]",
    "costs": "cost = ANY(%(costs)s)",
    "accessibility": "accessibility @> %(accessibility)s",
    "capacity": "capacity = ANY(%(capacity)s)",
    "country": "country = %(country)s",
}
_SHOWN = """(valid_from IS NULL OR valid_from <= %(today)s)
    AND (valid_until IS NULL OR valid_until >= %(today)s)
    AND (verified IS NULL OR verified >= %(kept)s)"""
_TAKING = "NOT shut AND capacity IS DISTINCT FROM 'full'"
_PAUSED = "(paused_until IS NULL OR paused_until <= %(today)s)"


def find_postgis() -> PostGis | None:
    """Return PostGIS where it is installed for a server of this machine, else None."""
    controls = sorted(Path("/usr").glob(_CONTROL))
    if not controls:
        tell("PostGIS is not installed: measured without it")
        return None
    return PostGis(Path("/usr/lib/postgresql") / controls[-1].parents[1].name / "bin")


class PostGis:
    """A throwaway server of its own, as a user without privileges."""

    def __init__(self, binaries: Path) -> None:
        self._binaries = binaries
        self._base = Path(tempfile.mkdtemp(prefix="faro-bench-postgis-"))
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: psycopg.AsyncConnection[Any] | None = None
        self._zones: dict[str, str] = {}

    def start(self, url: str, count: int) -> str:
        """Start it and copy the listings of another database; return its version."""
        who: dict[str, Any] = {}
        if os.geteuid() == 0:
            account = pwd.getpwnam("nobody")
            os.chown(self._base, account.pw_uid, account.pw_gid)
            who = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
        data = self._base / "data"
        command = [self._binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust"]
        subprocess.run([*command, "-E", "UTF8"], check=True, capture_output=True, cwd="/", **who)
        settings = ["listen_addresses=", f"unix_socket_directories={self._base}", *_SETTINGS]
        self._process = subprocess.Popen(
            [self._binaries / "postgres", "-D", data, *(f"-c{one}" for one in settings)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            **who,
        )
        with self._connected() as own, psycopg.connect(url) as ours:
            version = self._fill(own, ours)
        tell(f"PostGIS {version} holds {count} listings")
        return version

    def stop(self) -> None:
        """Stop it and remove everything of it."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)  # at once, whoever is connected
            self._process.wait()
        shutil.rmtree(self._base, ignore_errors=True)

    async def ask(self, query: Query) -> list[str]:
        """Return the ids of the nearest listings that fit."""
        sql, values = self._asked(query)
        rows = await (await (await self._opened()).execute(sql.encode(), values)).fetchall()
        return [service for (service,) in rows]

    async def backend(self) -> int:
        """Return the number of the server's process that answers."""
        return (await self._opened()).info.backend_pid

    async def _opened(self) -> psycopg.AsyncConnection[Any]:
        if self._connection is None:
            self._connection = await psycopg.AsyncConnection.connect(self._url, autocommit=True)
        return self._connection

    @property
    def _url(self) -> str:
        return f"postgresql://postgres@/postgres?host={self._base}"

    def _connected(self) -> psycopg.Connection[Any]:
        for _ in range(200):
            try:
                return psycopg.connect(self._url, autocommit=True)
            except psycopg.OperationalError:
                time.sleep(0.1)
        raise TimeoutError("PostGIS does not start")

    def _fill(self, own: psycopg.Connection[Any], ours: psycopg.Connection[Any]) -> str:
        own.execute(_TABLE)
        zones = "SELECT country, body -> 'timezones' ->> 0 FROM pack"
        self._zones = {country: zone for country, zone in ours.execute(zones)}  # noqa: C416
        with (
            ours.cursor().copy(_READ) as source,
            own.cursor().copy("COPY place FROM STDIN") as target,
        ):
            for block in source:
                target.write(block)
        own.execute("SET maintenance_work_mem = '512MB'")
        for statement in _INDEXES.strip().split("\n"):
            own.execute(statement.encode())
        row = own.execute("SELECT PostGIS_Lib_Version()").fetchone()
        return str(row[0]) if row else ""

    def _asked(self, query: Query) -> tuple[str, dict[str, Any]]:
        assert query.here is not None  # noqa: S101  # every question of the bench has a point
        today = NOW.date()
        values = {name: _plain(getattr(query, name)) for name in _HOLDS}
        values |= {"x": query.here.longitude, "y": query.here.latitude, "n": query.limit}
        values |= {"today": today, "kept": today - HIDDEN_AFTER}
        holds = [_SHOWN, *(sql for name, sql in _HOLDS.items() if getattr(query, name))]
        holds += [_TAKING, _PAUSED] if query.taking else []
        if query.open_now:
            holds.append(f"({' OR '.join(self._open())})")
        sql = (
            "SELECT service FROM place WHERE "  # noqa: S608
            + " AND ".join(holds)
            + " ORDER BY geog <-> ST_Point(%(x)s, %(y)s, 4326)::geography LIMIT %(n)s"
        )
        return sql, values

    def _open(self) -> Sequence[str]:
        """Return for each country when a place there is open at the moment of the questions."""
        found = []
        for country, zone in self._zones.items():
            now = moment_in(country, zone, NOW)
            day = "open_on_holidays" if now.holiday else "TRUE"
            night = "open_on_holidays" if now.after_holiday else "TRUE"
            by_day, by_night = f"week @> {now.minute}", f"week @> {now.minute + WEEK}"
            found.append(
                f"country = '{country}' AND (({by_day} AND {day}) OR ({by_night} AND {night}))"
            )
        return found


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value

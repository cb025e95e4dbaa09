"""What was done cannot be undone in the books: rows are only added, and a change is found."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import psycopg
import pytest
from editing import NOW
from sqlalchemy.ext.asyncio import AsyncSession

from directory import audit
from directory.audit import Done
from directory.audit_chain import _FIELDS, _HASHES, _hash
from directory.editing_tables import AuditRow
from directory.engine import async_engine

# A row behind the last one, as somebody would slip it in.
SLIPPED_IN = (
    "INSERT INTO audit SELECT id + 1, at, actor, action, part, entry, before, after, before_hash, after_hash, reason,"
    " hash, hash, reason_hash FROM audit WHERE id = 1201"
)


@pytest.fixture
async def session(database_url: str) -> AsyncIterator[AsyncSession]:
    engine = async_engine(database_url)
    async with AsyncSession(engine) as opened:
        async with opened.begin():
            done = [
                Done("publish", "services", f"sv-s{number}", None, {"ñ": [1, 1.5, None]}, "why")
                for number in range(1200)
            ]
            await audit.record_many(opened, done, at=NOW, actor="Ana")
            await audit.record(opened, at=NOW, actor="Berta", action="sign in")
        yield opened
    await engine.dispose()


@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit SET reason = 'x' WHERE id = 3", "DELETE FROM audit", "TRUNCATE audit"],
)
async def test_rows_are_only_added(
    session: AsyncSession, database_url: str, statement: str
) -> None:
    with psycopg.connect(database_url) as connection, pytest.raises(psycopg.errors.RaiseException):
        connection.execute(statement.encode())
    assert await audit.verify(session) is None
    assert await audit.length(session) == 1201


@pytest.mark.parametrize(
    ("statement", "row"),
    [
        ("UPDATE audit SET reason = 'another' WHERE id = 700", 700),
        ("""UPDATE audit SET after = '{"ñ": [2]}' WHERE id = 5""", 5),
        ("UPDATE audit SET at = at + interval '1 microsecond' WHERE id = 9", 9),
        ("DELETE FROM audit WHERE id = 640", 640),
        ("DELETE FROM audit WHERE id = 1", 1),
        ("UPDATE audit SET previous = hash WHERE id = 2", 2),
        ("UPDATE audit SET reason_hash = NULL WHERE id = 4", 4),
        ("UPDATE audit SET reason_hash = after_hash WHERE id = 4", 4),
        ("UPDATE audit SET actor = 'Carla' WHERE id = 1201", 1201),
        ("DELETE FROM audit WHERE id > 1199", 1200),
        ("DELETE FROM audit", 1),
        (SLIPPED_IN, 1202),
    ],
)
async def test_a_row_that_its_owner_changed_behind_our_back_is_found(
    session: AsyncSession, database_url: str, statement: str, row: int
) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute("ALTER TABLE audit DISABLE TRIGGER audit_is_append_only")
        connection.execute(statement.encode())
    broken = await audit.verify(session)
    assert broken is not None
    assert broken.id == row


async def test_it_is_read_newest_first_and_exported_from_the_beginning(
    session: AsyncSession,
) -> None:
    assert [row.action for row in await audit.entries(session, limit=2)] == ["sign in", "publish"]
    assert len(await audit.entries(session, actor="Ana", before_id=11, limit=50)) == 10
    assert not await audit.entries(session, since=datetime(2027, 1, 1, tzinfo=UTC))
    exported = [row async for row in audit.export(session)]
    assert [row["id"] for row in exported] == list(range(1, 1202))
    assert exported[1]["previous"] == exported[0]["hash"]
    assert exported[0]["after"] == {"ñ": [1, 1.5, None]}


async def test_rows_that_were_cut_off_are_missed_for_good(
    session: AsyncSession, database_url: str
) -> None:
    with psycopg.connect(database_url) as connection:
        connection.execute("ALTER TABLE audit DISABLE TRIGGER audit_is_append_only")
        connection.execute("DELETE FROM audit WHERE id = 1201")
    await session.rollback()
    async with session.begin():
        await audit.record(session, at=NOW, actor="Berta", action="sign in")
    broken = await audit.verify(session)
    assert broken is not None
    assert broken.id == 1201


async def test_a_reason_is_taken_away_and_never_replaced(
    session: AsyncSession, database_url: str
) -> None:
    await session.rollback()
    async with session.begin():
        await audit.withhold_reasons(session, "services", "sv-s7", but="")
    assert [row.reason for row in await audit.entries(session, entry="sv-s7")] == ["(withheld)"]
    assert await audit.verify(session) is None
    with psycopg.connect(database_url) as connection, pytest.raises(psycopg.errors.RaiseException):
        connection.execute("UPDATE audit SET reason = 'why' WHERE entry = 'sv-s7'")


async def test_what_was_written_before_reasons_had_a_hash_still_holds(
    session: AsyncSession, database_url: str
) -> None:
    await session.rollback()
    old = await session.get_one(AuditRow, 1201)
    columns = {name: getattr(old, name) for name in (*_FIELDS, *_HASHES, "at", "reason")}
    columns["reason_hash"] = None
    with psycopg.connect(database_url) as connection:
        connection.execute("ALTER TABLE audit DISABLE TRIGGER audit_is_append_only")
        connection.execute(
            "UPDATE audit SET reason_hash = NULL, hash = %s WHERE id = 1201",
            [_hash(columns, old.previous)],
        )
    await session.rollback()
    assert await audit.verify(session) is None
    with psycopg.connect(database_url) as connection:
        connection.execute("ALTER TABLE audit DISABLE TRIGGER audit_is_append_only")
        connection.execute("UPDATE audit SET reason = '(withheld)' WHERE id = 1201")
    await session.rollback()
    broken = await audit.verify(session)
    assert broken is not None
    assert broken.id == 1201

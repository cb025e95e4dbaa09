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
from directory.engine import async_engine


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

"""What these tests share: the packs in a database, and somebody who says what they say."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from saying import Speech, database_with_packs, speech

from faro.postgres import Postgres


@pytest.fixture
def packs_url(postgres: Postgres) -> str:
    """The address of a database that holds every pack; nobody writes to it."""
    return database_with_packs(postgres)


@pytest.fixture
async def said(packs_url: str) -> AsyncIterator[Speech]:
    """What is said from every pack."""
    async with speech(packs_url) as speaking:
        yield speaking

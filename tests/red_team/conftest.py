"""What the conversations are held with."""

from __future__ import annotations

import pytest
from red_team.hidden_places import database_with_hidden_places
from simulators.shared import module_database_url

from faro.postgres import Postgres

__all__ = ["module_database_url", "packs_url"]


@pytest.fixture(scope="session")
def packs_url(postgres: Postgres) -> str:
    """The address of a database with the packs and an address in every hidden place."""
    return database_with_hidden_places(postgres)

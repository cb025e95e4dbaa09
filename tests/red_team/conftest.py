import pytest
from red_team.hidden_places import database_with_hidden_places

from faro.postgres import Postgres


@pytest.fixture(scope="session")
def packs_url(postgres: Postgres) -> str:
    """The address of a database with the packs and an address in every hidden place."""
    return database_with_hidden_places(postgres)

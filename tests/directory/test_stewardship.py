"""Nothing is nobody's: what is said most closely tells who cares for an entry."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from directory.engine import async_engine
from directory.parts import Part
from directory.stewardship import assign, steward_of


async def test_the_closest_scope_names_the_steward(database_url: str) -> None:
    engine = async_engine(database_url)
    async with AsyncSession(engine) as session:
        assert await steward_of(session, Part.RIGHTS, "sv-r01", country="SV") is None
        everything = {"part": None, "scope": "*"}
        await assign(session, **everything, organisation="us", steward="Ana")
        await assign(session, part=None, scope="SV", organisation="us", steward="Berta")
        await assign(session, part=Part.SERVICES, scope="SV", organisation="them", steward="Carla")
        await assign(
            session, part=Part.SERVICES, scope="sv-s01", organisation="home", steward="Dina"
        )
        await assign(session, part=Part.MESSAGES, scope="ar", organisation="us", steward="Elias")

        async def name(part: Part, entry: str, country: str | None = None) -> str:
            found = await steward_of(session, part, entry, country=country)
            assert found is not None
            return found.name

        assert await name(Part.SERVICES, "sv-s01", "SV") == "Dina"
        assert await name(Part.SERVICES, "sv-s02", "SV") == "Carla"
        assert await name(Part.RIGHTS, "sv-r01", "SV") == "Berta"
        assert await name(Part.RIGHTS, "gr-r01", "GR") == "Ana"
        assert await name(Part.MESSAGES, "ar/danger.call") == "Elias"
        assert await name(Part.MESSAGES, "en/danger.call") == "Ana"
        await assign(session, part=Part.SERVICES, scope="sv-s01", organisation="home", steward="Fe")
        assert await name(Part.SERVICES, "sv-s01", "SV") == "Fe"
    await engine.dispose()

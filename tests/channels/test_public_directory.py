"""The directory's public API stands beside the webhooks, and does not get in their way."""

from __future__ import annotations

from simulators.faro import PUBLIC_URL, running_faro


async def test_it_answers_under_its_own_path(database_url: str) -> None:
    async with running_faro(database_url) as faro:
        root = (await faro.client.get("/hsds/")).json()
        assert root["version"] == "3.0"
        assert root["openapi_url"] == f"{PUBLIC_URL}/hsds/openapi.json"
        described = (await faro.client.get("/hsds/openapi.json")).json()
        assert described["servers"] == [{"url": "/hsds"}]
        page = (await faro.client.get("/hsds/services")).json()
        assert page["empty"]
        assert (await faro.client.post("/hsds/services/x", json={})).status_code == 405
        assert await faro.chat_post(text="hola") == 200

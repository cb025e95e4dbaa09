"""Whoever wants nobody of their own community is told of no such group, near or far."""

from __future__ import annotations

from saying import Speech

OWN = ["peer_group", "cultural_association", "faith_community"]
GROUP = "Migrant Women Association Malta"


async def told(said: Speech, kinds: list[str], without: list[str]) -> str:
    return await said.text(
        "services.list",
        country="MT",
        kinds=kinds,
        offset=0,
        without=without,
    )


async def test_a_group_of_the_own_community_is_told_to_whoever_looks_for_one(said: Speech) -> None:
    assert GROUP in await told(said, ["peer_group", "mixed_activity"], [])


async def test_it_is_not_told_to_somebody_who_wants_others(said: Speech) -> None:
    kinds = ["mixed_activity", "mentoring", "support_group"]
    assert GROUP in await told(said, kinds, [])
    assert GROUP not in await told(said, kinds, OWN)


async def test_it_is_not_told_as_the_nearest_to_what_there_is_none_of(said: Speech) -> None:
    assert GROUP not in await told(said, ["mixed_activity"], OWN)

"""What was asked where nothing fitted is told as codes, so that it can be counted."""

from __future__ import annotations

from saying import Speech

from content.unmet import FAR, NO_PACK, NO_RULE, NOT_FOR, OTHER_KIND, Unmet
from wire.strict import JsonValue

ATHENS, HOUSTON = "264371", "4699066"


async def needs(said: Speech, message: str, **values: JsonValue) -> tuple[Unmet, ...]:
    asked = {"country": None, "city": None, "kinds": [], "offset": 0, **values}
    return (await said.reply(message, **asked)).unmet  # type: ignore[arg-type]  # values of several types


async def test_what_is_found_near_is_no_unmet_need(said: Speech) -> None:
    assert await needs(said, "services.list", city=ATHENS, kinds=["psychotherapy"]) == ()


async def test_a_kind_that_exists_nowhere_is_told_with_what_was_given_instead(
    said: Speech,
) -> None:
    [need] = await needs(said, "services.list", city=ATHENS, kinds=["art_therapy"])
    assert (need.country, need.what, need.part) == ("GR", "art_therapy", "services")
    assert need.why in (OTHER_KIND, FAR, "nothing")


async def test_for_whom_there_is_nothing_is_told(said: Speech) -> None:
    [need] = await needs(
        said, "services.list", city=ATHENS, kinds=["psychotherapy"], audience="older"
    )
    assert need.why in (NOT_FOR, FAR)


async def test_a_next_page_is_not_counted_again(said: Speech) -> None:
    again = await needs(said, "services.list", city=ATHENS, kinds=["art_therapy"], offset=3)
    assert again == ()


async def test_what_survivors_look_for_names_no_city(said: Speech) -> None:
    for need in await needs(said, "services.list", city=HOUSTON, kinds=["gbv_support"]):
        assert need.city == ""


async def test_a_right_that_no_rule_is_known_of_is_told(said: Speech) -> None:
    [need] = await needs(
        said, "rights.answer", country="SV", status="stateless", care="primary", focus="may"
    )
    assert need == Unmet("SV", "", "rights", "primary", NO_RULE)
    [need] = await needs(said, "rights.answer", country="NO", care="primary", focus="may")
    assert need == Unmet("NO", "", "rights", "primary", NO_PACK)

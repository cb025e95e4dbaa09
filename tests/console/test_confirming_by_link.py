"""Those who run a place answer by a link, without an account; to look never changes anything."""

from __future__ import annotations

import re
from datetime import timedelta

import httpx
import pytest
from saying import packs
from simulators.console_links import LINE, LISTING, current, fill, link_to
from sqlalchemy import select

from console.asking import signer
from directory import revisions
from directory.parts import Origin, Part
from directory.verification_tables import RequestRow

SHELTER = "at-s12"


@pytest.fixture
async def provider(console, browsers) -> httpx.AsyncClient:
    """A browser of somebody without an account, in Spanish."""
    await fill(console, "SV", "AT")
    return browsers.stranger("es")


def form(**changed: str) -> dict[str, str]:
    """Return what the form sends when nothing but this was changed."""
    week = {
        f"hours.{day}.0.{end}": time
        for day in ("MO", "TU", "WE", "TH", "FR")
        for end, time in (("opens", "07:00"), ("closes", "17:30"))
    }
    week |= {
        f"hours.{day}.0.{end}": time
        for day in ("SA", "SU")
        for end, time in (("opens", "08:00"), ("closes", "16:00"))
    }
    return {"act": "change", "numbers": "2510-4300", "hours.state": "times", **week, **changed}


async def waiting(console):
    async with console.sessions() as session:
        return await revisions.waiting(session)


async def test_one_tap_confirms_and_people_read_it_at_once(console, provider, clock):
    path = await link_to(console)
    shown = await provider.get(path)
    assert shown.status_code == 200
    assert "ISDEMU" in shown.text
    assert "29 Av. Norte No. 1013" in shown.text  # as people read it
    answer = await provider.post(path, data={"act": "confirm"})
    assert (answer.status_code, answer.headers["location"]) == (303, path)
    entry = await current(console)
    assert entry.body["verified"] == clock().date().isoformat()
    assert entry.origin is Origin.LINK
    again = await provider.get(path)
    assert "Gracias" in again.text


@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_a_scanner_that_opens_every_link_confirms_nothing(console, provider, method):
    path = await link_to(console)
    before = await current(console)
    for extra in ("", "?act=confirm", "?language=es&act=confirm", "?until=2026-03-10"):
        assert (await provider.request(method, path + extra)).status_code == 200
    assert await current(console) == before
    async with console.sessions() as session:
        (request,) = await session.scalars(select(RequestRow))
        assert request.answered_at is None


async def test_the_page_is_kept_by_nobody_and_tells_nobody(console, provider):
    shown = await provider.get(await link_to(console))
    assert shown.headers["cache-control"] == "no-store"
    assert "noindex" in shown.headers["x-robots-tag"]
    assert shown.headers["referrer-policy"] == "same-origin"
    assert '<meta name="robots" content="noindex' in shown.text
    assert "<script" not in shown.text
    outside = re.findall(r'(?:href|src|action)="(https?:[^"]*)"', shown.text)
    assert outside == []


async def test_the_language_is_the_browsers_or_the_countrys(console, browsers, provider):
    path = await link_to(console)
    for asked, told in (
        ("es-SV", "Sí, todo sigue"),
        ("en", "Yes, all of it"),
        ("ja", "Sí, todo sigue"),
    ):
        shown = await browsers.stranger(asked).get(path)
        assert told in shown.text, asked
    assert "Yes, all of it" in (await provider.get(f"{path}?language=en")).text
    assert "Sí, todo sigue" in (await provider.get(f"{path}?language=xx")).text


async def test_a_pause_is_published_at_once_and_ended(console, provider, clock):
    path = await link_to(console)
    until = (clock().date() + timedelta(days=20)).isoformat()
    assert (await provider.post(path, data={"act": "pause", "until": until})).status_code == 303
    assert (await current(console)).body["paused_until"] == until
    assert "de nuevo" in (await provider.get(path)).text
    assert (await provider.post(path, data={"act": "resume"})).status_code == 303
    assert "paused_until" not in (await current(console)).body


@pytest.mark.parametrize(
    "until", ["", "soon", "2020-01-01", "2026-03-02", "2026-06-01", "9999-99-99"]
)
async def test_a_pause_without_a_fitting_day_is_asked_for_again(console, provider, until):
    path, before = await link_to(console), await current(console)
    answer = await provider.post(path, data={"act": "pause", "until": until})
    assert answer.status_code == 422
    assert 'id="until-fault"' in answer.text
    assert await current(console) == before


async def test_a_change_waits_for_review_and_is_done_once(console, provider, clock, client_as):
    path, before = await link_to(console), await current(console)
    sent = form(
        numbers="2510-4399\n7608 6805",
        capacity="limited",
        **{"hours.SA.0.opens": "", "hours.SA.0.closes": ""},
    )
    assert (await provider.post(path, data=sent)).status_code == 303
    assert (await current(console)).body == before.body
    (version,) = await waiting(console)
    assert version.author == "link:isdemu"
    assert [row["number"] for row in version.body["phones"]] == ["2510-4399", "7608 6805"]
    assert version.body["capacity"] == {"code": "limited", "as_of": clock().date().isoformat()}
    assert not any("SA" in period["days"] for period in version.body["hours"]["periods"])
    assert version.body["verified"] == clock().date().isoformat()
    assert version.body["addresses"] == before.body["addresses"]
    again = await provider.post(path, data=form(numbers="2510-4398"))
    assert again.status_code == 303
    assert len(await waiting(console)) == 1
    assert (await provider.post(path, data={"act": "confirm"})).status_code == 303
    assert (await current(console)).body["verified"] == clock().date().isoformat()
    assert len(await waiting(console)) == 1
    shown = (await (await client_as("reviewer", locale="es")).get("/today?kind=review")).text
    assert "Alguien con el enlace (isdemu)" in shown
    assert "cambiado por enlace" in shown
    assert "link:" not in shown


async def test_what_nobody_changed_is_not_proposed(console, provider):
    path = await link_to(console)
    assert (await provider.post(path, data=form())).status_code == 303
    assert await waiting(console) == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"numbers": "call us"}, "numbers"),
        ({"numbers": "1" * 30}, "numbers"),
        ({"hours.MO.0.opens": "morning"}, "hours.MO.0.opens"),
        ({"hours.TU.0.closes": ""}, "hours.TU.0.closes"),
    ],
)
async def test_what_cannot_be_right_is_shown_again_with_its_fault(console, provider, wrong, field):
    path = await link_to(console)
    answer = await provider.post(path, data=form(**wrong))
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert await waiting(console) == []
    assert (await provider.post(path, data=form(numbers="2510-4397"))).status_code == 303
    assert len(await waiting(console)) == 1


async def test_other_fields_are_not_taken(console, provider):
    path = await link_to(console)
    sent = form(
        name="Other",
        addresses="Street 1",
        verified="2020-01-01",
        kinds="police",
        numbers="2510-4396",
    )
    await provider.post(path, data=sent)
    (version,) = await waiting(console)
    before = (await current(console)).body
    changed = {name for name in version.body if version.body[name] != before.get(name)}
    assert changed == {"phones", "verified"}


async def test_who_was_reached_by_mistake_ends_the_link(console, provider):
    path, before = await link_to(console), await current(console)
    answer = await provider.post(path, data={"act": "not_us"})
    assert answer.status_code == 200
    assert (await provider.get(path)).status_code == 410
    assert (await provider.post(path, data={"act": "confirm"})).status_code == 410
    assert await current(console) == before


async def test_a_link_that_is_over_says_why_and_changes_nothing(console, provider, clock):
    path, before = await link_to(console), await current(console)
    newer = await link_to(console)
    for method in ("GET", "POST"):
        closed = await provider.request(
            method, path, data={"act": "confirm"} if method == "POST" else None
        )
        assert closed.status_code == 410
    clock.passes(days=21)
    assert (await provider.get(newer)).status_code == 410
    assert (await provider.post(newer, data={"act": "confirm"})).status_code == 410
    assert await current(console) == before


async def test_a_forged_link_opens_nothing(console, provider):
    path, before = await link_to(console), await current(console)
    token = path.rpartition("/")[2]
    foreign = console.keys.signer("another use").dumps(signer(console).loads(token))
    for forged in (
        "1",
        token[:-2],
        token[::-1],
        f"{token}x",
        foreign,
        "a" * 8000,
        "%00",
        "..%2f",
        "é",
    ):
        for method in ("GET", "POST"):
            answer = await provider.request(
                method, f"/confirm/{forged}", data={"act": "confirm"} if method == "POST" else None
            )
            assert answer.status_code == 404, forged[:20]
    assert await current(console) == before


async def test_what_is_too_large_or_unknown_changes_nothing(console, provider):
    path, before = await link_to(console), await current(console)
    assert (
        await provider.post(path, data={"act": "confirm", "x": "y" * 20_000})
    ).status_code == 413
    assert (await provider.post(path, data={"act": "retire"})).status_code == 400
    assert (await provider.post(path, data={})).status_code == 400
    assert await current(console) == before


async def test_another_site_presses_no_button(console, provider):
    path, before = await link_to(console), await current(console)
    for origin in ("https://evil.example", "null"):
        answer = await provider.post(path, data={"act": "confirm"}, headers={"Origin": origin})
        assert answer.status_code == 403
    assert await current(console) == before


async def test_a_hidden_place_has_no_address_on_the_page_and_is_asked_for_none(console, provider):
    pack = next(pack for pack in packs() if pack.country == "AT")
    shelter = next(entry for entry in pack.part("services") if entry["id"] == SHELTER)
    path = await link_to(console, SHELTER)
    shown = (await provider.get(path)).text
    assert shelter["name"] in shown
    secret = [*shelter["addresses"], *(p.get("city") for p in shelter["places"])]
    assert not [one for one in secret if one and one in shown]
    assert not re.findall(r'name="(?:address|street|place|point|city)', shown)
    assert (await provider.post(path, data={"act": "confirm"})).status_code == 303
    assert (
        await provider.post(path, data={"act": "pause", "until": "2026-03-10"})
    ).status_code == 303
    assert (await current(console, SHELTER)).body["addresses"] == []


async def test_a_line_is_confirmed_and_corrected_and_has_no_pause(console, provider, clock):
    path = await link_to(console, LINE, Part.HELPLINES)
    shown = (await provider.get(path)).text
    assert "126" in shown
    assert 'name="until"' not in shown
    assert (await provider.post(path, data={"act": "confirm"})).status_code == 303
    assert (await current(console, LINE, Part.HELPLINES)).body[
        "verified"
    ] == clock().date().isoformat()
    assert (
        await provider.post(path, data={"act": "pause", "until": "2026-03-10"})
    ).status_code == 422
    answer = await provider.post(path, data={"act": "change", "numbers": "126\n127"})
    assert answer.status_code == 303
    (version,) = await waiting(console)
    assert [row["number"] for row in version.body["numbers"]] == ["126", "127"]
    assert version.part == Part.HELPLINES


def test_the_listing_is_the_one_of_the_packs():
    assert any(entry["id"] == LISTING for pack in packs() for entry in pack.part("services"))

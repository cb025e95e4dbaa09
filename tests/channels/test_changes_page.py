"""What was changed because people told us is public: every language, no script, no small number."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import httpx
import pytest
from saying import ROOT, load, packs, speech
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.applications import Starlette

from channels.changes import ChangesPage
from content.direction import runs_right_to_left
from content.languages import read_languages
from delivery import migrate
from delivery.clock import now
from delivery.counts import Counts
from delivery.database import open_engine
from delivery.feedback import SMALL
from directory import migrate as directory_migrate
from directory.changes import KINDS, tell_change
from wire.decision import Decision
from wire.say import Say
from wire.state import State
from wire.turn import Turn

LANGUAGES = read_languages(ROOT / "data" / "languages.yml")
EXIT = "https://www.wikipedia.org/"
LISTING = "gr-s01"


class Site:
    def __init__(self, engine, said, client):
        self.engine, self.said, self.client = engine, said, client

    async def tells(self, kind, *, part="services", entry=LISTING, country="GR", days=1):
        day = now().date() - timedelta(days=days)
        async with AsyncSession(self.engine) as session, session.begin():
            await tell_change(session, part=part, entry=entry, country=country, kind=kind, day=day)

    async def page(self, accept="", **query):
        return await self.client.get("/changes", params=query, headers={"Accept-Language": accept})


@pytest.fixture
async def site(empty_database_url):
    migrate.upgrade(empty_database_url)
    directory_migrate.upgrade(empty_database_url)
    await load(empty_database_url, [pack for pack in packs() if pack.country in ("GR", "SV")])
    engine = open_engine(empty_database_url)
    async with speech(empty_database_url) as said:
        page = ChangesPage(engine, said.renderer, LANGUAGES, EXIT)
        transport = httpx.ASGITransport(Starlette(routes=page.routes()))
        async with httpx.AsyncClient(transport=transport, base_url="http://faro") as client:
            yield Site(engine, said, client)
    await engine.dispose()


async def test_the_page_is_there_in_every_language_and_its_direction(site):
    for kind in KINDS:
        await site.tells(kind)
    for tag in LANGUAGES:
        page = await site.page(language=tag)
        assert page.status_code == 200
        direction = "rtl" if runs_right_to_left(tag) else "ltr"
        assert f'<html lang="{tag}" dir="{direction}">' in page.text
        assert site.said.renderer.text("changes.title", tag) in html.unescape(page.text)
        assert len(re.findall("<li>", page.text)) == len(KINDS)
        assert "{" not in page.text


async def test_the_language_is_that_of_the_link_then_that_of_the_browser(site):
    assert 'lang="ar"' in (await site.page("es-SV,es;q=0.9", language="ar")).text[:60]
    assert 'lang="es"' in (await site.page("es-SV,es;q=0.9", language="xx")).text[:60]
    assert 'lang="en"' in (await site.page("xx")).text[:60]
    assert 'lang="en"' in (await site.page(language='"><script>')).text[:60]


async def test_it_needs_no_script_keeps_no_trace_and_has_a_way_out(site):
    page = await site.page()
    assert "<script" not in page.text
    assert "style=" not in page.text
    assert page.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert page.text.index(EXIT) < page.text.index("<main>")
    assert page.headers.get("set-cookie") is None


async def test_it_says_so_while_nothing_was_changed(site):
    assert "Nothing has been changed yet" in (await site.page("en")).text


async def test_a_change_names_the_place_and_the_day_and_what_is_old_is_no_news(site):
    await site.tells("number_corrected")
    await site.tells("hours_corrected", days=400)
    await site.tells("entry_corrected", part="rights", entry="sv-r01", country="SV")
    await site.tells("number_corrected")  # twice is told once
    text = html.unescape((await site.page("en")).text)
    assert len(re.findall("<li>", text)) == 2
    assert re.search(
        r"<h2>Greece</h2><ul><li><b><bdi>[^<]+</bdi></b><br>People told us that a n", text
    )
    assert "El Salvador</bdi></b><br>People told us that something was wrong" in text


async def test_no_other_kind_of_change_can_be_told(site):
    with pytest.raises(ValueError, match="no kind of change"):
        await site.tells("<b>")


async def test_figures_are_shown_from_five_on(site):
    counts = Counts(site.engine)
    turn = Turn("c", "webchat", State(), choice="feedback_good")
    values = {"about": [f"services/GR/{LISTING}"]}
    for answer, times in (("closed", SMALL + 38), ("turned_away", SMALL - 1)):
        say = Say("feedback.wrong", {**values, "answer": answer})
        for _ in range(times):
            counts.add(turn, Decision("en", "feedback_wrong_info", 1.0, (say,), State()))
    await counts.write()
    rows = dict(
        re.findall(r'<th scope="row">([^<]+)</th><td>([^<]+)</td>', (await site.page()).text)
    )
    assert rows["It was closed"] == "43"
    assert rows["They turned me away"] == "few or none"
    assert str(SMALL - 1) not in rows.values()


async def test_the_details_of_a_place_and_the_thanks_tell_it_too(site):
    silent = await site.said.text("services.details", listing=LISTING, country="GR")
    assert "People told us" not in silent
    await site.tells("number_corrected")
    details = await site.said.text("services.details", listing=LISTING, country="GR", now=now())
    assert "People told us that a number was wrong. We corrected it on" in details
    thanks = {"answer": "closed", "about": [f"services/GR/{LISTING}"]}
    assert "People told us" in await site.said.text("feedback.wrong", now=now(), **thanks)
    nowhere = {"answer": "closed", "about": ["services/MT/mt-s01"]}
    assert "People told us" not in await site.said.text("feedback.wrong", now=now(), **nowhere)

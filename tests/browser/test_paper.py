"""What is printed opens on a small phone and fits its paper, in either direction."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from saying import NOW, PLACES, ROOT, database_with_packs

from content.handbook.arrival_card import arrival_card
from content.handbook.book import handbook
from content.handbook.contents import contents_of
from content.handbook.document import Document, Entry, Section
from content.handbook.opening import open_scene
from content.handbook.page import page
from content.messages import read_messages
from content.tables import read_tables
from faro.postgres import Postgres
from faro.printing import print_pdf

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
TABLES = read_tables(ROOT / "data")
MESSAGES = read_messages(ROOT / "data" / "messages", tuple(TABLES.languages))
WANTED = [("SV", "es"), ("SV", "en"), ("GR", "ar"), ("GR", "fa"), ("GR", "en"), ("DE", "uk"), ("DE", "ar")]  # fmt: skip
WHOLE = [(c, tag) for c, tag in WANTED if not TABLES.languages[tag].short]
PAPER = {"card": arrival_card, "handbook": handbook}
ARABIC = Document(
    kind="card",
    language="ar",
    title="المساعدة الأولى: اليونان",
    opening=(),
    sections=(
        Section("numbers", "أرقام", (Entry("+30 210 861 6280", ("SOS, 15900 الخط",), loud=True),)),
        Section("show", "أظهر هذا", (Entry(lines=("Χρειάζομαι διερμηνέα.",), language="el"),)),
    ),
    numbers=frozenset({"+30 210 861 6280", "15900"}),
)
# Whether each piece reads from left to right; of one that is broken into lines, its first line.
PIECES = """() => [...document.querySelectorAll('bdi')].map(node => {
  const text = node.firstChild, at = (i) => { const r = document.createRange();
    r.setStart(text, i); r.setEnd(text, i + 1); return r.getBoundingClientRect(); };
  const first = at(0);
  let last = 0;
  while (last + 1 < text.length && at(last + 1).top < first.bottom) { last += 1; }
  return [node.textContent, last === 0 || first.left < at(last).left]; })"""


@pytest.fixture
def url(postgres: Postgres) -> str:
    return database_with_packs(postgres)


async def written(url: str, kind: str, country: str, language: str, folder: Path) -> Path:
    async with open_scene(
        url, MESSAGES, TABLES, country=country, language=language, now=NOW, places=PLACES
    ) as scene:
        found = await scene.country(country)
        document = await PAPER[kind](scene, await contents_of(scene, found))
    html = folder / f"{kind}.html"
    html.write_text(page(document), "utf-8")
    return html


def pages(pdf: Path) -> int:
    return len(re.findall(rb"/Type /Page\b", pdf.read_bytes()))


async def opened(browser, html: Path):
    context = await browser.new_context(viewport={"width": 360, "height": 740})
    tab, faults, asked = await context.new_page(), [], []
    tab.on("console", lambda message: faults.append(message.text))
    tab.on("pageerror", lambda error: faults.append(error.message))
    tab.on("request", lambda request: asked.append(request.url))
    await tab.goto(html.as_uri())
    return context, tab, faults, asked


@pytest.mark.parametrize("wanted", [(k, *w) for k in ("card", "handbook") for w in WHOLE])
async def test_it_opens_on_a_small_phone_without_faults_or_anything_from_elsewhere(
    url, browser, tmp_path, wanted
):
    kind, country, language = wanted
    html = await written(url, kind, country, language, tmp_path)
    context, tab, faults, asked = await opened(browser, html)
    assert await tab.evaluate(OVERFLOW) <= 0
    assert await tab.get_attribute("html", "lang") == language
    rtl = language in ("ar", "fa")
    assert await tab.evaluate("getComputedStyle(document.body).direction") == (
        "rtl" if rtl else "ltr"
    )
    assert all(from_left for _, from_left in await tab.evaluate(PIECES))
    assert faults == []
    assert [url for url in asked if url.startswith("http")] == []
    await context.close()


@pytest.mark.parametrize(("country", "language"), WHOLE)
async def test_a_card_is_one_page_of_paper(url, chromium, tmp_path, country, language):
    html = await written(url, "card", country, language, tmp_path)
    pdf = tmp_path / "card.pdf"
    print_pdf(html, pdf, str(chromium))
    assert pages(pdf) == 1


async def test_a_handbook_is_a_set_of_a4_pages(url, chromium, tmp_path):
    html = await written(url, "handbook", "GR", "en", tmp_path)
    pdf = tmp_path / "handbook.pdf"
    print_pdf(html, pdf, str(chromium))
    assert 5 <= pages(pdf) <= 40
    assert re.search(rb"/MediaBox \[0 0 59[45][.\d]* 84[12]", pdf.read_bytes())


async def test_the_skip_link_and_the_contents_lead_into_the_text(url, browser, tmp_path):
    html = await written(url, "handbook", "SV", "en", tmp_path)
    context, tab, _, _ = await opened(browser, html)
    await tab.keyboard.press("Tab")
    assert await tab.evaluate("document.activeElement.getAttribute('href')") == "#text"
    broken = "[...document.querySelectorAll('nav a')].filter(a => !document.querySelector(a.getAttribute('href'))).length"
    assert await tab.evaluate(broken) == 0
    doubled = "(ids => ids.length - new Set(ids).size)([...document.querySelectorAll('[id]')].map(n => n.id))"
    assert await tab.evaluate(doubled) == 0
    jumps = "[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(n => +n.tagName[1]).filter((n, i, all) => i && n > all[i - 1] + 1).length"
    assert await tab.evaluate(jumps) == 0
    await context.close()


async def test_from_right_to_left_numbers_read_as_they_are_dialled(browser, tmp_path):
    html = tmp_path / "arabic.html"
    html.write_text(page(ARABIC), "utf-8")
    context, tab, faults, _ = await opened(browser, html)
    assert await tab.get_attribute("html", "dir") == "rtl"
    pieces = await tab.evaluate(PIECES)
    assert [text for text, _ in pieces] == ["+30 210 861 6280", "SOS", "15900"]
    assert all(from_left for _, from_left in pieces)
    greek = tab.locator("[lang=el]")
    assert await greek.get_attribute("dir") == "ltr"
    assert faults == []
    await context.close()

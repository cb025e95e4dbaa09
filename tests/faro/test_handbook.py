"""A country's pack on paper: whole, honest, self-contained, and silent about hidden places."""

from __future__ import annotations

import asyncio
import copy
import os
import re
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from saying import NOW, PLACES, ROOT, database_with_packs, load, packs

from content.general_care import STATUSES
from content.handbook.arrival_card import arrival_card
from content.handbook.book import handbook
from content.handbook.contents import Contents, contents_of
from content.handbook.document import Document
from content.handbook.marked import Marker
from content.handbook.opening import open_scene
from content.handbook.page import page
from content.messages import read_messages
from content.scene import Scene
from content.tables import read_tables
from directory.pack_files import PackFiles
from faro import paper, printing
from faro.errors import FaroError
from faro.postgres import Postgres

COUNTRIES = [pack.country for pack in packs()]
TABLES = read_tables(ROOT / "data")
MESSAGES = read_messages(ROOT / "data" / "messages", tuple(TABLES.languages))
MOST = 300_000  # bytes of a page
STREET, POINT = "Calle Escondida 77", "https://maps.example/13.7,-89.2"
PHONE = "2999-1234"


@asynccontextmanager
async def scene_of(url: str, country: str, language: str = "en") -> AsyncIterator[Scene]:
    async with open_scene(
        url, MESSAGES, TABLES, country=country, language=language, now=NOW, places=PLACES
    ) as scene:
        yield scene


async def made(
    url: str,
    country: str,
    language: str = "en",
    compose: Callable[[Scene, Contents], Awaitable[Document]] = handbook,
) -> str:
    async with scene_of(url, country, language) as scene:
        found = await scene.country(country)
        assert found is not None
        return page(await compose(scene, await contents_of(scene, found)))


def shown(html: str) -> str:
    body = html.partition("<body")[2]
    text = re.sub(r"<[^>]+>", "", body)
    return text.replace("&#x27;", "'").replace("&quot;", '"').replace("&amp;", "&")


@pytest.fixture
def url(postgres: Postgres) -> str:
    return database_with_packs(postgres)


@pytest.mark.parametrize("country", COUNTRIES)
async def test_a_handbook_is_one_small_page_that_loads_nothing(url: str, country: str) -> None:
    for compose in (handbook, arrival_card):
        html = await made(url, country, "es", compose)
        assert len(html.encode()) < MOST
        assert '<html lang="es" dir="ltr">' in html
        loads = r"<(?:script|img|iframe|object|embed|audio|video)|@import|url\(|\ssrc="
        assert not re.search(loads, html)
        assert re.findall(r'<link [^>]*href="([^"]*)"', html) == ["data:,"]
        assert not re.search(r"[{}]", shown(html))


@pytest.mark.parametrize("country", COUNTRIES)
async def test_everything_that_may_be_said_stands_in_the_handbook(url: str, country: str) -> None:
    async with scene_of(url, country) as scene:
        found = await scene.country(country)
        assert found is not None
        contents = await contents_of(scene, found)
        text = shown(page(await handbook(scene, contents)))
        assert "open now" not in text  # paper does not know
        assert "closed now" not in text
        # Nobody who did not ask for a consulate is shown one.
        assert not [one.id for one in contents.services if "consulate" in one.kinds]
        assert not [line["id"] for line in contents.lines if line.get("run_by") == "consulate"]
        for service in contents.services:
            assert scene.services.title(service.body) in text
        for line in (*found.emergencies(), *contents.lines):
            assert scene.lines.title(line) in text
        for entry in contents.sourced:
            assert entry["source"]["title"] in text
        for status in STATUSES:
            assert scene.labels.of("status_phrase", status) in text.lower() or (
                scene.labels.of("status_phrase", status) in text
            )


async def test_every_rule_is_told_with_its_entitlement_cost_and_first_step(url: str) -> None:
    text = shown(await made(url, "DE", "es"))
    pack = next(pack for pack in packs() if pack.country == "DE")
    for fact in pack.part("rights"):
        if fact["confidence"] == "low" or fact["superseded_by"] or fact["valid_until"]:
            continue
        assert MESSAGES.text(f"rights.short.{fact['entitlement']}", "es") in text or (
            MESSAGES.text(f"rights.entitlement.{fact['entitlement']}", "es") in text
        )
        assert all(MESSAGES.text(f"step.{step}", "es") in text for step in fact["steps"][:1])


async def test_the_handbook_says_how_old_it_is_and_what_nobody_checked(url: str) -> None:
    text = shown(await made(url, "SV"))
    assert "Made by Faro on November 24, 2026" in text
    assert "Checked by us: 0" in text
    assert "Oldest source: July 2017" in text
    assert "What is not known" in text
    assert "No place known for: specialist care." in text


def _planted(kind: str) -> PackFiles:
    """Return a pack with a place that must not be found, however it was marked."""
    pack = copy.deepcopy(next(pack for pack in packs() if pack.country == "SV"))
    service = copy.deepcopy(pack.part("services")[0])
    service |= {
        "id": "sv-s999",
        "name": "Casa Luna",
        "names": {},
        "kinds": ["protection_shelter"] if kind == "by kind" else ["gbv_support"],
        "layers": ["protection"],
        "protection": kind == "by mark",
        "addresses": [STREET],
        "places": [{"city": "Santa Ana", "region": "Zona Secreta"}],
        "region": "Zona Secreta",
        "phones": [{"number": PHONE}],
        "whatsapp": [],
        "email": ["luna@calleescondida.example"],
        "url": POINT,
        "way_in": ["phone"],
        "description": f"The house at {STREET}",
        "how_to_access": f"come to {STREET}",
        "note": f"{STREET}, behind the school",
    }
    pack.part("services").append(service)
    return replace(pack, digest=kind)


@pytest.mark.parametrize("kind", ["by mark", "by kind"])
async def test_a_hidden_place_is_told_by_name_number_and_way_in_only(
    database_url: str, kind: str
) -> None:
    await load(database_url, [_planted(kind)])
    book = await made(database_url, "SV")
    assert "Casa Luna" in book
    assert PHONE in book
    entry = book.partition(">Casa Luna<")[2].partition("</div>")[0]
    assert re.findall(r"<p>(.*?)</p>", entry) == [
        f'Phone: <a href="tel:29991234">{PHONE}</a>',
        "How to get in: call first",
    ]
    card = await made(database_url, "SV", compose=arrival_card)
    for html in (book, card):
        for secret in (
            STREET,
            "Zona Secreta",
            POINT,
            "maps.example",
            "calleescondida",
            "behind the",
        ):
            assert secret not in html


@pytest.mark.parametrize("country", COUNTRIES)
async def test_the_card_has_a_number_the_country_language_and_one_calm_line(
    url: str, country: str
) -> None:
    async with scene_of(url, country, "es") as scene:
        found = await scene.country(country)
        assert found is not None
        document = await arrival_card(scene, await contents_of(scene, found))
        number = found.emergencies()[0]["numbers"][0]["number"]
    html = page(document)
    assert f">{number}</a>" in html
    assert "Un paso a la vez." in html
    shows = next(section for section in document.sections if section.id == "show")
    spoken = {entry.language for entry in shows.entries}
    assert "es" in spoken
    assert ("es" in found.pack["languages"]) == (len(spoken) == 1)


def test_numbers_can_be_dialled_and_addresses_opened() -> None:
    marker = Marker({"+30 210 861 6280"}, right_to_left=False)
    line = marker.html("Tel. +30 210 861 6280, https://a.example/?b=1&c=2, x@y.example <b>")
    assert '<a href="tel:+302108616280">+30 210 861 6280</a>' in line
    assert '<a href="https://a.example/?b=1&amp;c=2">' in line
    assert '<a href="mailto:x@y.example">' in line
    assert line.endswith("&lt;b&gt;")


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("اتصل بالرقم +30 210 861 6280 الآن", ["+30 210 861 6280"]),
        ("الخط 15900 و 1555", ["15900", "1555"]),
        ("اسأل Médecins du Monde (MdM), Αθήνα اليوم", ["Médecins du Monde (MdM), Αθήνα"]),
        ("الهاتف: 15900, 112", ["15900", "112"]),
        ("المصدر: w2eu.info Greece: Health، 2025", ["w2eu.info Greece: Health", "2025"]),
        ("Hope (Athens وPatra)", ["Hope", "Athens", "Patra"]),
        ("من 08:00-20:00", ["08:00-20:00"]),
        ("كله بالعربية.", []),
    ],
)
def test_from_right_to_left_each_number_and_foreign_name_is_one_piece(
    text: str, pieces: list[str]
) -> None:
    marker = Marker({"+30 210 861 6280", "15900", "112"}, right_to_left=True)
    assert re.findall(r'<bdi dir="ltr">(.*?)</bdi>', marker.html(text)) == pieces


def test_a_language_that_is_not_whole_is_refused_with_those_that_are() -> None:
    rows = {
        "en": replace(TABLES.languages["en"]),
        "ti": replace(TABLES.languages["ti"], short=True),
    }
    with pytest.raises(FaroError, match="Choose one of en; its speakers often read en"):
        paper._make_sure("ti", rows)
    with pytest.raises(FaroError, match="There is no such language"):
        paper._make_sure("xx", rows)
    paper._make_sure("en", rows)


def test_without_a_browser_the_page_stays_and_the_exit_code_tells(
    tmp_path, monkeypatch, capsys
) -> None:
    monkeypatch.setattr(printing.shutil, "which", lambda _: None)
    html = tmp_path / "page.html"
    html.write_text("<p>")
    assert paper._print(html) == paper.NO_PDF
    told = capsys.readouterr()
    assert told.out == ""
    assert "Install chromium" in told.err
    assert html.exists()


def test_a_browser_that_prints_nothing_is_told_and_leaves_no_pdf(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(paper, "browser", lambda: "/bin/true")
    html = tmp_path / "page.html"
    html.write_text("<p>")
    assert paper._print(html) == paper.NO_PDF
    assert not html.with_suffix(".pdf").exists()


def test_a_country_without_a_pack_is_refused_before_anything_is_started(tmp_path) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "faro", "card", "NO"],
        capture_output=True, text=True, check=False, cwd=tmp_path, timeout=60,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert told.returncode == 1
    assert "There are packs for AT, BG" in told.stderr
    assert told.stdout == ""


async def test_the_commands_write_where_they_are_told(url, tmp_path, monkeypatch, capsys) -> None:
    @asynccontextmanager
    async def running() -> AsyncIterator[str]:
        yield url

    monkeypatch.setattr(paper, "running_packs", running)
    monkeypatch.setattr(paper, "browser", lambda: None)
    code = await paper.write_paper(
        arrival_card, "card", country="gr", language="es", output=tmp_path / "greece.html"
    )
    assert code == paper.NO_PDF
    assert capsys.readouterr().out.strip().endswith("greece.html")
    written = await asyncio.to_thread((tmp_path / "greece.html").read_text, "utf-8")
    assert "Primera ayuda: Grecia" in written

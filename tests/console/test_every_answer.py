"""Headers, errors in words, languages and files of our own, on every page."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import httpx
import pytest
from simulators.console import URL
from starlette.applications import Starlette

from console.app import build_app
from console.headers import HEADERS
from console.pages import files
from console.routing import route

STATIC = Path(files.STATIC)


def assert_has_headers(answer: httpx.Response) -> None:
    for name in HEADERS:
        assert name in answer.headers, name
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in policy


@pytest.fixture
def broken_app(console, monkeypatch) -> Starlette:
    @route("/broken", "account.own")
    async def broken(request):
        raise RuntimeError("three secret words")

    monkeypatch.setattr(files, "ROUTES", (*files.ROUTES, broken))
    return build_app(console)


async def test_every_kind_of_answer_has_the_headers(client_as, browsers):
    admin, stranger = await client_as("admin"), browsers.stranger()
    for answer in (
        await admin.get("/account"),
        await admin.get("/not-there"),
        await stranger.get("/account"),
        await (await client_as("reviewer")).get("/operators"),
        await admin.post("/account/password", data={}),
        await admin.post("/sign-in", headers={"Origin": "https://example.org"}),
        await stranger.get("/static/app.css"),
        await stranger.get("/health"),
        await admin.delete("/account"),
    ):
        assert_has_headers(answer)


async def test_a_fault_of_ours_is_told_without_its_words(browsers, broken_app, client_as, capsys):
    browser = await client_as("reviewer", locale="es")
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=broken_app, raise_app_exceptions=False),
        base_url=URL,
        cookies=browser.cookies,
    ) as client:
        answer = await client.get("/broken")
    assert answer.status_code == 500
    assert "Algo ha fallado aquí" in answer.text
    assert "three secret words" not in answer.text + "".join(capsys.readouterr())
    assert_has_headers(answer)


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/not-there", 404, "Esta página no existe"),
        ("/operators", 403, "No tiene permiso para eso"),
    ],
)
async def test_refusals_are_in_the_operators_language(client_as, path, status, words):
    browser = await client_as("editor", organisation="x", locale="es")
    answer = await browser.get(path, headers={"Accept-Language": "en"})
    assert answer.status_code == status
    assert words in answer.text
    assert 'lang="es"' in answer.text


async def test_a_stranger_reads_in_the_language_of_the_browser(browsers):
    for asked, tag in (("es-SV,es;q=0.9,en", "es"), ("fr, es;q=0.5", "es"), ("ti", "en")):
        page = (await browsers.stranger(asked).get("/sign-in")).text
        assert f'<html lang="{tag}" dir="ltr"' in page


async def test_a_chosen_language_stays(browsers, client_as):
    stranger = browsers.stranger("en")
    answer = await stranger.post(
        "/language", data={"language": "es"}, headers={"Referer": f"{URL}/sign-in"}
    )
    assert answer.headers["location"] == "/sign-in"
    assert "Iniciar sesión" in (await stranger.get("/sign-in")).text
    somebody = await client_as("reviewer", locale="en")
    await somebody.post("/language", data={"language": "es"})
    somebody.cookies.delete("faro-language")
    assert "Su cuenta" in (await somebody.get("/account")).text


async def test_a_language_that_there_is_not_changes_nothing(browsers):
    browser = browsers.stranger()
    sent = {"language": "../../x"}
    there = await browser.post("/language", data=sent, headers={"Referer": "https://x.org//y"})
    assert there.headers["location"] == "/"
    assert not there.cookies


async def test_too_large_a_form_is_refused(client_as):
    browser = await client_as("admin")
    answer = await browser.post("/operators/new", data={"name": "x" * 300_000})
    assert answer.status_code == 413
    assert "too large" in answer.text


async def test_no_file_outside_of_ours_is_served(browsers):
    browser = browsers.stranger()
    for path in ("../app.py", "%2e%2e/app.py", "vendor/../../app.py", "/etc/passwd", "", "vendor"):
        answer = await browser.get(f"/static/{path}")
        assert answer.status_code == 404, path
    assert (await browser.get("/static/vendor/pico.LICENSE.md")).status_code == 404


async def test_what_is_vendored_is_what_was_published():
    rows = re.findall(
        r"^\| `([^`]+)` \|.*`([^`]+)`\) \| `([0-9a-f]{64})` \|$",
        (STATIC / "vendor" / "README.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    there = {
        file.relative_to(STATIC / "vendor").as_posix()
        for file in (STATIC / "vendor").rglob("*")
        if file.is_file() and file.suffix in {".css", ".js", ".svg", ".json"}
    }
    assert {name for name, _, _ in rows} == there
    for name, licence, digest in rows:
        assert hashlib.sha256((STATIC / "vendor" / name).read_bytes()).hexdigest() == digest
        assert (STATIC / "vendor" / licence).read_text(encoding="utf-8").strip()


async def test_no_page_holds_a_style_or_script_of_its_own():
    templates = STATIC.parent / "templates"
    pattern = re.compile(
        r"<style|<script(?![^>]*\ssrc=)|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE
    )
    found = {f.name for f in templates.rglob("*.html") if pattern.search(f.read_text("utf-8"))}
    assert found == set()


async def test_style_is_kept_by_browsers_and_pages_are_not(browsers):
    browser = browsers.stranger()
    page = await browser.get("/sign-in")
    assert page.headers["Cache-Control"] == "no-store"
    style = re.search(r'href="(/static/app\.css\?\w+)"', page.text)[1]
    assert "immutable" in (await browser.get(style)).headers["Cache-Control"]

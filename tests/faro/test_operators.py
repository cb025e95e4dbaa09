"""The command line adds operators and shows a link, never a password."""

from __future__ import annotations

import asyncio
import json
import os
import re
import subprocess
import sys

import httpx
import pytest

from console.app import build_app
from console.keys import Keys
from console.settings import Settings
from console.wiring import open_console
from directory import audit
from directory.engine import async_engine
from faro.root import ROOT

KEY = "a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s="


def faro(database_url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run one ``faro operator`` command on a database."""
    environment = {
        "PATH": os.environ["PATH"], "HOME": os.environ["HOME"], "DATABASE_URL": database_url,
        "FARO_CONSOLE_KEY": KEY, "FARO_CONSOLE_URL": "https://console.example.org",
    }  # fmt: skip
    return subprocess.run(
        [sys.executable, "-m", "faro", "operator", *arguments], cwd=ROOT, env=environment,
        capture_output=True, text=True, check=False, timeout=60, stdin=subprocess.DEVNULL,
    )  # fmt: skip


def add_ana(database_url: str) -> subprocess.CompletedProcess[str]:
    return faro(
        database_url,
        *("add", "Ana Reyes", "--role", "editor", "--organisation", "casa-sol"),
        *("--country", "sv", "--country", "GT", "--language", "es"),
    )


def test_an_operator_is_added_with_a_link_that_opens_the_first_sign_in(database_url):
    added = add_ana(database_url)
    assert added.returncode == 0, added.stderr
    link = re.fullmatch(r"https://console\.example\.org/enrol#([A-Z0-9-]{19})\n", added.stdout)
    assert link, added.stdout
    listed = faro(database_url, "list", "--json")
    assert json.loads(listed.stdout) == {
        "name": "Ana Reyes",
        "state": "invited",
        "role": "editor",
        "organisation": "casa-sol",
        "countries": ["GT", "SV"],
        "languages": ["es"],
        "demo": False,
    }
    assert asyncio.run(_opens(database_url, link[1])) == "/enrol/secure"
    assert "of casa-sol; countries GT, SV" in faro(database_url, "list").stdout


async def _opens(database_url: str, code: str) -> str | None:
    settings = Settings(database_url, "http://127.0.0.1:8001", 8001, b"k" * 32)
    assert Keys(settings.signing_key).hashed("x", "y") == Keys(b"k" * 32).hashed("x", "y")
    async with (
        open_console(settings) as console,
        httpx.AsyncClient(
            transport=httpx.ASGITransport(app=build_app(console)),
            base_url=settings.url,
            headers={"Origin": settings.url},
        ) as browser,
    ):
        answer = await browser.post("/enrol", data={"code": code})
        return answer.headers.get("location")


def test_disabling_and_resetting_stand_in_the_audit(database_url):
    add_ana(database_url)
    assert "may not sign in any more" in faro(database_url, "disable", "ana reyes").stdout
    assert json.loads(faro(database_url, "list", "--json").stdout)["state"] == "disabled"
    assert "/enrol#" in faro(database_url, "reset", "Ana Reyes").stdout
    assert json.loads(faro(database_url, "list", "--json").stdout)["state"] == "invited"
    written = asyncio.run(_audit(database_url))
    assert written == [
        ("command line", "operator.reset", "Ana Reyes"),
        ("command line", "operator.disable", "Ana Reyes"),
        ("command line", "operator.add", "Ana Reyes"),
    ]


async def _audit(database_url: str) -> list[tuple[str, str, str | None]]:
    from sqlalchemy.ext.asyncio import AsyncSession  # noqa: PLC0415 -- only here

    engine = async_engine(database_url)
    async with AsyncSession(engine) as session:
        rows = await audit.entries(session)
    await engine.dispose()
    return [(row.actor, row.action, row.entry) for row in rows]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("add", "Ana", "--role", "captain"), "There is no role captain"),
        (("add", "Ana", "--role", "editor"), "An editor needs an organisation"),
        (("add", "Ana", "--role", "region_coordinator"), "A region coordinator needs a country"),
        (("add", "Ana", "--role", "reviewer", "--country", "XQ"), "two letters, such as SV"),
        (("add", "pack", "--role", "reviewer"), "2 to 60"),
        (("disable", "Nobody"), "There is no operator called Nobody"),
        (("reset", "Nobody"), "There is no operator called Nobody"),
    ],
)
def test_a_mistake_is_one_sentence_and_what_to_do(database_url, arguments, says):
    told = faro(database_url, *arguments)
    assert told.returncode == 1
    assert says in told.stderr
    assert "Traceback" not in told.stderr
    assert told.stdout == ""

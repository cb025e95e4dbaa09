"""A planted name, number and sentence in a whole Faro with its enclave: kept nowhere, killed or not."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import needs
import psycopg
import pytest
from simulators.canary import Canary
from simulators.checkout import Checkout, Run, copied_checkout, free_port
from simulators.faro import PUBLIC_URL, TELEGRAM_SECRET, until
from simulators.serving import serving
from simulators.telegram import TOKEN as TELEGRAM_TOKEN
from simulators.telegram import TelegramServer
from simulators.twilio import ACCOUNT, SMS, WHATSAPP, TwilioServer
from simulators.twilio import TOKEN as TWILIO_TOKEN
from twilio.request_validator import RequestValidator

from faro.own_databases import own_servers

pytestmark = [
    pytest.mark.slow,
    needs.ENCLAVE,
]
PATIENCE = 60.0  # seconds for all answers on a busy machine
# Care and place, support, danger, disclosure, connections, the way out, and the end.
DIALOGUE = (
    "hola", "soy solicitante de asilo en Grecia, ¿el doctor es gratis?", "estoy en Atenas",
    "no duermo desde que llegué", "mi pareja me pega", "quiero morir", "estoy embarazada",
    "¿dónde hay un refugio?", "2", "asdfghjkl", "borre mis datos", "olvidar",
)  # fmt: skip


@pytest.fixture
def checkout(tmp_path: Path) -> Iterator[Checkout]:
    with copied_checkout(tmp_path) as made:
        yield made


class Writer:
    """Writes by every channel to a running Faro."""

    def __init__(self, canary: Canary) -> None:
        self.canary = canary
        self.number = 0

    async def write(self, run: Run, text: str) -> None:
        self.number += 1
        async with httpx.AsyncClient(base_url=run.url, timeout=30) as client:
            chat = self.canary.chat(self.number, text)
            for channel in ("webchat", "try"):
                assert (await client.post(f"/webhooks/{channel}", json=chat)).is_success
            update = self.canary.update(self.number, text)
            headers = {"X-Telegram-Bot-Api-Secret-Token": TELEGRAM_SECRET}
            answer = await client.post("/webhooks/telegram", json=update, headers=headers)
            assert answer.is_success
            for channel, form in self.canary.forms(self.number, text):
                url = f"/webhooks/{channel}"
                signed = RequestValidator(TWILIO_TOKEN).compute_signature(PUBLIC_URL + url, form)
                headers = {"X-Twilio-Signature": signed}
                assert (await client.post(url, data=form, headers=headers)).is_success


def found(checkout: Checkout, canary: Canary, since: float) -> list[str]:
    """Return every file that holds it: databases, logs, model, secrets."""
    places = [checkout.root]
    for server in own_servers(checkout.root).values():
        places.append(server.place.base)
        with psycopg.connect(server.url(), autocommit=True) as connection:
            connection.execute("CHECKPOINT")
    return canary.in_files(places, since=since)


def dumped(checkout: Checkout) -> bytes:
    """Return what a careless backup of both databases would hold."""
    told = b""
    for server in own_servers(checkout.root).values():
        done = subprocess.run(
            [server.place.binaries / "pg_dump", server.url()],
            cwd="/", check=True, capture_output=True, **server.place.identity(),
        )  # fmt: skip
        told += done.stdout
    return told


def unanswered(checkout: Checkout) -> int:
    with psycopg.connect(own_servers(checkout.root)["DATABASE_URL"].url()) as connection:
        row = connection.execute("SELECT count(*) FROM inbox").fetchone()
    assert row is not None
    return int(row[0])


async def test_nothing_of_a_person_is_left_by_a_faro_that_is_killed_in_the_middle(checkout):
    canary, began = Canary(), time.time()
    writer = Writer(canary)
    telegram, twilio = TelegramServer(), TwilioServer()
    async with serving(telegram.app) as telegram_url, serving(twilio.app) as twilio_url:
        settings = {
            "FARO_PORT": free_port(), "PUBLIC_URL": PUBLIC_URL,
            "TELEGRAM_TOKEN": TELEGRAM_TOKEN, "TELEGRAM_SECRET": TELEGRAM_SECRET,
            "TELEGRAM_API_URL": telegram_url, "TWILIO_API_URL": twilio_url,
            "TWILIO_ACCOUNT_SID": ACCOUNT, "TWILIO_AUTH_TOKEN": TWILIO_TOKEN,
            "TWILIO_SMS_NUMBER": SMS, "TWILIO_WHATSAPP_NUMBER": WHATSAPP.removeprefix("whatsapp:"),
        }  # fmt: skip
        run = await asyncio.to_thread(checkout.up, settings)
        for text in DIALOGUE:
            await writer.write(run, canary.said(text))
            await writer.write(run, text)
        assert found(checkout, canary, began) == []
        await until(lambda: unanswered(checkout) == 0, PATIENCE)
        assert found(checkout, canary, began) == []
        for sign in (signal.SIGABRT, signal.SIGSEGV, signal.SIGKILL):
            await writer.write(run, canary.said("mi pareja me pega"))
            for pid in _ours(run):
                os.kill(pid, sign)
            await asyncio.sleep(1)
            assert found(checkout, canary, began) == []
            await until(lambda: unanswered(checkout) == 0, PATIENCE)
        async with httpx.AsyncClient(base_url=run.url) as client:
            health = await _told(client, "/health")
        for command in (("counts",), ("counts", "--gaps"), ("retention", "--json")):
            done = await asyncio.to_thread(checkout.command, *command)
            assert not canary.in_text(done.stdout + done.stderr)
        assert not canary.in_text(run.said + health)
        assert not canary.in_text(dumped(checkout).decode())
        await writer.write(run, canary.said("hola"))
        run.kill()
        assert found(checkout, canary, began) == []
        run = await asyncio.to_thread(checkout.up, settings)
        await until(lambda: unanswered(checkout) == 0, PATIENCE)
        assert found(checkout, canary, began) == []
        await asyncio.to_thread(run.stop)
    assert len(telegram.sent) > len(DIALOGUE)
    temporary = Path(tempfile.gettempdir())
    assert canary.in_files([temporary, checkout.root, *_bases(checkout)], since=began) == []


def _ours(run: Run) -> list[int]:
    """Return the gateway and the enclave: what the supervisor started and is no database."""
    databases = run.checkout.databases()
    return [pid for pid in run.processes()[1:] if _is_ours(pid, databases)]


def _is_ours(pid: int, databases: set[int | None]) -> bool:
    try:
        arguments = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False
    return pid not in databases and (b"channels" in arguments or b"bot.serve" in arguments)


def _bases(checkout: Checkout) -> list[Path]:
    return [server.place.base for server in own_servers(checkout.root).values()]


async def _told(client: httpx.AsyncClient, path: str) -> str:
    """Return an answer of a gateway that may just be starting again."""
    until_then = time.monotonic() + PATIENCE
    while time.monotonic() < until_then:
        try:
            return (await client.get(path)).text
        except httpx.HTTPError:
            await asyncio.sleep(0.5)
    raise AssertionError("the gateway did not come back")

"""kill -9 between acceptance and reply, counted at the simulators of the providers."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import httpx
import pytest
from simulators.enclave import EnclaveServer
from simulators.faro import KEYS, PUBLIC_URL, TELEGRAM_SECRET, until
from simulators.serving import serving
from simulators.telegram import TelegramServer, text_update
from simulators.twilio import TOKEN, TwilioServer
from twilio.request_validator import RequestValidator

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
PROMISED = 30.0  # seconds from the restart to the reply
MARK = "delivery.possible_repeat"
SMS = {"MessageSid": "SM1", "From": "+50370000001", "To": "+15005550006", "Body": "hola"}


class World:
    """The simulators stay; the gateway dies and is started again."""

    def __init__(self, database_url: str, addresses: dict[str, str], times: str) -> None:
        self.telegram, self.twilio, self.enclave = TelegramServer(), TwilioServer(), EnclaveServer()
        self.environment = {**os.environ, "DATABASE_URL": database_url, "KEYS_FOR_TESTS": KEYS}
        self.environment["TIMES"] = times
        self.environment["PYTHONPATH"] = f"{ROOT}:{ROOT / 'tests'}"
        self.addresses = addresses
        self.process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        self.process = await asyncio.create_subprocess_exec(
            *(sys.executable, str(Path(__file__).with_name("gateway_process.py"))),
            env={**self.environment, **self.addresses},
            cwd=ROOT,
            stdout=asyncio.subprocess.PIPE,
        )
        assert self.process.stdout is not None
        self.url = f"http://127.0.0.1:{int(await self.process.stdout.readline())}"

    async def kill(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        await self.process.wait()

    async def post_telegram(self) -> None:
        headers = {"X-Telegram-Bot-Api-Secret-Token": TELEGRAM_SECRET}
        async with httpx.AsyncClient(base_url=self.url) as client:
            answer = await client.post(
                "/webhooks/telegram", json=text_update(1, "hola"), headers=headers
            )
        assert answer.status_code == 200

    async def post_sms(self) -> None:
        signature = RequestValidator(TOKEN).compute_signature(f"{PUBLIC_URL}/webhooks/sms", SMS)
        headers = {"X-Twilio-Signature": signature}
        async with httpx.AsyncClient(base_url=self.url) as client:
            assert (
                await client.post("/webhooks/sms", data=SMS, headers=headers)
            ).status_code == 200


@asynccontextmanager
async def world(database_url: str, times: str = "quick") -> AsyncIterator[World]:
    async with AsyncExitStack() as stack:
        addresses: dict[str, str] = {}
        made = World(database_url, addresses, times)
        for name, app in (
            ("TELEGRAM", made.telegram.app),
            ("TWILIO", made.twilio.app),
            ("DOOR", made.enclave.app),
        ):
            addresses[name] = await stack.enter_async_context(serving(app))
        await made.start()
        try:
            yield made
        finally:
            made.enclave.up = True
            if made.process is not None and made.process.returncode is None:
                await made.kill()


async def test_killed_right_after_acceptance(database_url):
    async with world(database_url) as w:
        w.enclave.delay = 5
        await w.post_telegram()
        await w.kill()
        w.enclave.delay = 0
        began = time.monotonic()
        await w.start()
        await until(lambda: w.telegram.sent, PROMISED)
        assert time.monotonic() - began < PROMISED
        await asyncio.sleep(2)  # more than silence or lease
        assert [text for text in w.telegram.texts if "numbers" not in text] == ["1: hola"]


async def test_killed_while_the_enclave_decides(database_url):
    async with world(database_url, "promised") as w:
        w.enclave.delay = 5
        await w.post_telegram()
        await until(lambda: w.enclave.turns)
        await w.kill()
        w.enclave.delay = 0
        began = time.monotonic()
        await w.start()
        await until(lambda: "1: hola" in w.telegram.texts, PROMISED)
        assert time.monotonic() - began < PROMISED
        await asyncio.sleep(3)
        assert w.telegram.texts.count("1: hola") == 1


async def test_killed_before_the_provider_accepted(database_url):
    async with world(database_url) as w:
        w.telegram.delay = 5
        await w.post_telegram()
        await until(lambda: "sendMessage" in w.telegram.calls)
        await w.kill()
        w.telegram.delay = 0
        w.telegram.sent.clear()
        began = time.monotonic()
        await w.start()
        await until(lambda: w.telegram.sent, PROMISED)
        assert time.monotonic() - began < PROMISED


async def test_killed_between_acceptance_by_telegram_and_our_commit(database_url):
    async with world(database_url) as w:
        w.telegram.delay_after = 5
        await w.post_telegram()
        await until(lambda: w.telegram.sent)
        await w.kill()
        w.telegram.delay_after = 0
        began = time.monotonic()
        await w.start()
        await until(lambda: len(w.telegram.sent) == 2, PROMISED)
        assert time.monotonic() - began < PROMISED
        await asyncio.sleep(2)  # more than silence or lease
        assert w.telegram.texts == ["1: hola", f"{MARK}\n1: hola"]


async def test_killed_between_acceptance_by_twilio_and_our_commit_is_settled_by_a_look_up(
    database_url,
):
    async with world(database_url) as w:
        w.twilio.delay_after = 5
        await w.post_sms()
        await until(lambda: w.twilio.sent)
        await w.kill()
        w.twilio.delay_after = 0
        await w.start()
        await asyncio.sleep(4)  # more than silence, lease and settle
        assert len(w.twilio.sent) == 1


async def test_killed_before_twilio_accepted(database_url):
    async with world(database_url) as w:
        w.twilio.delay_before = 30
        await w.post_sms()
        await asyncio.sleep(1)
        await w.kill()
        w.twilio.delay_before = 0
        began = time.monotonic()
        await w.start()
        await until(lambda: w.twilio.sent, PROMISED)
        assert time.monotonic() - began < PROMISED
        await asyncio.sleep(2)  # more than silence or lease
        assert len(w.twilio.sent) == 1


async def test_killed_after_the_reply_sends_nothing_more(database_url):
    async with world(database_url) as w:
        await w.post_telegram()
        await until(lambda: w.telegram.sent)
        await asyncio.sleep(0.5)
        await w.kill()
        await w.start()
        await asyncio.sleep(3)  # more than silence and lease
        assert w.telegram.texts == ["1: hola"]

"""A gateway between simulated providers and a simulated enclave."""

from __future__ import annotations

import asyncio
import base64
import os
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from unittest.mock import patch

import httpx
from simulators.enclave import DOOR_TOKEN, EchoRenderer, EnclaveServer
from simulators.keys_database import keys_database_of, made_keys_database
from simulators.serving import serving
from simulators.telegram import TOKEN as TELEGRAM_TOKEN
from simulators.telegram import TelegramServer
from simulators.twilio import ACCOUNT, SMS, WHATSAPP, TwilioServer
from simulators.twilio import TOKEN as TWILIO_TOKEN
from twilio.request_validator import RequestValidator

from channels.settings import Settings, TelegramSettings, TwilioSettings
from channels.wiring import open_app
from delivery.channel import Pace
from delivery.languages import Languages
from delivery.seal import new_key, read_key_ring
from delivery.timing import Timing
from delivery.wording import Renderer

PUBLIC_URL = "https://bot.example.org"
TELEGRAM_SECRET = "telegram-secret-for-tests"
CHAT = "c" * 32
ENABLED = Languages(("en", "es", "ar"), {"ar": "Arab"})
SHORT = Timing(
    patience=0.6, decision=0.5, retry=0.1, longest_retry=0.3, beat=0.2, silence=1.0,
    lease=1.0, settle=0.2, unknown=2.0, poll=0.1, watch=0.1,
    confirmed=4.0, erased=5.5, copies=0.1, copy_retry=0.3, longest_copy_retry=1.0,
)  # fmt: skip
# Handed on to the processes that a chaos test kills and starts again.
KEYS = os.environ.get("KEYS_FOR_TESTS") or ",".join([new_key("test"), new_key("older")])
PSEUDONYM_KEY = base64.b64encode(b"p" * 32).decode()


@dataclass
class Faro:
    """Everything a test talks to."""

    client: httpx.AsyncClient
    telegram: TelegramServer
    twilio: TwilioServer
    enclave: EnclaveServer
    database_url: str
    url: str = ""
    counter: int = field(default=0)

    async def telegram_post(self, update: object, secret: str | None = TELEGRAM_SECRET) -> int:
        headers = {} if secret is None else {"X-Telegram-Bot-Api-Secret-Token": secret}
        answer = await self.client.post("/webhooks/telegram", json=update, headers=headers)
        return answer.status_code

    async def twilio_post(
        self,
        form: dict[str, str],
        *,
        channel: str = "sms",
        path: str = "",
        signature: str | None = None,
    ) -> httpx.Response:
        route = f"/webhooks/{channel}{path}"
        signed = self.signature(route, form) if signature is None else signature
        headers = {"X-Twilio-Signature": signed}
        return await self.client.post(route, data=form, headers=headers)

    @staticmethod
    def signature(route: str, form: dict[str, str]) -> str:
        return str(RequestValidator(TWILIO_TOKEN).compute_signature(PUBLIC_URL + route, form))

    async def chat_post(self, **fields: object) -> int:
        self.counter += 1
        data = {"conversation": CHAT, "id": f"m{self.counter}", **fields}
        answer = await self.client.post("/webhooks/webchat", json=data)
        return answer.status_code


def settings_for(
    database_url: str,
    *,
    door: str,
    telegram: str,
    twilio: str,
    polling: bool = False,
    port: int = 8000,
    keys_beside: str | None = None,
) -> Settings:
    return Settings(
        database_url=database_url,
        keys_database_url=keys_database_of(keys_beside or database_url),
        public_url=PUBLIC_URL,
        port=port,
        door_url=door,
        door_token=DOOR_TOKEN,
        keys=read_key_ring(KEYS),
        pseudonym_key=b"p" * 32,
        telegram=TelegramSettings(TELEGRAM_TOKEN, None if polling else TELEGRAM_SECRET, telegram),
        twilio=TwilioSettings(ACCOUNT, TWILIO_TOKEN, SMS, WHATSAPP, api_url=twilio),
    )


def _quick_pace(*, per_address: float = 0.0, overall: float = 0.0) -> Pace:
    """Return a tenth of the waiting that providers ask for."""
    return Pace(per_address=per_address / 10, overall=overall / 10)


@asynccontextmanager
async def running_faro(
    database_url: str,
    *,
    timing: Timing = SHORT,
    polling: bool = False,
    works: bool = True,
    renderer: Renderer | None = None,
    languages: Languages = ENABLED,
    keys_beside: str | None = None,
) -> AsyncIterator[Faro]:
    """Give a running gateway; everything stops at the end.

    The keys stand beside the first database, or beside another one that is given.
    """
    telegram, twilio, enclave = TelegramServer(), TwilioServer(), EnclaveServer()
    made_keys_database(keys_beside or database_url)
    async with AsyncExitStack() as stack:
        settings = settings_for(
            database_url,
            telegram=await stack.enter_async_context(serving(telegram.app)),
            twilio=await stack.enter_async_context(serving(twilio.app)),
            door=await stack.enter_async_context(serving(enclave.app)),
            polling=polling,
            keys_beside=keys_beside,
        )
        for provider in ("telegram", "twilio"):
            stack.enter_context(patch(f"channels.{provider}.adapter.Pace", _quick_pace))
        app = await stack.enter_async_context(
            open_app(settings, renderer or EchoRenderer(), timing, languages=languages, works=works)
        )
        url = await stack.enter_async_context(serving(app))
        # Shorter than the server keeps a connection, or a request meets one that is being closed.
        limits = httpx.Limits(keepalive_expiry=2.0)
        asking = httpx.AsyncClient(base_url=url, timeout=20, limits=limits)
        client = await stack.enter_async_context(asking)
        yield Faro(client, telegram, twilio, enclave, database_url, url)
        enclave.up = True  # nothing of ours hangs on the door while it closes


async def until(true: Callable[[], object], seconds: float = 5.0) -> None:
    """Return as soon as something is true; fail after ``seconds``."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        await asyncio.sleep(0.02)

"""The supervisor: the database, the enclave and the gateway, kept running until stopped."""

from __future__ import annotations

import asyncio
import os
import resource
import socket
import sys
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager

import httpx

from channels.settings import Settings, read_settings
from delivery.enclave import Enclave
from delivery.keys_table import upgrade_keys
from delivery.migrate import upgrade as upgrade_delivery
from delivery.setting_reader import SettingError
from directory.migrate import upgrade as upgrade_directory
from faro import places
from faro.announcement import Announcement, announce, withdraw
from faro.child import Child, Command
from faro.enclave_process import train
from faro.errors import FaroError
from faro.keys import keys_in
from faro.loading import outdated
from faro.loading_changes import load_changed
from faro.lock import FileLock
from faro.own_databases import EMBEDDED, addresses, running_databases
from faro.progress import tell
from faro.root import ENCLAVE_PYTHON, PACKS, PLACES, ROOT, RUN, VAR

_ENCLAVE_WAIT, _GATEWAY_WAIT = 120.0, 60.0  # seconds
# Its settings, and how this machine reaches others: proxies, certificates, PostgreSQL.
_PASSED_TO_GATEWAY = (
    *(
        "FARO_",
        "TELEGRAM_",
        "TWILIO_",
        "DATABASE_URL",
        "KEYS_DATABASE_URL",
        "PUBLIC_URL",
        "IDLE_DAYS",
    ),
    *("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"),
    *("http_proxy", "https_proxy", "all_proxy", "no_proxy", "SSL_CERT_", "PG"),
)
_PASSED = ("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "TZ")


async def up() -> int:
    """Run Faro until it is stopped; return the exit code.

    Raises:
        FaroError: Something is in the way; the message says what to do.
    """
    began = time.monotonic()
    # For everything that is started: a dump of memory would hold what people write.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    async with AsyncExitStack() as stack:
        _be_the_only_one(stack)
        environment = _environment()
        settings = _settings(environment)
        children = _children(environment, settings)
        for child in children:
            await child.stop_left_over()
        _require_free_port(settings.port)
        _build_places()
        await train()
        enclave, gateway = children
        await stack.enter_async_context(_started(enclave))
        ours = environment.get(EMBEDDED, "").split()
        await stack.enter_async_context(running_databases(ROOT, ours))
        await _prepare(settings)
        await enclave.wait_until_ready(_ENCLAVE_WAIT)
        await stack.enter_async_context(_started(gateway))
        await gateway.wait_until_ready(_GATEWAY_WAIT)
        _announce(stack, settings, environment)
        _tell_addresses(settings, time.monotonic() - began)
        try:
            await asyncio.gather(*(child.keep() for child in children))
        finally:
            tell("Stopping ...")
    return 0


def _be_the_only_one(stack: AsyncExitStack) -> None:
    try:
        RUN.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = FileLock(RUN / "up.lock")
        if not lock.take():
            raise FaroError("Faro is already running in this folder", "Stop it there with Ctrl-C")
    except OSError as error:
        raise FaroError(
            f"{RUN} cannot be written ({error.strerror})", "Free some space or correct its rights"
        ) from error
    stack.callback(lock.release)
    withdraw()  # what a killed run announced is true no more


def _environment() -> dict[str, str]:
    """Return what the gateway is told: our environment, and secrets by file."""
    environment = {**os.environ}
    environment.update(keys_in(VAR / "secrets", environment))
    if not environment.get("FARO_DOOR_PORT"):
        environment["FARO_DOOR_PORT"] = str(_free_port())
    environment.pop(EMBEDDED, None)
    environment.update(addresses(ROOT, environment))
    return environment


def _settings(environment: Mapping[str, str]) -> Settings:
    try:
        return read_settings(environment)
    except SettingError as error:
        raise FaroError(str(error), "Correct the setting, then try again") from None


def _children(environment: dict[str, str], settings: Settings) -> tuple[Child, Child]:
    passed = {name: os.environ[name] for name in _PASSED if name in os.environ}
    token = {n: v for n, v in environment.items() if n.startswith("FARO_DOOR_")}
    enclave = Command(
        "enclave",
        (str(ENCLAVE_PYTHON), "-m", "bot.serve"),
        {**passed, **token, "PYTHONHASHSEED": "0"},
        ROOT,
    )
    told = {n: v for n, v in environment.items() if n.startswith(_PASSED_TO_GATEWAY)}
    gateway = Command("gateway", (sys.executable, "-m", "channels"), {**passed, **told}, ROOT)

    async def enclave_ready() -> bool:
        door = Enclave(settings.door_url, token=settings.door_token, timeout=2.0)
        try:
            return await door.is_ready()
        finally:
            await door.aclose()

    async def gateway_ready() -> bool:
        try:
            async with httpx.AsyncClient(trust_env=False, timeout=2.0) as client:
                return (await client.get(f"{_local(settings)}/health")).is_success
        except httpx.HTTPError:
            return False

    return (
        Child(enclave, run=RUN, is_ready=enclave_ready),
        Child(gateway, run=RUN, is_ready=gateway_ready),
    )


def _require_free_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise FaroError(
                f"Port {port} is used by another program",
                f"Stop that program, or choose another port: FARO_PORT={port + 1} faro up",
            ) from None


def _build_places() -> None:
    places.build(PLACES, PACKS, ROOT / "data" / "places")


@asynccontextmanager
async def _started(child: Child) -> AsyncIterator[Child]:
    await child.start()
    try:
        yield child
    finally:
        await child.stop()


async def _prepare(settings: Settings) -> None:
    url = settings.database_url
    for upgrade in (upgrade_directory, upgrade_delivery):
        await asyncio.to_thread(upgrade, url)
    await asyncio.to_thread(upgrade_keys, settings.keys_database_url)
    if await outdated(url, PACKS):
        await load_changed(url)


def _announce(stack: AsyncExitStack, settings: Settings, environment: Mapping[str, str]) -> None:
    announce(
        Announcement(
            pid=os.getpid(),
            door_port=int(environment["FARO_DOOR_PORT"]),
            token_file=environment.get("FARO_DOOR_TOKEN_FILE", ""),
            database_url=settings.database_url,
            keys_database_url=settings.keys_database_url,
        )
    )
    stack.callback(withdraw)


def _tell_addresses(settings: Settings, seconds: float) -> None:
    tell(f"Faro is ready after {seconds:.1f} s. Ctrl-C stops it.")
    tell(f"  Web chat        {_local(settings)}/")
    tell(f"  Try-out phone   {_local(settings)}/try")
    if settings.telegram:
        way = "webhook" if settings.telegram.secret else "polling"
        tell(f"  Telegram        by {way}")
    if settings.twilio and settings.twilio.sms:
        tell(f"  SMS             {settings.public_url}/webhooks/sms")
    if settings.twilio and settings.twilio.whatsapp:
        tell(f"  WhatsApp        {settings.public_url}/webhooks/whatsapp")


def _local(settings: Settings) -> str:
    return f"http://127.0.0.1:{settings.port}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port

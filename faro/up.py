"""The supervisor: database, enclave, gateway and console, kept running until stopped."""

from __future__ import annotations

import asyncio
import os
import resource
import socket
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime

from channels.settings import Settings, read_settings
from console.demo import settle_demo
from console.migrate import upgrade as upgrade_console
from console.settings import Settings as Pages
from console.settings import read_settings as read_console_settings
from delivery.keys_table import upgrade_keys
from delivery.migrate import upgrade as upgrade_delivery
from delivery.setting_reader import SettingError
from directory.migrate import upgrade as upgrade_directory
from faro import places
from faro.announcement import Announcement, announce, withdraw
from faro.child import Child
from faro.children import Children, children
from faro.enclave_process import train
from faro.errors import FaroError
from faro.keys import keys_in
from faro.loading_changes import load_changed
from faro.lock import FileLock
from faro.own_databases import EMBEDDED, addresses, running_databases
from faro.progress import tell
from faro.root import PACKS, PLACES, ROOT, RUN, VAR

_ENCLAVE_WAIT, _GATEWAY_WAIT = 120.0, 60.0  # seconds


async def up(*, demo: bool = False) -> int:
    """Run Faro until it is stopped; return the exit code.

    With ``demo`` the console has a try-out account, whose code is told.

    Raises:
        FaroError: Something is in the way; the message says what to do.
    """
    began = time.monotonic()
    # For everything that is started: a dump of memory would hold what people write.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    async with AsyncExitStack() as stack:
        _be_the_only_one(stack)
        environment = _environment(demo=demo)
        settings, pages = _settings(environment)
        kept = _children(environment, settings, pages)
        for child in kept:
            await child.stop_left_over()
        _require_free_port(settings.port, "FARO_PORT")
        _require_free_port(pages.port, "FARO_CONSOLE_PORT")
        _build_places()
        await train()
        await stack.enter_async_context(_started(kept.enclave))
        ours = environment.get(EMBEDDED, "").split()
        await stack.enter_async_context(running_databases(ROOT, ours))
        code = await _prepare(settings, pages)
        await kept.enclave.wait_until_ready(_ENCLAVE_WAIT)
        for child in (kept.gateway, kept.console):
            await stack.enter_async_context(_started(child))
        await kept.gateway.wait_until_ready(_GATEWAY_WAIT)
        await kept.console.wait_until_ready(_GATEWAY_WAIT)
        _announce(stack, settings, pages, environment)
        _tell_addresses(settings, pages, time.monotonic() - began)
        _tell_demo(pages, code)
        try:
            await asyncio.gather(*(child.keep() for child in kept))
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


def _environment(*, demo: bool) -> dict[str, str]:
    """Return what the processes are told: our environment, and secrets by file."""
    environment = {**os.environ}
    if demo:
        environment["FARO_DEMO"] = "1"
    environment.update(keys_in(VAR / "secrets", environment))
    if not environment.get("FARO_DOOR_PORT"):
        environment["FARO_DOOR_PORT"] = str(_free_port())
    environment.pop(EMBEDDED, None)
    environment.update(addresses(ROOT, environment))
    return environment


def _settings(environment: Mapping[str, str]) -> tuple[Settings, Pages]:
    try:
        return read_settings(environment), read_console_settings(environment)
    except SettingError as error:
        raise FaroError(str(error), "Correct the setting, then try again") from None


def _children(environment: Mapping[str, str], settings: Settings, pages: Pages) -> Children:
    return children(
        environment,
        door_url=settings.door_url,
        door_token=settings.door_token,
        gateway_url=_local(settings.port),
        console_url=_local(pages.port),
    )


def _require_free_port(port: int, setting: str) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise FaroError(
                f"Port {port} is used by another program",
                f"Stop that program, or choose another port: {setting}={port + 1} faro up",
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


async def _prepare(settings: Settings, pages: Pages) -> str | None:
    """Bring the databases up to date; return the code of the try-out account, if there is one."""
    url = settings.database_url
    for upgrade in (upgrade_directory, upgrade_delivery, upgrade_console):
        await asyncio.to_thread(upgrade, url)
    await asyncio.to_thread(upgrade_keys, settings.keys_database_url)
    await load_changed(url)
    return await settle_demo(pages, now=datetime.now(UTC))


def _announce(
    stack: AsyncExitStack, settings: Settings, pages: Pages, environment: Mapping[str, str]
) -> None:
    announce(
        Announcement(
            pid=os.getpid(),
            door_port=int(environment["FARO_DOOR_PORT"]),
            token_file=environment.get("FARO_DOOR_TOKEN_FILE", ""),
            database_url=settings.database_url,
            keys_database_url=settings.keys_database_url,
            console_url=pages.url,
        )
    )
    stack.callback(withdraw)


def _tell_addresses(settings: Settings, pages: Pages, seconds: float) -> None:
    tell(f"Faro is ready after {seconds:.1f} s. Ctrl-C stops it.")
    tell(f"  Web chat        {_local(settings.port)}/")
    tell(f"  Try-out phone   {_local(settings.port)}/try")
    tell(f"  Console         {pages.url}/  (first: faro operator add NAME --role admin)")
    if settings.telegram:
        way = "webhook" if settings.telegram.secret else "polling"
        tell(f"  Telegram        by {way}")
    if settings.twilio and settings.twilio.sms:
        tell(f"  SMS             {settings.public_url}/webhooks/sms")
    if settings.twilio and settings.twilio.whatsapp:
        tell(f"  WhatsApp        {settings.public_url}/webhooks/whatsapp")


def _tell_demo(pages: Pages, code: str | None) -> None:
    if code is None:
        return
    tell("")
    tell("  TRY-OUT MODE. Whoever has this code signs in to the console. Enter nothing real.")
    tell(f"  Sign in         {pages.url}/sign-in  with the code {code}")


def _local(port: int) -> str:
    return f"http://127.0.0.1:{port}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port

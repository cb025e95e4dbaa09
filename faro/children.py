"""What the supervisor runs: the enclave, the gateway and the console, each told what it needs."""

from __future__ import annotations

import os
import sys
from collections.abc import Awaitable, Callable, Mapping
from typing import NamedTuple

import httpx

from delivery.enclave import Enclave
from faro.child import Child, Command
from faro.root import ENCLAVE_PYTHON, ROOT, RUN

# How this machine reaches others: proxies, certificates, PostgreSQL.
_MACHINE = (
    *("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"),
    *("http_proxy", "https_proxy", "all_proxy", "no_proxy", "SSL_CERT_", "PG"),
)
_TO_GATEWAY = (
    *("FARO_", "TELEGRAM_", "TWILIO_", "DATABASE_URL", "KEYS_DATABASE_URL", "PUBLIC_URL"),
    *("IDLE_DAYS", "REQUIRE_REVIEW", *_MACHINE),
)
_CONSOLES_OWN = ("FARO_CONSOLE_", "FARO_DEMO", "SMTP_URL", "CONSOLE_MAIL_FROM")
_TO_CONSOLE = (*_CONSOLES_OWN, "DATABASE_URL", "PUBLIC_URL", *_MACHINE)
_PASSED = ("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "TZ")


class Children(NamedTuple):
    """The processes, in the order in which they start."""

    enclave: Child
    gateway: Child
    console: Child


def children(
    environment: Mapping[str, str],
    *,
    door_url: str,
    door_token: str,
    gateway_url: str,
    console_url: str,
) -> Children:
    """Return the processes that are kept running; none of them is started.

    The addresses are those of this machine at which each of them is asked whether it is well.
    """

    async def enclave_ready() -> bool:
        door = Enclave(door_url, token=door_token, timeout=2.0)
        try:
            return await door.is_ready()
        finally:
            await door.aclose()

    return Children(
        _child("enclave", _enclave(environment), enclave_ready),
        _child("gateway", _gateway(environment), lambda: _is_well(gateway_url)),
        _child("console", _console(environment), lambda: _is_well(console_url)),
    )


def _child(
    name: str,
    told: tuple[tuple[str, ...], Mapping[str, str]],
    is_ready: Callable[[], Awaitable[bool]],
) -> Child:
    arguments, environment = told
    passed = {name: os.environ[name] for name in _PASSED if name in os.environ}
    return Child(
        Command(name, arguments, {**passed, **environment}, ROOT), run=RUN, is_ready=is_ready
    )


def _enclave(environment: Mapping[str, str]) -> tuple[tuple[str, ...], dict[str, str]]:
    told = {n: v for n, v in environment.items() if n.startswith("FARO_DOOR_")}
    return (str(ENCLAVE_PYTHON), "-m", "bot.serve"), {**told, "PYTHONHASHSEED": "0"}


def _gateway(environment: Mapping[str, str]) -> tuple[tuple[str, ...], dict[str, str]]:
    told = {n: v for n, v in environment.items() if n.startswith(_TO_GATEWAY)}
    told = {n: v for n, v in told.items() if not n.startswith(_CONSOLES_OWN)}
    return (sys.executable, "-m", "channels"), told


def _console(environment: Mapping[str, str]) -> tuple[tuple[str, ...], dict[str, str]]:
    told = {n: v for n, v in environment.items() if n.startswith(_TO_CONSOLE)}
    return (sys.executable, "-m", "console"), told


async def _is_well(url: str) -> bool:
    try:
        async with httpx.AsyncClient(trust_env=False, timeout=2.0) as client:
            return (await client.get(f"{url}/health")).is_success
    except httpx.HTTPError:
        return False

"""What the supervisor starts is kept alive, stopped with it, and found again after a kill."""

from __future__ import annotations

import asyncio
import os
import signal
import stat
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from channels.settings import read_settings
from faro.child import Child, Command
from faro.children import children
from faro.keys import keys_in
from faro.lock import FileLock


def child_in(folder):
    command = Command("sleeper", (sys.executable, "-c", "import time; time.sleep(60)"), {}, folder)

    async def ready():
        return True

    return Child(command, run=folder, is_ready=ready)


def pid_in(folder):
    return int((folder / "sleeper.lock").read_text())


def secrets_in(folder):
    return [Path(path).read_bytes() for path in keys_in(folder, {}).values()]


def arguments_of_all():
    found = []
    for arguments in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):  # it ended meanwhile
            found.append(arguments.read_bytes())
    return found


async def test_a_child_that_dies_is_started_again(tmp_path):
    child = child_in(tmp_path)
    await child.start()
    keeping = asyncio.create_task(child.keep())
    first = pid_in(tmp_path)
    os.kill(first, signal.SIGKILL)
    for _ in range(100):
        await asyncio.sleep(0.05)
        if pid_in(tmp_path) != first:
            break
    assert pid_in(tmp_path) != first
    keeping.cancel()
    await child.stop()
    assert FileLock(tmp_path / "sleeper.lock").take()


async def test_what_a_killed_supervisor_left_is_stopped_by_the_next(tmp_path):
    child = child_in(tmp_path)
    await child.start()
    assert not FileLock(tmp_path / "sleeper.lock").take()
    await child_in(tmp_path).stop_left_over()
    assert FileLock(tmp_path / "sleeper.lock").take()
    await child.stop()


def test_secrets_are_made_once_private_and_good_enough(tmp_path):
    first = keys_in(tmp_path / "secrets", {})
    assert keys_in(tmp_path / "secrets", {}) == first
    assert stat.S_IMODE((tmp_path / "secrets").stat().st_mode) == 0o700
    for file in (tmp_path / "secrets").iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    databases = {"DATABASE_URL": "postgresql://x", "KEYS_DATABASE_URL": "postgresql://y"}
    read_settings({**first, **databases})
    assert "FARO_DOOR_TOKEN_FILE" not in keys_in(tmp_path / "other", {"FARO_DOOR_TOKEN": "given"})


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
async def test_no_secret_stands_in_the_arguments_of_a_process(tmp_path):
    secrets = secrets_in(tmp_path / "secrets")
    child = child_in(tmp_path)
    await child.start()
    for _ in range(100):
        shown = arguments_of_all()
        if any(b"time.sleep(60)" in arguments for arguments in shown):
            break
        await asyncio.sleep(0.05)  # it has just begun
    await child.stop()
    assert any(b"time.sleep(60)" in arguments for arguments in shown)
    assert [secret for secret in secrets if any(secret in arguments for arguments in shown)] == []


def test_each_process_is_told_only_what_it_needs():
    environment = {
        "FARO_DOOR_TOKEN_FILE": "f", "FARO_DOOR_PORT": "5005", "FARO_SEAL_KEYS_FILE": "f",
        "FARO_PSEUDONYM_KEY_FILE": "f", "DATABASE_URL": "postgresql://x", "TELEGRAM_TOKEN": "t",
        "KEYS_DATABASE_URL": "postgresql://y", "FARO_CONSOLE_KEY_FILE": "f",
        "SMTP_URL_FILE": "f", "CONSOLE_MAIL_FROM": "a@example.org",
        "TWILIO_AUTH_TOKEN": "t", "HTTPS_PROXY": "http://p", "AWS_SECRET_ACCESS_KEY": "s", "PATH": "p",
    }  # fmt: skip
    started = children(
        environment, door_url="http://x", door_token="t", gateway_url="", console_url=""
    )
    told = {
        child._command.name: {name for name in child._command.environment if name in environment}
        - {"PATH"}
        for child in started
    }
    shared = {"DATABASE_URL", "HTTPS_PROXY"}
    assert told["enclave"] == {"FARO_DOOR_TOKEN_FILE", "FARO_DOOR_PORT"}
    own = {"FARO_CONSOLE_KEY_FILE", "SMTP_URL_FILE", "CONSOLE_MAIL_FROM"}
    assert told["console"] == own | shared
    assert told["gateway"] == {*environment} - {"AWS_SECRET_ACCESS_KEY", "PATH"} - own

"""The enclave's own environment: prepared before anything imports Rasa, as when it serves."""

from __future__ import annotations

import asyncio
import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot import process

process.prepare()

from bot import train  # noqa: E402
from bot.enclave import Enclave  # noqa: E402
from wire.decision import Decision  # noqa: E402
from wire.state import State  # noqa: E402
from wire.turn import Turn  # noqa: E402

ROOT = process.ROOT
TOKEN = "test-secret"


@pytest.fixture(scope="session")
def model() -> Path:
    """The model of this checkout, trained when our code or data changed."""
    command = [sys.executable, "-m", "bot.train"]
    subprocess.run(command, cwd=ROOT, check=True, env={**os.environ, "PYTHONHASHSEED": "0"})
    return train.MODEL


@dataclass(frozen=True)
class Bot:
    enclave: Enclave

    def hears(self, text: str, **slots: Any) -> Decision:
        return asyncio.run(self.enclave.decide(Turn("c", "sms", State(slots), text=text)))

    def chooses(self, choice: str, **slots: Any) -> Decision:
        return asyncio.run(self.enclave.decide(Turn("c", "sms", State(slots), choice=choice)))


@pytest.fixture(scope="session")
def bot(model: Path) -> Bot:
    return Bot(Enclave(model, "actions"))


@dataclass
class Door:
    port: int
    process: subprocess.Popen[bytes]
    printed: Path

    def post(
        self, path: str, body: object, token: str | None = TOKEN
    ) -> tuple[int, dict[str, Any]]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"Authorization": f"Bearer {token}"} if token is not None else {}
        try:
            connection.request("POST", path, raw, headers)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read() or b"{}")
        finally:
            connection.close()

    def get(self, path: str) -> tuple[int, dict[str, Any]]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        finally:
            connection.close()


@pytest.fixture(scope="session")
def door(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    """A real server on loopback; everything that it prints is kept in a file."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    printed = tmp_path_factory.mktemp("door") / "printed.txt"
    environment = {**os.environ, "FARO_DOOR_TOKEN": TOKEN, "FARO_DOOR_PORT": str(port)}
    with printed.open("wb") as out:
        started = subprocess.Popen(
            [sys.executable, "-m", "bot.serve"], cwd=ROOT, env=environment, stdout=out, stderr=out
        )
    deadline = time.monotonic() + 60
    while "ready" not in printed.read_text("utf-8"):
        assert started.poll() is None, printed.read_text("utf-8")
        assert time.monotonic() < deadline, "not ready after a minute"
        time.sleep(0.1)
    yield Door(port, started, printed)
    started.terminate()
    started.wait(20)

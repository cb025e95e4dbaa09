"""The other side: stock Rasa Open Source with its REST channel and an action server over HTTP."""

from __future__ import annotations

import json
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from connection import Connection
from programs import Program, free_port, tell
from side import BUILT, ROOT, Side, Talk, Training
from stock_environment import PYTHON, prepare_environment
from stock_project import write_endpoints, write_project

_CHUNK = 10_000  # events a request (some 15 MB) when a conversation is lengthened
_ENVIRONMENT = {
    "RASA_TELEMETRY_ENABLED": "false",
    "SANIC_HOST": "127.0.0.1",  # the action server would listen on every address
    "PYTHONPATH": str(ROOT),  # where our actions are
    "PYTHONWARNINGS": "ignore",
    "PYTHONHASHSEED": "0",
}


class StockTalk(Talk):
    """One sender of the REST channel. What is kept stands in the tracker store in memory."""

    async def say(self, text: str) -> tuple[str, ...]:
        """Say something; return the ids of the messages answered. Raises RequestError."""
        body = {"sender": self._conversation, "message": text}
        answers = await self._connection.post("/webhooks/rest/webhook", body)
        return tuple(answer["custom"]["message"] for answer in answers if "custom" in answer)

    async def state_bytes(self) -> int:
        """Return the size of the conversation's events, in bytes."""
        return len(json.dumps(await self._events()).encode())

    async def lengthen(self, cycles: int, *, turns: int) -> None:
        """Append copies of the events of the last ``turns``."""
        events = await self._events()
        users = [number for number, event in enumerate(events) if event["event"] == "user"]
        copies = events[users[-turns] :] * cycles
        for start in range(0, len(copies), _CHUNK):
            path = f"/conversations/{self._conversation}/tracker/events?include_events=NONE"
            await self._connection.post(path, copies[start : start + _CHUNK])

    async def _events(self) -> list[dict[str, Any]]:
        path = f"/conversations/{self._conversation}/tracker?include_events=ALL"
        events: list[dict[str, Any]] = (await self._connection.get(path))["events"]
        return events


class Stock(Side):
    """Stock Rasa with one of the two bots: server and action server."""

    name = "stock"

    def __init__(self, size: str, *, epochs: int, retrain: bool) -> None:
        self._size = size
        self._epochs = epochs
        self._retrain = retrain
        self._folder = BUILT / "stock" / size
        self._port = 0
        self._programs: list[Program] = []

    def build(self) -> Training:
        """Write the project and train, unless a model of the very same project is there."""
        prepare_environment()
        made_of = write_project(self._folder, self._size, self._epochs)
        stamp = self._folder / "models" / "training.json"
        if not self._retrain and stamp.exists():
            told = json.loads(stamp.read_text("utf-8"))
            if told.pop("hash") == made_of:
                tell(f"stock, {self._size}: the model is there, trained in {told['seconds']:.0f} s")
                return Training(**told)
        training = self._train()
        stamp.write_text(json.dumps({"hash": made_of, **vars(training)}), "utf-8")
        return training

    def _train(self) -> Training:
        tell(f"stock, {self._size}: training, {self._epochs} epochs")
        options = ["--data", "data", "--fixed-model-name", "stock", "--force"]
        program = self._run(["-m", "rasa", "train", *options], self._folder / "train.log")
        seconds = program.wait(f"stock, {self._size}: training")
        when = datetime.now(UTC).isoformat(timespec="seconds")
        return Training(seconds, when, self._epochs)

    def start(self) -> None:
        """Start server and action server, both on free ports of 127.0.0.1."""
        self._port, actions = free_port(), free_port()
        write_endpoints(self._folder, actions)
        rasa = ["-m", "rasa", "run", "--interface", "127.0.0.1", "--port", str(self._port)]
        rasa += ["--enable-api", "--model", "models/stock.tar.gz"]  # the interface reads states
        server = ["-m", "rasa_sdk", "--actions", "actions", "--port", str(actions)]
        self._programs = [
            self._run(server, self._folder / "actions.log"),
            self._run(rasa, self._folder / "run.log"),
        ]

    def stop(self) -> None:
        """Stop both."""
        for program in self._programs:
            program.stop()

    def resident_bytes(self) -> int:
        """Return the resident memory of both. Raises ProgramError if one has ended."""
        for program in self._programs:
            program.check()
        return sum(program.resident_bytes() for program in self._programs)

    def connect(self, patience: float = 30.0) -> Connection:
        """Return a connection to Rasa's server."""
        return Connection(self._port, patience=patience)

    def talk(self, connection: Connection, conversation: str) -> Talk:
        """Return a new conversation."""
        return StockTalk(connection, conversation)

    def versions(self) -> dict[str, Any]:
        """Return the versions of stock Rasa and what it runs on."""
        script = (
            "import importlib.metadata as m, json, platform;"
            "print(json.dumps({'python': platform.python_version(),"
            "**{n: m.version(n) for n in ('rasa', 'rasa-sdk', 'tensorflow')}}))"
        )
        told = subprocess.run([PYTHON, "-c", script], capture_output=True, text=True, check=True)
        versions: dict[str, Any] = json.loads(told.stdout)
        return versions

    def _run(self, arguments: list[str], log: Path) -> Program:
        return Program([str(PYTHON), *arguments], folder=self._folder, added=_ENVIRONMENT, log=log)

"""Our side: a copy of the enclave's code and data, trained and served as ever."""

from __future__ import annotations

import json
import secrets
import shutil
import subprocess
from datetime import UTC, datetime
from typing import Any

from bots import domain, messages, rules, write
from connection import Connection
from programs import Program, free_port, tell
from side import BUILT, ROOT, Side, Talk, Training

from wire.strict import VERSION

_PYTHON = ROOT / "bot" / ".venv" / "bin" / "python"
_CODE = ("bot", "actions", "wire")
_ENVIRONMENT = {"PYTHONHASHSEED": "0"}


class OurTalk(Talk):
    """Hands the state along, as the gateway does."""

    def __init__(self, connection: Connection, conversation: str) -> None:
        super().__init__(connection, conversation)
        self._state: dict[str, Any] = {"version": VERSION, "slots": {}}

    async def say(self, text: str) -> tuple[str, ...]:
        """Say something; return the ids of the messages answered. Raises RequestError."""
        turn = {
            "version": VERSION,
            "conversation": self._conversation,
            "channel": "webchat",
            "state": self._state,
            "text": text,
        }
        decision = await self._connection.post("/turns", turn)
        self._state = decision["state"]
        return tuple(say["message"] for say in decision["says"])

    async def state_bytes(self) -> int:
        """Return the size of the state, in bytes."""
        return len(json.dumps(self._state, separators=(",", ":")).encode())

    async def lengthen(self, cycles: int, *, turns: int) -> None:
        """Do nothing: a conversation's length leaves no trace."""


class Ours(Side):
    """The enclave with one of the two bots."""

    name = "ours"

    def __init__(self, size: str) -> None:
        self._size = size
        self._folder = BUILT / "ours" / size
        self._token = secrets.token_urlsafe(24)
        self._port = 0
        self._program: Program | None = None

    def build(self) -> Training:
        """Copy code and data, cut to the size, and train from nothing."""
        tell(f"ours, {self._size}: copying and training")
        shutil.rmtree(self._folder, ignore_errors=True)
        for name in _CODE:
            ignored = shutil.ignore_patterns(".venv", "__pycache__")
            shutil.copytree(ROOT / name, self._folder / name, ignore=ignored)
        self._copy_data()
        command = [str(_PYTHON), "-m", "bot.train", "--force"]
        program = self._run(command, {}, "train")
        seconds = program.wait(f"ours, {self._size}: training")
        return Training(seconds, datetime.now(UTC).isoformat(timespec="seconds"))

    def start(self) -> None:
        """Start the enclave on a free port."""
        self._port = free_port()
        added = {"FARO_DOOR_TOKEN": self._token, "FARO_DOOR_PORT": str(self._port)}
        self._program = self._run([str(_PYTHON), "-m", "bot.serve"], added, "serve")

    def stop(self) -> None:
        """Stop the enclave."""
        if self._program is not None:
            self._program.stop()

    def resident_bytes(self) -> int:
        """Return the resident memory of the enclave. Raises ProgramError if it has ended."""
        assert self._program is not None  # noqa: S101  # started before it is weighed
        self._program.check()
        return self._program.resident_bytes()

    def connect(self, patience: float = 30.0) -> Connection:
        """Return a connection to the door, with its secret."""
        return Connection(self._port, token=self._token, patience=patience)

    def talk(self, connection: Connection, conversation: str) -> Talk:
        """Return a new conversation."""
        return OurTalk(connection, conversation)

    def versions(self) -> dict[str, Any]:
        """Return the Python of the enclave."""
        return {"python": _version_of_python()}

    def _copy_data(self) -> None:
        ignored = shutil.ignore_patterns("nlu", "rules")
        shutil.copytree(ROOT / "data", self._folder / "data", ignore=ignored)
        for name, data in messages(self._size):
            language, _, topic = name.partition("-")
            write(self._folder / "data" / "nlu" / language / topic, data)
        rule_file = self._folder / "data" / "rules" / "intents.yml"
        write(rule_file, {"version": "3.1", "rules": rules(self._size)})
        write(self._folder / "domain" / "domain.yml", domain(self._size))
        (self._folder / "var").mkdir()
        (self._folder / "var" / "places.sqlite").symlink_to(ROOT / "var" / "places.sqlite")

    def _run(self, command: list[str], added: dict[str, str], what: str) -> Program:
        log = self._folder / f"{what}.log"
        return Program(command, folder=self._folder, added={**_ENVIRONMENT, **added}, log=log)


def _version_of_python() -> str:
    told = subprocess.run([_PYTHON, "--version"], capture_output=True, text=True, check=True)
    return told.stdout.strip().removeprefix("Python ")

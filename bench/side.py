"""What the measurements need of a side: a process to start and conversations to hold with it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from connection import Connection

ROOT = Path(__file__).resolve().parents[1]
BUILT = ROOT / "var" / "bench"


@dataclass(frozen=True)
class Training:
    """How a model was made. ``seconds`` is from the start of the process to its end."""

    seconds: float
    when: str
    epochs: int | None = None


class Talk(ABC):
    """One conversation with one side."""

    def __init__(self, connection: Connection, conversation: str) -> None:
        self._connection = connection
        self._conversation = conversation

    @abstractmethod
    async def say(self, text: str) -> tuple[str, ...]:
        """Say something; return the ids of the messages answered. Raises RequestError."""

    @abstractmethod
    async def state_bytes(self) -> int:
        """Return the size of what must be kept until the next turn, as JSON, in bytes."""

    @abstractmethod
    async def lengthen(self, cycles: int, *, turns: int) -> None:
        """Lengthen the conversation as if its last ``turns`` had come ``cycles`` times more."""


class Side(ABC):
    """One bot, on one side of the comparison."""

    name: str

    @abstractmethod
    def build(self) -> Training:
        """Make whatever it needs to run. Long work tells how it goes."""

    @abstractmethod
    def start(self) -> None:
        """Start its processes; they are not ready yet."""

    @abstractmethod
    def stop(self) -> None:
        """Stop its processes."""

    @abstractmethod
    def resident_bytes(self) -> int:
        """Return the resident memory of its processes and their children."""

    @abstractmethod
    def connect(self, patience: float = 30.0) -> Connection:
        """Return a connection, not open yet."""

    @abstractmethod
    def talk(self, connection: Connection, conversation: str) -> Talk:
        """Return a new conversation over ``connection``."""

    def versions(self) -> dict[str, Any]:
        """Return the versions that matter."""
        return {}

"""``faro parse``: what is understood of many messages."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from faro.door import MOST_MESSAGES, DoorClient, DoorError
from faro.interrupts import run
from faro.lines import Line, read_lines
from faro.output import write_record
from faro.progress import tell
from faro.running import running_enclave

_BATCH = 100  # messages a request: one is answered while the next is read
_MOST_CHARACTERS = 500_000  # a request
_FIELDS = (
    "language",
    "intent",
    "confidence",
    "alternatives",
    "risk",
    "urgency",
    "entities",
)


@dataclass(frozen=True)
class _Message:
    line: int
    id: str | int
    text: str = field(repr=False)


def command() -> None:
    """Parse messages from standard input, one {"id", "text"} a line, in order.

    Each answer: {"id", "language", "intent", "confidence", "alternatives", "risk", "urgency",
    "entities"}. A line that is wrong is told on standard error with its number; the others are
    answered, and the exit code is 1.
    """
    run(_parse())


async def _parse() -> int:
    async with running_enclave() as door:
        client = DoorClient(door)
        began = time.monotonic()
        answered = wrong = 0
        try:
            async for batch, bad in _batches():
                answered_now = await _answer(client, batch)
                answered += answered_now
                wrong += bad + len(batch) - answered_now
        finally:
            await client.aclose()
    seconds = max(time.monotonic() - began, 0.001)
    tell(f"{answered} messages in {seconds:.1f} s ({answered / seconds:.0f} a second)")
    return 1 if wrong else 0


async def _batches() -> AsyncIterator[tuple[list[_Message], int]]:
    """Yield messages as they come, at most a request at a time, and the number of bad lines."""
    async for lines in read_lines():
        batch: list[_Message] = []
        bad = characters = 0
        for line in lines:
            if line.is_blank:
                continue
            message = _read(line)
            if message is None:
                bad += 1
                continue
            batch.append(message)
            characters += len(message.text)
            if len(batch) >= min(_BATCH, MOST_MESSAGES) or characters > _MOST_CHARACTERS:
                yield batch, bad
                batch, bad, characters = [], 0, 0
        yield batch, bad


async def _answer(client: DoorClient, batch: list[_Message]) -> int:
    """Write the answers to a batch in order; return how many there were.

    Where the door refuses a batch it is halved, so that one message spoils no other.
    """
    if not batch:
        return 0
    try:
        results = await client.parse([message.text for message in batch])
    except DoorError as error:
        if len(batch) == 1:
            tell(f"line {batch[0].line}: {error}")
            return 0
        middle = len(batch) // 2
        return await _answer(client, batch[:middle]) + await _answer(client, batch[middle:])
    for message, result in zip(batch, results, strict=True):
        write_record({"id": message.id, **{name: result.get(name) for name in _FIELDS}})
    return len(batch)


def _read(line: Line) -> _Message | None:
    """Return the message on a line, or None once it was told what is wrong with it."""
    try:
        fields = json.loads(line.raw)
        return _Message(line.number, _id(fields["id"]), _text(fields["text"]))
    except KeyError as error:
        tell(f"line {line.number}: {error.args[0]} is missing")
    except _FieldError as error:
        tell(f"line {line.number}: {error}")
    except (ValueError, RecursionError):
        tell(f"line {line.number}: not JSON")
    except TypeError:
        tell(f"line {line.number}: not an object")
    return None


class _FieldError(Exception):
    """A field that is not what it should be. Never holds what stands in it."""


def _id(value: object) -> str | int:
    if not isinstance(value, (str, int)) or isinstance(value, bool):
        raise _FieldError("id is neither a string nor a number")
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise _FieldError("text is not a string")
    return value

"""``faro ask``: one turn, its replies as JSON lines."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from typing import Annotated

import typer

from delivery.capabilities import DEFAULT_CHANNEL
from faro.commands.options import Channel, Language
from faro.errors import FaroError
from faro.interrupts import run
from faro.lines import read_lines
from faro.output import write_record
from faro.problems import told
from faro.progress import tell
from faro.talking import open_conversations
from faro.turns import Conversations, Message, Said
from wire.strict import JsonValue


def command(
    text: Annotated[
        str | None,
        typer.Argument(help="What a person says. Without it: one a line of standard input."),
    ] = None,
    *,
    channel: Channel = DEFAULT_CHANNEL,
    language: Language = None,
    country: Annotated[
        str | None, typer.Option(help="Where the person is, two letters such as SV.")
    ] = None,
) -> None:
    """Ask one question and print what the person would read.

    One JSON object a message: {"say", "text", "choices": [{"id", "label"}]}, with "segments"
    on SMS. Each line of standard input is a conversation of its own.
    """
    slots: dict[str, JsonValue] = {"country": _country(country)} if country else {}
    run(_ask(text, channel, language, slots))


async def _ask(
    text: str | None, channel: str, language: str | None, slots: dict[str, JsonValue]
) -> int:
    failed = 0
    async with open_conversations(slots) as conversations:
        async for number, question in _questions(text):
            said = Said(str(number), channel, text=question, language=language)
            try:
                await _answer(conversations, said)
            except BrokenPipeError:
                raise
            except Exception as error:  # noqa: BLE001 -- the other lines are still answered
                where = f"line {number}: " if text is None else ""
                tell(f"faro: {where}{told(error)}")
                failed += 1
            conversations.forget(said.conversation)
    return 1 if failed else 0


async def _answer(conversations: Conversations, said: Said) -> None:
    answer = await conversations.answer(said)
    for message in answer.messages:
        write_record(_record(message))


async def _questions(text: str | None) -> AsyncIterator[tuple[int, str]]:
    if text is not None:
        yield 1, text
        return
    async for lines in read_lines():
        for line in lines:
            if not line.is_blank:
                yield line.number, line.raw.decode("utf-8", errors="replace")


def _record(message: Message) -> dict[str, object]:
    record: dict[str, object] = {
        "say": message.say,
        "text": message.text,
        "choices": [{"id": choice.id, "label": choice.label} for choice in message.choices],
    }
    if message.segments is not None:
        record["segments"] = message.segments
    return record


def _country(written: str) -> str:
    if not re.fullmatch(r"[A-Za-z]{2}", written):
        raise FaroError("--country takes two letters such as SV", "See faro ask --help")
    return written.upper()

"""``faro converse``: many conversations at once, a turn a line, an answer a line, in order."""

from __future__ import annotations

import json
from typing import Any

from delivery.capabilities import CAPABILITIES, DEFAULT_CHANNEL
from faro.commands.options import is_language_tag
from faro.interrupts import run
from faro.lines import Line, read_lines
from faro.output import write_record
from faro.problems import told
from faro.talking import open_conversations
from faro.turns import Answer, ChoiceError, Conversations, Said


class LineError(ValueError):
    """A line that is no turn. Never holds what stands on it."""


def command() -> None:
    """Hold conversations read from standard input, one turn a line, answered in order.

    Each line: {"conversation", "channel", "text" or "choice", "language"?}; a choice by its id
    or its number. Each answer: {"conversation", "language", "intent", "risk", "urgency",
    "says", "texts", "choices"}. A line that is wrong gives {"line", "error"}; the rest goes on,
    and the exit code is 1.
    """
    run(_converse())


async def _converse() -> int:
    wrong = 0
    async with open_conversations() as conversations:
        async for lines in read_lines():
            for line in lines:
                if not line.is_blank:
                    record = await _answered(conversations, line)
                    write_record(record)
                    wrong += "error" in record
    return 1 if wrong else 0


async def _answered(conversations: Conversations, line: Line) -> dict[str, object]:
    named: dict[str, object] = {}
    try:
        turn = read_turn(line.raw)
        named = {"conversation": turn.conversation}
        return _record(turn, await conversations.answer(turn))
    except (LineError, ChoiceError) as error:
        problem = str(error)
    except Exception as error:  # noqa: BLE001 -- the other lines are still answered
        problem = told(error)
    return {**named, "line": line.number, "error": problem}


def read_turn(raw: bytes) -> Said:
    """Return the turn on a line. Raises LineError."""
    try:
        fields = json.loads(raw)
    except (ValueError, RecursionError):
        raise LineError("not JSON") from None
    if not isinstance(fields, dict):
        raise LineError("not an object")
    conversation = _string(fields, "conversation")
    if not conversation:
        raise LineError("conversation is missing")
    channel = _string(fields, "channel") or DEFAULT_CHANNEL
    if channel not in CAPABILITIES:
        raise LineError(f"channel is none of {', '.join(CAPABILITIES)}")
    text, choice = _string(fields, "text"), _choice(fields)
    if (text is None) == (choice is None):
        raise LineError("needs either text or choice")
    language = _string(fields, "language")
    if language is not None and not is_language_tag(language):
        raise LineError("language is not a tag such as es")
    return Said(conversation, channel, text=text, choice=choice, language=language)


def _string(fields: dict[str, Any], name: str) -> str | None:
    value = fields.get(name)
    if value is None or isinstance(value, str):
        return value
    raise LineError(f"{name} is not a string")


def _choice(fields: dict[str, Any]) -> str | None:
    value = fields.get("choice")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _string(fields, "choice")


def _record(turn: Said, answer: Answer) -> dict[str, object]:
    decision = answer.decision
    return {
        "conversation": turn.conversation,
        "language": answer.reply.language,
        "intent": decision.intent,
        "risk": decision.risk,
        "urgency": decision.urgency,
        "says": [say.message for say in decision.says],
        "texts": [message.text for message in answer.messages],
        "choices": [{"id": choice.id, "label": choice.label} for choice in answer.reply.choices],
    }

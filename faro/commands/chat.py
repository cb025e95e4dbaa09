"""``faro chat``: a conversation in the terminal. Nothing of it leaves this machine."""

from __future__ import annotations

import sys

from delivery.capabilities import DEFAULT_CHANNEL
from faro.commands.options import Channel, Language
from faro.interrupts import run
from faro.lines import read_lines
from faro.problems import told
from faro.progress import tell
from faro.talking import open_conversations
from faro.turns import Answer, Conversations, Said

_QUIT = frozenset({"/quit", "/exit", "/q"})
_PROMPT = "> "
_ONE = "chat"  # name of the only conversation


def command(*, channel: Channel = DEFAULT_CHANNEL, language: Language = None) -> None:
    """Talk to Faro here. A number takes the choice with that number; /quit or Ctrl-D ends."""
    run(_chat(channel, language))


async def _chat(channel: str, language: str | None) -> int:
    async with open_conversations() as conversations:
        tell("Write what a person would write. A number takes a choice; /quit ends.")
        _prompt()
        async for lines in read_lines():
            for line in lines:
                text = line.raw.decode("utf-8", errors="replace").strip()
                if text.casefold() in _QUIT:
                    return 0
                if text:
                    await _turn(conversations, Said(_ONE, channel, text=text, language=language))
                _prompt()
    print()
    return 0


async def _turn(conversations: Conversations, said: Said) -> None:
    try:
        _show(await conversations.answer(said))
    except Exception as error:  # noqa: BLE001 -- the conversation can still go on
        tell(f"faro: {told(error)}")


def _show(answer: Answer) -> None:
    for text in answer.reply.texts:
        print(f"\n{text}")
    for number, choice in enumerate(answer.reply.choices, 1):
        print(f"  {number}. {choice.label}")
    print()


def _prompt() -> None:
    if sys.stdin.isatty():
        print(_PROMPT, end="", flush=True)

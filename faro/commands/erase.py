"""``faro erase``: forgets a person who asks an operator for it."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping
from getpass import getpass
from typing import Annotated

import typer
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from channels.settings import read_pseudonym_key
from channels.telegram.adapter import Telegram
from delivery.conversation_keys import ConversationKeys
from delivery.copies import ProviderCopies
from delivery.database import open_engine
from delivery.erasing import Erasing
from delivery.forgetting import erase
from delivery.pseudonym import Pseudonyms
from delivery.queue import Queue
from delivery.seal import new_key, read_key_ring
from delivery.tables import provider_copy
from delivery.timing import Timing
from faro.errors import FaroError
from faro.interrupts import run
from faro.keys import keys_in
from faro.progress import tell
from faro.root import VAR
from faro.running import running_conversations

NOTHING_KNOWN = 3  # exit code
_NUMBER = re.compile(r"\+[1-9]\d{5,14}")
_PREFIXES: Mapping[str, str] = {"whatsapp": "whatsapp:"}
_SHAPES = {
    "sms": (_NUMBER, "a number with its country, like +50370000000"),
    "whatsapp": (_NUMBER, "a number with its country, like +50370000000"),
    "telegram": (re.compile(r"[1-9]\d{0,18}"), "the number of a chat"),
}


def command(
    *,
    channel: Annotated[str, typer.Option(help=f"One of {', '.join(_SHAPES)}.")],
) -> None:
    """Delete everything about a person: what they said, what is known, their key, their jobs.

    The address is asked for, and not shown; or it is the first line of standard input. It is no
    argument, since the shell keeps those:

        faro erase --channel sms < file-with-the-number

    What was said is unreadable at once. It may take up to a minute until all is gone, while a
    provider is asked to delete its copies; those that Twilio still holds then are asked for
    again by `faro up` until they are gone. Nothing is said to the person. A wish to get no
    messages is kept, as a keyed hash. Prints numbers only. A page has no address that anybody
    knows: its button to leave erases it.

    Leaves with 0 when the person is forgotten, with 3 when nothing is known under that address
    (look at the channel and the number again), with 1 when something is in the way.
    """
    if channel not in _SHAPES:
        raise FaroError("That is no channel with addresses", f"Use one of {', '.join(_SHAPES)}")
    run(_erase(channel, _address(channel)))


async def _erase(channel: str, address: str) -> int:
    secrets = {**os.environ, **keys_in(VAR / "secrets", os.environ)}
    pseudonyms = Pseudonyms(read_pseudonym_key(secrets))
    async with running_conversations() as (url, keys_url):
        engine, keys_engine = open_engine(url), open_engine(keys_url)
        try:
            tell("Erasing; this may take a minute ...")
            erasing = _erasing(engine, keys_engine, Queue(url), pseudonyms)
            found = await erase(engine, erasing, pseudonyms, channel, address)
            held = await _still_held(engine)
        finally:
            await engine.dispose()
            await keys_engine.dispose()
    print(f"conversations erased: {int(found)}")
    print(f"copies that a provider still holds, of anybody: {held}")
    return 0 if found else NOTHING_KNOWN


def _erasing(
    engine: AsyncEngine, keys_engine: AsyncEngine, queue: Queue, pseudonyms: Pseudonyms
) -> Erasing:
    # Nothing is sealed or opened here, and no provider is called: any ring will do.
    ring, timing = read_key_ring(new_key("unused")), Timing()
    copies = ProviderCopies(engine, ring, pseudonyms, {}, timing)
    keys = ConversationKeys(keys_engine, ring)
    kinds = {Telegram.name: Telegram.copies}
    return Erasing(engine, keys, queue, copies, kinds=lambda: kinds, timing=timing)


async def _still_held(engine: AsyncEngine) -> int:
    query = select(func.count()).where(provider_copy.c.due_at.is_not(None))
    async with engine.connect() as connection:
        return int((await connection.execute(query)).scalar_one())


def _address(channel: str) -> str:
    """Return the address as the channel writes it. Raises FaroError: it is none."""
    at_terminal = sys.stdin.isatty()
    written = getpass("Address (it is not shown): ") if at_terminal else sys.stdin.readline()
    shape, what = _SHAPES[channel]
    address = re.sub(r"[\s().-]", "", written) if shape is _NUMBER else written.strip()
    prefix = _PREFIXES.get(channel, "")
    address = address.removeprefix(prefix)
    if not shape.fullmatch(address):
        raise FaroError(f"That is no address of {channel}", f"Give {what}")
    return prefix + address

"""Fetches updates where no webhook can reach us: a laptop.

An update is stored before the next fetch confirms it, so a kill in between loses nothing:
Telegram gives it out again, and the inbox knows it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import anyio
import structlog
from telegram import Update
from telegram.error import TelegramError

from channels.telegram.adapter import Telegram
from delivery.envelope import Inbound

_WAIT = 25  # seconds that Telegram holds a fetch open
_PAUSE = 3.0  # seconds after a failure

log = structlog.get_logger()


async def poll(telegram: Telegram, accept: Callable[[Inbound], Awaitable[None]]) -> None:
    """Fetch and accept updates until cancelled."""
    offset: int | None = None
    while True:
        try:
            updates = await telegram.bot.get_updates(
                offset=offset, timeout=_WAIT, allowed_updates=["message", "callback_query"]
            )
            for update in updates:
                for inbound in _read(telegram, update):
                    await accept(inbound)
                offset = update.update_id + 1
        except TelegramError as error:
            log.warning("polling failed", channel="telegram", error=type(error).__name__)
            await anyio.sleep(_PAUSE)
        except Exception as error:  # noqa: BLE001 -- not stored, so not confirmed: fetched again
            log.warning("not accepted", channel="telegram", error=type(error).__name__)
            await anyio.sleep(_PAUSE)


def _read(telegram: Telegram, update: Update) -> list[Inbound]:
    """Return the messages of an update; none of one that cannot be read.

    It would come again for ever, and everything behind it would wait.
    """
    try:
        return list(telegram.read(update))
    except Exception as error:  # noqa: BLE001 -- whatever is wrong with it, the next one may be a call for help
        log.warning("not readable", channel="telegram", error=type(error).__name__)
        return []

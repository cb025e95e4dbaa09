"""Telegram: updates by webhook or polling, replies through the Bot API.

Only ``Bot`` and the types of python-telegram-bot are used: its own loops acknowledge an
update before it is stored anywhere.

Source: https://core.telegram.org/bots/api (setWebhook, Update, sendMessage, errors)
"""

from __future__ import annotations

import asyncio
import hmac
import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from itertools import batched
from typing import Any

import structlog
from telegram import (
    Bot,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    MessageEntity,
    Update,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.request import HTTPXRequest

from channels.adapter import Arrival, Status
from channels.errors import ForgedRequestError, MalformedRequestError
from channels.recordings import Recordings
from channels.settings import Settings, TelegramSettings
from channels.transport import outcome_of
from delivery.channel import Copies, Pace, Sending
from delivery.envelope import Inbound, Outgoing, clean_tag, clean_text
from delivery.errors import Outcome, SendError
from delivery.fitting import Capabilities
from delivery.timing import Timing
from directory.engine import async_engine

SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105 -- the name of a header
_LONG_POLL = 40.0  # seconds; Telegram holds a fetch open for most of it
_MOST_DELETED = 100  # messages in one call
_DELETIONS = 8  # calls at the same time
_OPENING = "/start"  # what the app sends when a person opens the bot
# Nothing else of an update is looked at, so that new kinds of content break nothing.
_MESSAGE = ("message_id", "chat", "from", "text", "caption")
_BUTTON = ("id", "from", "chat_instance", "data")
_SOMEBODY = ("id", "type", "is_bot", "first_name", "language_code")

log = structlog.get_logger()


class Telegram:
    """One bot."""

    name = "telegram"
    worded_as = "telegram"
    capabilities = Capabilities(characters=4096, buttons=24)
    waits_for_reader = False
    looks_up = False  # the Bot API cannot be asked what it sent
    copies = Copies(at_once=False, hours=48)  # they are the person's own view of the chat
    accepted = ("", "text/plain")

    def __init__(self, settings: TelegramSettings, recordings: Recordings | None = None) -> None:
        self._secret = settings.secret
        self._recordings = recordings or Recordings()
        self._requests = _request(Timing.send), _request(_LONG_POLL)
        self.bot = Bot(
            settings.token,
            base_url=f"{settings.api_url}/bot",
            request=self._requests[0],
            get_updates_request=self._requests[1],
        )
        self.polls = settings.secret is None
        # About one message a second to a person, and thirty in all.
        self.pace = Pace(per_address=1.0, overall=1 / 30)

    def verify(self, arrival: Arrival) -> None:
        """Let a request with our secret pass; without a secret set, none passes."""
        given = arrival.headers.get(SECRET_HEADER, "").encode("utf-8", "surrogateescape")
        if self._secret is None or not hmac.compare_digest(given, self._secret.encode()):
            raise ForgedRequestError(self.name)

    def parse(self, arrival: Arrival) -> list[Inbound]:
        """Return the message or the pressed button in an update; none for other kinds."""
        try:
            data = json.loads(arrival.body)
        except (ValueError, RecursionError):
            raise MalformedRequestError("telegram: not JSON") from None
        if not isinstance(data, dict) or not isinstance(data.get("update_id"), int):
            raise MalformedRequestError("telegram: no update_id")
        try:
            update = Update.de_json(_what_we_read(data), None)
        except (TypeError, ValueError, KeyError, AttributeError, OverflowError, OSError) as error:
            # Not refused: Telegram would send it again for a day and hold back the next ones.
            log.warning("not read", channel=self.name, error=type(error).__name__)
            return []
        return self.read(update)

    def read(self, update: Update) -> list[Inbound]:
        """Return what an update says, if it says something to us in private."""
        provider_id = str(update.update_id)
        if update.callback_query is not None:
            return self._button(provider_id, update.callback_query)
        if update.message is not None:
            return self._message(provider_id, update.message)
        return []

    def read_status(self, arrival: Arrival) -> Status | None:
        """Return None: Telegram reports nothing."""
        return None

    async def aclose(self) -> None:
        """Close the connections to Telegram, and that to recordings."""
        await self._recordings.aclose()
        for request in self._requests:
            await request.shutdown()

    async def acknowledge(self, inbound: Inbound) -> None:
        """Stop the clock on a pressed button."""
        if inbound.receipt is not None:
            with suppress(TelegramError):
                await self.bot.answer_callback_query(inbound.receipt)

    async def send(self, address: str, message: Outgoing, sending: Sending) -> str:
        """Send and return Telegram's message id. Raises SendError."""
        rows = [[InlineKeyboardButton(b.label, callback_data=b.token)] for b in message.buttons]
        try:
            if message.recording is not None:
                voice = await self._recordings.read(message.recording)
                sent = await self.bot.send_voice(
                    int(address),
                    voice,
                    caption=message.text,
                    caption_entities=_hidden(message),
                    disable_notification=message.discreet,
                )
            else:
                sent = await self.bot.send_message(
                    chat_id=int(address),
                    text=message.text,
                    entities=_hidden(message),
                    disable_notification=message.discreet,
                    reply_markup=InlineKeyboardMarkup(rows) if rows else None,
                    disable_web_page_preview=True,  # a preview shows on a locked screen
                )
        except OSError:  # the recording is gone; what it says stands in the text
            raise SendError(Outcome.REJECTED, code="recording") from None
        except TelegramError as error:
            raise _send_error(error) from None
        return f"{address}:{sent.message_id}"

    async def find(self, address: str, message: Outgoing, sending: Sending) -> str | None:
        """Return None: Telegram cannot be asked."""
        return None

    async def forget_copies(self, copies: Sequence[str]) -> Collection[str]:
        """Delete messages of both sides in the person's chat; return those that are done.

        What Telegram refuses (older than 48 hours, or gone) it will refuse again.
        """
        chats: defaultdict[str, list[str]] = defaultdict(list)
        for copy in copies:
            chats[copy.partition(":")[0]].append(copy)
        at_once = asyncio.Semaphore(_DELETIONS)

        async def deleted(chat: str, some: Sequence[str]) -> Sequence[str]:
            async with at_once:
                return some if await self._deleted(chat, some) else ()

        calls = (
            deleted(chat, some)
            for chat, theirs in chats.items()
            for some in batched(theirs, _MOST_DELETED, strict=False)
        )
        return [copy for gone in await asyncio.gather(*calls) for copy in gone]

    async def _deleted(self, chat: str, copies: Sequence[str]) -> bool:
        try:
            await self.bot.delete_messages(
                int(chat), [int(copy.partition(":")[2]) for copy in copies]
            )
        except BadRequest:
            return True
        except TelegramError as error:
            log.warning("copies stay for now", channel=self.name, error=type(error).__name__)
            return False
        return True

    def _message(self, provider_id: str, message: Message) -> list[Inbound]:
        person = message.from_user
        if message.chat.type != "private" or person is None or person.is_bot:
            return []
        opened = message.text is not None and message.text.split("@")[0].split(" ")[0] == _OPENING
        return [
            Inbound(
                self.name,
                provider_id,
                address=str(message.chat.id),
                text=None if opened else clean_text(message.text or message.caption or ""),
                opened=opened,
                language=clean_tag(person.language_code),
                copy=f"{message.chat.id}:{message.message_id}",
            )
        ]

    def _button(self, provider_id: str, query: CallbackQuery) -> list[Inbound]:
        if query.message is None or query.message.chat.type != "private" or not query.data:
            return []
        return [
            Inbound(
                self.name,
                provider_id,
                address=str(query.message.chat.id),
                choice=query.data,
                language=clean_tag(query.from_user.language_code),
                receipt=query.id,
            )
        ]


def _hidden(message: Outgoing) -> list[MessageEntity] | None:
    """Return what hides a whole text until it is touched, in a notification too; else None."""
    if not message.discreet:
        return None
    length = len(message.text.encode("utf-16-le")) // 2  # Telegram counts in UTF-16
    return [MessageEntity(MessageEntity.SPOILER, 0, length)]


def build_telegram(settings: Settings) -> Telegram | None:
    """Return the bot of the settings, or None."""
    if settings.telegram is None:
        return None
    return Telegram(settings.telegram, Recordings(async_engine(settings.database_url)))


def _what_we_read(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return an update with the parts that mean something to us. Raises what a wrong one causes."""
    kept: dict[str, Any] = {"update_id": data["update_id"]}
    if message := data.get("message"):
        kept["message"] = _message(message)
    if query := data.get("callback_query"):
        kept["callback_query"] = _part(query, _BUTTON)
        if message := query.get("message"):
            kept["callback_query"]["message"] = _message(message)
    return kept


def _message(message: Mapping[str, Any]) -> dict[str, Any]:
    return {"date": 0, **_part(message, _MESSAGE)}


def _part(whole: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    part = {name: whole[name] for name in names if name in whole}
    for name in ("text", "caption", "data"):
        if not isinstance(part.get(name, ""), str):
            raise TypeError(name)
    for name in ("chat", "from"):
        if name in part:
            part[name] = {key: part[name][key] for key in _SOMEBODY if key in part[name]}
    return part


def _request(timeout: float) -> HTTPXRequest:
    return HTTPXRequest(
        connection_pool_size=32,
        connect_timeout=3.0,
        pool_timeout=3.0,
        write_timeout=timeout,
        read_timeout=timeout,
    )


def _send_error(error: TelegramError) -> SendError:  # noqa: PLR0911 -- one line an error
    if isinstance(error, RetryAfter):
        wait = error.retry_after
        seconds = wait if isinstance(wait, int) else wait.total_seconds()
        return SendError(Outcome.TRY_LATER, code="429", retry_in=float(seconds))
    if isinstance(error, Forbidden):
        return SendError(Outcome.STOPPED, code="403")
    if isinstance(error, InvalidToken):
        return SendError(Outcome.OUR_FAULT, code="401")
    if isinstance(error, (BadRequest, ChatMigrated)):
        return SendError(Outcome.REJECTED, code="400")
    if isinstance(error, TimedOut):
        return SendError(outcome_of(error.__cause__), code="timeout")
    if isinstance(error, NetworkError) and error.__cause__ is not None:
        return SendError(outcome_of(error.__cause__), code="network")
    return SendError(Outcome.TRY_LATER, code="5xx")

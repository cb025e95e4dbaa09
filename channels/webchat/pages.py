"""The pages of the web chat: static files, a stream of replies, and a form without scripts."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Collection, Mapping
from html import escape
from http import HTTPStatus
from pathlib import Path

import structlog
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    JSONResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import BaseRoute, Route

from channels.arriving import read_arrival
from channels.errors import ForgedRequestError, MalformedRequestError
from channels.recordings import address
from channels.webchat.adapter import CONVERSATION, WebChat
from channels.webchat.plain import plain_page
from delivery.envelope import Inbound
from delivery.gateway import Gateway
from delivery.reading import Unread
from delivery.segments import count_segments

log = structlog.get_logger()

STATIC = Path(__file__).with_name("static")
STILL_HERE = 15.0  # seconds between two signs of life on a silent stream
MOST_SEEN = 200  # replies confirmed at once
FORM_WAIT = 12.0  # seconds a page without scripts waits; the numbers come before
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "media-src 'self'; connect-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
_TOO_BIG = 2**63  # for a number of the database
_KINDS = {".js": "text/javascript", ".css": "text/css", ".json": "application/json"}


class Pages:
    """What browsers ask for."""

    def __init__(self, gateway: Gateway, chats: Mapping[str, WebChat], *, exit_url: str) -> None:
        self._gateway = gateway
        self._chats = chats
        self._exit_url = exit_url
        page = (STATIC / "chat.html").read_text(encoding="utf-8")
        self._pages = {
            name: page.replace("{channel}", name).replace("{exit}", escape(exit_url, quote=True))
            for name in chats
        }

    def routes(self) -> list[BaseRoute]:
        """Return the routes of the pages."""
        return [
            Route("/", self._chat, methods=["GET"]),
            Route("/try", self._phone, methods=["GET"]),
            Route("/plain", self._plain, methods=["GET", "POST"]),
            Route("/webchat/static/{file}", self._static, methods=["GET"]),
            Route("/webchat/{channel}/stream", self._stream, methods=["POST"]),
            Route("/webchat/{channel}/replies", self._replies, methods=["POST"]),
            Route("/webchat/{channel}/seen", self._seen, methods=["POST"]),
        ]

    async def _chat(self, request: Request) -> Response:
        return HTMLResponse(self._pages["webchat"], headers=HEADERS)

    async def _phone(self, request: Request) -> Response:
        return HTMLResponse(self._pages["try"], headers=HEADERS)

    async def _static(self, request: Request) -> Response:
        file = STATIC / Path(request.path_params["file"]).name
        kind = _KINDS.get(file.suffix)
        if kind is None or not file.is_file():
            return Response(status_code=404)
        return FileResponse(file, media_type=kind, headers={**HEADERS, "Cache-Control": "no-cache"})

    async def _stream(self, request: Request) -> Response:
        """Send replies as they come, in the format of server-sent events.

        By POST: an address that names the conversation would stand in the logs of proxies.
        """
        name, _ = await self._asked(request)
        headers = {**HEADERS, "X-Accel-Buffering": "no"}
        return StreamingResponse(
            self._events(name), media_type="text/event-stream", headers=headers
        )

    async def _replies(self, request: Request) -> Response:
        """Return what is unread, or wait for it: for browsers that cannot read a stream."""
        name, _ = await self._asked(request)
        unread = await self._next(name, STILL_HERE)
        return JSONResponse({"replies": [_as_json(reply) for reply in unread]}, headers=HEADERS)

    async def _events(self, name: str) -> AsyncIterator[str]:
        shown: set[int] = set()
        yield ": here\n\n"
        async with self._gateway.reading.signal(name) as new:
            while True:
                new.clear()
                for unread in await self._gateway.reading.unread(name):
                    if unread.id not in shown:
                        shown.add(unread.id)
                        yield f"event: reply\ndata: {json.dumps(_as_json(unread))}\n\n"
                try:
                    await asyncio.wait_for(new.wait(), STILL_HERE)
                except TimeoutError:
                    yield ": still here\n\n"

    async def _seen(self, request: Request) -> Response:
        name, data = await self._asked(request)
        given = data.get("replies")
        if not isinstance(given, list):
            raise MalformedRequestError("seen: not a list of replies")
        ids = [reply for reply in given[:MOST_SEEN] if type(reply) is int and 0 < reply < _TOO_BIG]
        await self._gateway.reading.saw(name, ids)
        return JSONResponse({}, headers=HEADERS)

    async def _asked(self, request: Request) -> tuple[str, dict[str, object]]:
        """Return the conversation that a page of ours asks for, and all that it says."""
        channel = request.path_params["channel"]
        arrival = await read_arrival(request)
        chat = self._chats.get(channel)
        if chat is None:
            raise MalformedRequestError("webchat: no such channel")
        chat.verify(arrival)
        data = chat.fields(arrival)
        return self._conversation(channel, str(data.get("conversation"))), data

    async def _plain(self, request: Request) -> Response:
        """Answer a form in one page: for browsers without scripts."""
        languages = request.headers.get("accept-language", "")
        if request.method == "GET":
            return HTMLResponse(plain_page(None, [], languages, self._exit_url), headers=HEADERS)
        if request.headers.get("sec-fetch-site") == "cross-site":
            raise ForgedRequestError("webchat")
        try:
            form: dict[str, object] = dict((await read_arrival(request)).form())
        except ValueError:
            raise MalformedRequestError("plain: too many fields") from None
        chat = self._chats["webchat"]
        first = languages.partition(",")[0].partition(";")[0].strip()
        inbound = chat.read({**form, "language": first})
        replies, status = await self._answered(request, chat, inbound)
        page = plain_page(
            inbound.address, replies, languages, self._exit_url, unsent=_unsent(status, inbound)
        )
        return HTMLResponse(page, status, headers=HEADERS)

    async def _answered(
        self, request: Request, chat: WebChat, inbound: Inbound
    ) -> tuple[list[Unread], int]:
        try:
            await request.app.state.accept(chat, inbound)
            return await self._answer(self._conversation(chat.name, inbound.address)), HTTPStatus.OK
        except SQLAlchemyError as error:
            log.warning("not stored", channel=chat.name, error=type(error).__name__)
            return [], HTTPStatus.SERVICE_UNAVAILABLE

    async def _answer(self, name: str) -> list[Unread]:
        reading = self._gateway.reading
        if not await self._next(name, FORM_WAIT):
            return []
        await asyncio.sleep(0.2)  # the other parts of the same reply
        replies = await reading.unread(name)
        await reading.saw(name, _ids(replies))
        return replies

    async def _next(self, name: str, seconds: float) -> list[Unread]:
        """Return what is unread as soon as there is something, nothing after ``seconds``."""
        reading = self._gateway.reading
        async with reading.signal(name) as new:
            try:
                async with asyncio.timeout(seconds):
                    while not (replies := await reading.unread(name)):
                        new.clear()
                        await new.wait()
            except TimeoutError:
                return []
        return replies

    def _conversation(self, channel: str, address: str) -> str:
        if channel not in self._chats or not CONVERSATION.fullmatch(address):
            raise MalformedRequestError("webchat: no conversation")
        return self._gateway.pseudonyms.conversation(channel, address)


def _unsent(status: int, inbound: Inbound) -> str | None:
    return None if status == HTTPStatus.OK else inbound.text or ""


def _ids(replies: Collection[Unread]) -> list[int]:
    return [reply.id for reply in replies]


def _as_json(unread: Unread) -> dict[str, object]:
    message = unread.message
    return {
        "id": unread.id,
        "text": message.text,
        "language": message.language,
        "choices": [{"token": b.token, "label": b.label} for b in message.buttons],
        "segments": count_segments(message.text),
        "recording": address(message.recording) if message.recording else None,
    }

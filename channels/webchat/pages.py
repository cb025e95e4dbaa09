"""The pages of the web chat: static files, a stream of replies, and a form without scripts."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Collection, Mapping
from html import escape
from pathlib import Path

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
from channels.webchat.adapter import CONVERSATION, WebChat
from channels.webchat.plain import plain_page
from delivery.gateway import Gateway
from delivery.reading import Unread
from delivery.segments import count_segments

STATIC = Path(__file__).with_name("static")
STILL_HERE = 15.0  # seconds between two signs of life on a silent stream
FORM_WAIT = 12.0  # seconds a page without scripts waits; the numbers come before
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
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
            Route("/webchat/{channel}/stream", self._stream, methods=["GET"]),
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
        name = self._conversation(
            request.path_params["channel"], request.query_params.get("conversation", "")
        )
        headers = {**HEADERS, "X-Accel-Buffering": "no"}
        last = request.headers.get("last-event-id", "")
        shown = {int(last)} if last.isascii() and last.isdigit() else set()
        if shown:
            await self._gateway.reading.saw(name, shown)
        return StreamingResponse(
            self._events(name, shown), media_type="text/event-stream", headers=headers
        )

    async def _events(self, name: str, shown: set[int]) -> AsyncIterator[str]:
        yield "retry: 1000\n\n"
        async with self._gateway.reading.signal(name) as new:
            while True:
                new.clear()
                for unread in await self._gateway.reading.unread(name):
                    if unread.id not in shown:
                        shown.add(unread.id)
                        yield f"id: {unread.id}\nevent: reply\ndata: {_as_json(unread)}\n\n"
                try:
                    await asyncio.wait_for(new.wait(), STILL_HERE)
                except TimeoutError:
                    yield ": still here\n\n"

    async def _seen(self, request: Request) -> Response:
        channel = request.path_params["channel"]
        arrival = await read_arrival(request)
        try:
            data = json.loads(arrival.body)
            name = self._conversation(channel, str(data["conversation"]))
            replies = [reply for reply in data["replies"] if type(reply) is int]
        except (ValueError, KeyError, TypeError, RecursionError):
            raise MalformedRequestError("seen: not a list of replies") from None
        await self._gateway.reading.saw(name, replies[:200])
        return JSONResponse({}, headers=HEADERS)

    async def _plain(self, request: Request) -> Response:
        """Answer a form in one page: for browsers without scripts."""
        languages = request.headers.get("accept-language", "")
        if request.method == "GET":
            return HTMLResponse(plain_page(None, [], languages, self._exit_url), headers=HEADERS)
        if request.headers.get("sec-fetch-site") == "cross-site":
            raise ForgedRequestError("webchat")
        form: dict[str, object] = dict((await read_arrival(request)).form())
        chat = self._chats["webchat"]
        inbound = chat.read({**form, "language": languages[:2] or None})
        await request.app.state.accept(chat, inbound)
        replies = await self._answer(self._conversation(chat.name, inbound.address))
        page = plain_page(inbound.address, replies, languages, self._exit_url)
        return HTMLResponse(page, headers=HEADERS)

    async def _answer(self, name: str) -> list[Unread]:
        reading = self._gateway.reading
        replies: list[Unread] = []
        async with reading.signal(name) as new:
            try:
                async with asyncio.timeout(FORM_WAIT):
                    while not (replies := await reading.unread(name)):
                        new.clear()
                        await new.wait()
            except TimeoutError:
                return []
        await asyncio.sleep(0.2)  # the other parts of the same reply
        replies = await reading.unread(name)
        await reading.saw(name, _ids(replies))
        return replies

    def _conversation(self, channel: str, address: str) -> str:
        if channel not in self._chats or not CONVERSATION.fullmatch(address):
            raise MalformedRequestError("webchat: no conversation")
        return self._gateway.pseudonyms.conversation(channel, address)


def _ids(replies: Collection[Unread]) -> list[int]:
    return [reply.id for reply in replies]


def _as_json(unread: Unread) -> str:
    message = unread.message
    return json.dumps(
        {
            "text": message.text,
            "language": message.language,
            "choices": [{"token": b.token, "label": b.label} for b in message.buttons],
            "segments": count_segments(message.text),
        }
    )

"""The pages of the web chat: static files and a stream of replies."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
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
from channels.errors import MalformedRequestError
from channels.recordings import address
from channels.webchat.adapter import WebChat
from channels.webchat.form import Form
from channels.webchat.headers import HEADERS, LEAVING
from delivery.gateway import Gateway
from delivery.reading import Unread
from delivery.segments import count_segments

STATIC = Path(__file__).with_name("static")
STILL_HERE = 15.0  # seconds between two signs of life on a silent stream
MOST_SEEN = 200  # replies confirmed at once
_TOO_BIG = 2**63  # for a number of the database
_KINDS = {".js": "text/javascript", ".css": "text/css", ".json": "application/json"}


class Pages:
    """What browsers ask for."""

    def __init__(self, gateway: Gateway, chats: Mapping[str, WebChat], *, exit_url: str) -> None:
        self._gateway = gateway
        self._chats = chats
        self._form = Form(gateway, chats["webchat"], exit_url=exit_url)
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
            Route("/webchat/static/{file}", self._static, methods=["GET"]),
            Route("/webchat/{channel}/stream", self._stream, methods=["POST"]),
            Route("/webchat/{channel}/replies", self._replies, methods=["POST"]),
            Route("/webchat/{channel}/seen", self._seen, methods=["POST"]),
            Route("/webchat/{channel}/leave", self._leave, methods=["POST"]),
            *self._form.routes(),
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

    async def _events(self, name: str) -> AsyncIterator[str]:
        reading, shown = self._gateway.reading, set[int]()
        yield ": here\n\n"
        async with reading.signal(name) as new:
            while not reading.was_left(name):
                new.clear()
                for unread in await reading.unread(name):
                    if unread.id not in shown:
                        shown.add(unread.id)
                        yield f"event: reply\ndata: {json.dumps(_as_json(unread))}\n\n"
                try:
                    await asyncio.wait_for(new.wait(), STILL_HERE)
                except TimeoutError:
                    yield ": still here\n\n"
        yield "event: leave\ndata: {}\n\n"

    async def _replies(self, request: Request) -> Response:
        """Return what is unread, or wait for it: for browsers that cannot read a stream."""
        name, _ = await self._asked(request)
        reading = self._gateway.reading
        unread = await reading.next_unread(name, STILL_HERE)
        found = {"replies": [_as_json(reply) for reply in unread], "leave": reading.was_left(name)}
        return JSONResponse(found, headers=HEADERS)

    async def _seen(self, request: Request) -> Response:
        name, data = await self._asked(request)
        given = data.get("replies")
        if not isinstance(given, list):
            raise MalformedRequestError("seen: not a list of replies")
        ids = [reply for reply in given[:MOST_SEEN] if type(reply) is int and 0 < reply < _TOO_BIG]
        await self._gateway.reading.saw(name, ids)
        return JSONResponse({}, headers=HEADERS)

    async def _leave(self, request: Request) -> Response:
        name, _ = await self._asked(request)
        await self._gateway.leave(name)
        return JSONResponse({}, headers=LEAVING)

    async def _asked(self, request: Request) -> tuple[str, dict[str, object]]:
        """Return the conversation that a page of ours asks for, and all that it says."""
        arrival = await read_arrival(request)
        chat = self._chats.get(request.path_params["channel"])
        if chat is None:
            raise MalformedRequestError("webchat: no such channel")
        chat.verify(arrival)
        data = chat.fields(arrival)
        return chat.conversation(self._gateway.pseudonyms, data.get("conversation")), data


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

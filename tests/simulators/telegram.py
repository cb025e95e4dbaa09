"""Telegram's Bot API, as far as Faro calls it: counts messages and checks every call."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from simulators.forms import read_form
from simulators.specs import telegram_faults
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

FIRST_OURS = 5001  # number of the first message that we send; theirs are lower
TOKEN = "12345:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"


class TelegramServer:
    """Holds what was sent, what is waiting to be fetched, and how the next calls go wrong.

    ``down`` refuses every call. ``deleted`` holds chat and message, ``shown`` what was sent and
    not deleted since.
    """

    def __init__(self) -> None:
        self.reset()
        self.app = Starlette(routes=[Route("/bot{token}/{method}", self._call, methods=["POST"])])

    def reset(self) -> None:
        self.sent: list[dict[str, Any]] = []
        self.deleted: list[tuple[int, int]] = []
        self.deletions: list[int] = []
        self.down = False
        self.calls: list[str] = []
        self.faults: list[str] = []
        self.updates: list[dict[str, Any]] = []
        self.failures: list[tuple[int, dict[str, Any]]] = []
        self.delay = 0.0
        self.delay_after = 0.0

    @property
    def texts(self) -> list[str]:
        return [message["text"] for message in self.sent]

    @property
    def shown(self) -> list[str]:
        gone = set(self.deleted)
        return [
            message["text"]
            for number, message in enumerate(self.sent, FIRST_OURS)
            if (message["chat_id"], number) not in gone
        ]

    async def _call(self, request: Request) -> Response:
        if request.path_params["token"] != TOKEN:
            return JSONResponse(
                {"ok": False, "error_code": 401, "description": "Unauthorized"}, 401
            )
        method = request.path_params["method"]
        form = await read_form(request) if await request.body() else {}
        call = {name: _value(str(value)) for name, value in form.items()}
        self.calls.append(method)
        if method == "sendMessage" and "text" in form:
            call["text"] = str(form["text"])
        if method == "answerCallbackQuery":
            call["callback_query_id"] = str(form["callback_query_id"])
        self.faults += telegram_faults(method, call)
        if self.down:
            return JSONResponse({"ok": False, "error_code": 502, "description": "no"}, 502)
        if self.delay:
            await asyncio.sleep(self.delay)
            if await request.is_disconnected():
                return Response(status_code=400)  # never accepted
        if method == "getUpdates":
            return await self._updates(call)
        if method == "sendMessage":
            return await self._send(call)
        if method == "deleteMessages":
            self.deletions.append(len(call["message_ids"]))
            self.deleted += [(call["chat_id"], message) for message in call["message_ids"]]
        return JSONResponse({"ok": True, "result": True})

    async def _send(self, call: dict[str, Any]) -> Response:
        if self.failures:
            status, answer = self.failures.pop(0)
            return JSONResponse({"ok": False, "error_code": status, **answer}, status)
        self.sent.append(call)
        await asyncio.sleep(self.delay_after)
        chat = {"id": call["chat_id"], "type": "private"}
        message = {
            "message_id": len(self.sent) - 1 + FIRST_OURS,
            "date": 1,
            "chat": chat,
            "text": call["text"],
        }
        return JSONResponse({"ok": True, "result": message})

    async def _updates(self, call: dict[str, Any]) -> Response:
        offset = call.get("offset", 0)
        self.updates = [update for update in self.updates if update["update_id"] >= offset]
        if not self.updates:
            await asyncio.sleep(0.1)
        return JSONResponse({"ok": True, "result": self.updates})


def _value(written: str) -> Any:
    try:
        return json.loads(written)
    except ValueError:
        return written


def text_update(
    update_id: int, text: str | None, /, chat: int = 777, **more: Any
) -> dict[str, Any]:
    """Return an update as Telegram sends it."""
    person = {"id": chat, "is_bot": False, "first_name": "x", "language_code": "es"}
    message: dict[str, Any] = {
        "message_id": update_id,
        "date": 1,
        "chat": {"id": chat, "type": "private"},
        "from": person,
        **more,
    }
    if text is not None:
        message["text"] = text
    return {"update_id": update_id, "message": message}


def button_update(update_id: int, data: str, chat: int = 777) -> dict[str, Any]:
    """Return the update of a pressed button."""
    message = text_update(update_id, "offered", chat)["message"]
    query = {
        "id": f"q{update_id}",
        "from": message["from"],
        "chat_instance": "1",
        "message": message,
        "data": data,
    }
    return {"update_id": update_id, "callback_query": query}

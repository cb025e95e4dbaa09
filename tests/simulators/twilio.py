"""Twilio's message resource, as far as Faro calls it: counts messages and checks every call."""

from __future__ import annotations

import asyncio
import base64
from email.utils import formatdate
from typing import Any

from simulators.forms import read_form
from simulators.specs import twilio_answer_faults, twilio_faults
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

ACCOUNT = "AC" + "0" * 32
TOKEN = "twilio-token-for-tests"
SMS, WHATSAPP = "+15005550006", "+15005550007"


class TwilioServer:
    """Holds what was sent and how the next calls go wrong.

    ``down`` refuses every call. While ``under_way`` holds, nothing of ours can be deleted.
    """

    def __init__(self) -> None:
        self.reset()
        messages = "/2010-04-01/Accounts/{account}/Messages.json"
        one = "/2010-04-01/Accounts/{account}/Messages/{sid}.json"
        self.app = Starlette(
            routes=[
                Route(messages, self._create, methods=["POST"]),
                Route(messages, self._list, methods=["GET"]),
                Route(one, self._delete, methods=["DELETE"]),
            ]
        )

    def reset(self) -> None:
        self.sent: list[dict[str, str]] = []
        self.faults: list[str] = []
        self.deleted: list[str] = []
        self.unknown: set[str] = set()
        self.under_way = False
        self.down = False
        self.failures: list[tuple[int, int]] = []
        self.listing_fails = False
        self.delay_before = 0.0
        self.delay_after = 0.0

    @property
    def texts(self) -> list[str]:
        return [message["Body"] for message in self.sent]

    async def _create(self, request: Request) -> Response:
        if not _authorised(request):
            return JSONResponse({"code": 20003, "message": "Authenticate", "status": 401}, 401)
        form = await read_form(request)
        self.faults += twilio_faults(form)
        if self.down:
            return _refused(503, 20503)
        if self.delay_before:
            await asyncio.sleep(self.delay_before)
            if await request.is_disconnected():
                return Response(status_code=400)  # never accepted
        if self.failures:
            status, code = self.failures.pop(0)
            return JSONResponse({"code": code, "message": "no", "status": status}, status)
        self.sent.append(form)
        answer = _message(len(self.sent), form)
        self.faults += twilio_answer_faults(answer)
        await asyncio.sleep(self.delay_after)
        return JSONResponse(answer, 201)

    async def _list(self, request: Request) -> Response:
        if self.down or self.listing_fails or not _authorised(request):
            return JSONResponse({"code": 20500, "message": "no", "status": 500}, 500)
        to = request.query_params.get("To")
        found = [_message(n, form) for n, form in enumerate(self.sent, 1) if form["To"] == to]
        return JSONResponse(
            {"messages": found[::-1], "page": 0, "page_size": 20, "next_page_uri": None}
        )

    async def _delete(self, request: Request) -> Response:
        sid = request.path_params["sid"]
        if not _authorised(request):
            return _refused(401, 20003)
        if self.down:
            return _refused(503, 20503)
        if sid in self.unknown or sid in self.deleted:
            return _refused(404, 20404)
        if self.under_way and sid.startswith("SM0"):
            return _refused(409, 20009)
        self.deleted.append(sid)
        return Response(status_code=204)


def _refused(status: int, code: int) -> JSONResponse:
    return JSONResponse({"code": code, "message": "no", "status": status}, status)


def _authorised(request: Request) -> bool:
    expected = base64.b64encode(f"{ACCOUNT}:{TOKEN}".encode()).decode()
    return request.headers.get("authorization") == f"Basic {expected}"


def _message(number: int, form: dict[str, str]) -> dict[str, Any]:
    sid = f"SM{number:032x}"
    uri = f"/2010-04-01/Accounts/{ACCOUNT}/Messages/{sid}"
    return {
        "sid": sid,
        "account_sid": ACCOUNT,
        "api_version": "2010-04-01",
        "body": form.get("Body", ""),
        "from": form.get("From"),
        "to": form["To"],
        "status": "queued",
        "direction": "outbound-api",
        "date_created": formatdate(),
        "date_sent": None,
        "date_updated": formatdate(),
        "error_code": None,
        "error_message": None,
        "messaging_service_sid": None,
        "num_media": "0",
        "num_segments": "1",
        "price": None,
        "price_unit": None,
        "subresource_uris": {"media": f"{uri}/Media.json"},
        "uri": f"{uri}.json",
    }

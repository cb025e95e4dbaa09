"""What stands before the API: limits, so that nobody's copying slows an answer to a person.

The API runs in the process that answers people. Each address may ask so often a minute, and only
a few questions are worked on at once; the others are told when to come again. Addresses are known
only as hashes under a key that this process forgets.
"""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from http import HTTPStatus

from limits import parse
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PER_MINUTE = 120
AT_ONCE = 4  # questions to the database, of twenty connections
LARGEST = 16 * 1024  # bytes of a question
_KEPT = "public, max-age=60"


class Guard:
    """Limits how often and how much; marks answers so that they need not be sent twice."""

    def __init__(
        self, app: ASGIApp, *, per_minute: int = PER_MINUTE, at_once: int = AT_ONCE
    ) -> None:
        self._app = app
        self._allowed = parse(f"{per_minute}/minute")
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._places = asyncio.Semaphore(at_once)
        self._key = secrets.token_bytes(32)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a question, or say why not."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        if not await self._limiter.hit(self._allowed, self._name(request)):
            wait = {"Retry-After": "60"}
            await _refused(
                HTTPStatus.TOO_MANY_REQUESTS, "too many questions: ask again in a minute", wait
            )(scope, receive, send)
            return
        if int(request.headers.get("content-length") or 0) > LARGEST:
            await _refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"more than {LARGEST} bytes")(
                scope, receive, send
            )
            return
        async with self._places:
            answer = await _collected(self._app, scope, receive)
        await _marked(request, answer)(scope, receive, send)

    def _name(self, request: Request) -> str:
        host = request.client.host if request.client else ""
        return hashlib.blake2b(host.encode(), key=self._key, digest_size=16).hexdigest()


async def _collected(app: ASGIApp, scope: Scope, receive: Receive) -> Response:
    """Return what an application answers, as one piece."""
    begun: Message = {}
    pieces: list[bytes] = []

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            begun.update(message)
        else:
            pieces.append(message.get("body", b""))

    await app(scope, receive, send)
    answer = Response(b"".join(pieces), begun["status"])
    answer.raw_headers = [*begun["headers"]]
    return answer


def _marked(request: Request, answer: Response) -> Response:
    """Return an answer with its ETag; without a body for whoever has it already (RFC 9110, 13)."""
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Access-Control-Allow-Origin"] = "*"
    if request.method != "GET" or answer.status_code != HTTPStatus.OK:
        answer.headers["Cache-Control"] = "no-store"
        return answer
    tag = f'"{hashlib.sha256(answer.body).hexdigest()[:32]}"'
    kept = {"ETag": tag, "Cache-Control": _KEPT, "Access-Control-Allow-Origin": "*"}
    known = [
        one.strip().removeprefix("W/")
        for one in request.headers.get("if-none-match", "").split(",")
    ]
    if tag in known or known == ["*"]:
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=kept)
    answer.headers.update(kept)
    return answer


def _refused(status: HTTPStatus, why: str, headers: dict[str, str] | None = None) -> Response:
    return JSONResponse({"detail": why}, status, headers)

"""The only way into the enclave: requests of our own gateway, on loopback, with a shared secret.

Stands in for Rasa's REST channel, which asks for no secret, answers a failed turn with 200
and ``[]``, and lets anybody who types ``/intent{...}`` choose an intent and fill slots.
Answers and errors never quote a request.
"""

from __future__ import annotations

import asyncio
import functools
import hmac
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from sanic import Sanic, response
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.enclave import Enclave, NoDecisionError
from wire.strict import VERSION, WireError, checked, sequence, string
from wire.turn import Turn

LARGEST_BODY = 4 * 1024 * 1024  # bytes: 500 messages of 2,000 characters in any script
MOST_MESSAGES = 500
_AT_A_TIME = 8  # messages of a batch between two looks at waiting turns
_HTTP_ERROR = 500
_log = logging.getLogger(__name__)
Answer = Callable[[Request], Coroutine[Any, Any, HTTPResponse]]


def build(enclave: Enclave, token: str, model: str) -> Sanic:
    """Return the server. ``model`` is the hash that ``/health`` tells."""
    app = Sanic("door", configure_logging=False)
    app.config.update(
        {
            "REQUEST_MAX_SIZE": LARGEST_BODY,
            "ACCESS_LOG": False,
            "KEEP_ALIVE_TIMEOUT": 75,
            "FALLBACK_ERROR_FORMAT": "json",
        }
    )
    guarded = functools.partial(_guarded, f"Bearer {token}".encode())
    app.add_route(guarded(functools.partial(_turns, enclave)), "/turns", ["POST"], name="turns")
    app.add_route(guarded(functools.partial(_parse, enclave)), "/parse", ["POST"], name="parse")
    app.add_route(
        guarded(functools.partial(_explain, enclave)), "/explain", ["POST"], name="explain"
    )
    app.add_route(functools.partial(_health, model), "/health", ["GET"], name="health")
    app.error_handler.add(Exception, _failed)
    return app


def _guarded(expected: bytes, answer: Answer) -> Answer:
    """Return ``answer`` behind the secret, which is compared in constant time."""

    async def guarded(request: Request) -> HTTPResponse:
        given = request.headers.get("authorization", "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, expected):
            return response.json({"error": "not_allowed"}, status=401)
        try:
            return await answer(request)
        except WireError as error:
            return response.json({"error": "malformed", "what": str(error)}, status=400)

    return guarded


async def _turns(enclave: Enclave, request: Request) -> HTTPResponse:
    turn = Turn.from_json(_body(request))
    try:
        decision = await enclave.decide(turn)
    except WireError:
        raise
    except NoDecisionError:
        return response.json({"error": "no_decision"}, status=502)
    except Exception:  # noqa: BLE001  # an action failed: never silence, never a stack of words
        _log.exception("no decision")
        return response.json({"error": "no_decision"}, status=502)
    return response.json(decision.as_json())


async def _parse(enclave: Enclave, request: Request) -> HTTPResponse:
    fields = checked("parse", _body(request), frozenset({"messages"}), frozenset())
    messages = [
        checked("parse.messages", message, frozenset({"id", "text"}), frozenset({"version"}))
        for message in map(_versioned, sequence("parse.messages", fields["messages"]))
    ]
    if len(messages) > MOST_MESSAGES:
        raise WireError(f"parse.messages: more than {MOST_MESSAGES}")
    texts = [string("parse.messages.text", message["text"]) for message in messages]
    results: list[Any] = []
    for start in range(0, len(texts), _AT_A_TIME):
        results.extend(enclave.parse(texts[start : start + _AT_A_TIME]))
        await asyncio.sleep(0)  # a batch must not keep a person waiting
    named = [{"id": m["id"], **found} for m, found in zip(messages, results, strict=True)]
    return response.json({"version": VERSION, "results": named})


async def _explain(enclave: Enclave, request: Request) -> HTTPResponse:
    fields = checked("explain", _body(request), frozenset({"text"}), frozenset())
    explained = enclave.explain(string("explain.text", fields["text"]))
    return response.json({"version": VERSION, **explained})


async def _health(model: str, request: Request) -> HTTPResponse:
    return response.json({"ready": True, "model": model})


def _body(request: Request) -> object:
    """Return the JSON of a request. Raises WireError, with nothing of what was sent."""
    try:
        return request.json
    except SanicException:
        raise WireError("not JSON") from None


def _versioned(message: object) -> object:
    return {"version": VERSION, **message} if isinstance(message, dict) else message


async def _failed(request: Request, error: Exception) -> HTTPResponse:
    """Return an error by its number alone. What Sanic would tell quotes the request."""
    status = error.status_code if isinstance(error, SanicException) else _HTTP_ERROR
    if status >= _HTTP_ERROR:
        _log.error("failed", exc_info=error)
    return response.json({"error": "failed"}, status=status)

"""The chat for browsers without scripts: a form, answered in one page, and a way out of it."""

from __future__ import annotations

import asyncio
from http import HTTPStatus

import structlog
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from channels.arriving import TooLargeError, TooSlowError, read_arrival
from channels.errors import ForgedRequestError, MalformedRequestError
from channels.webchat.adapter import WebChat
from channels.webchat.headers import LEAVING, PLAIN
from channels.webchat.plain import plain_page
from delivery.envelope import Inbound
from delivery.gateway import Gateway
from delivery.reading import Unread

log = structlog.get_logger()

FORM_WAIT = 12.0  # seconds a page without scripts waits; the numbers come before
_FAULTS = (
    ForgedRequestError,
    MalformedRequestError,
    TooLargeError,
    TooSlowError,
    SQLAlchemyError,
    ValueError,
)


class Form:
    """The pages below ``/plain``."""

    def __init__(self, gateway: Gateway, chat: WebChat, *, exit_url: str) -> None:
        self._gateway = gateway
        self._chat = chat
        self._exit_url = exit_url

    def routes(self) -> list[BaseRoute]:
        """Return the routes of the form."""
        return [
            Route("/plain", self._empty, methods=["GET"]),
            Route("/plain", self._answer, methods=["POST"]),
            Route("/plain/leave", self._leave, methods=["POST"]),
        ]

    async def _empty(self, request: Request) -> Response:
        page = plain_page(None, [], _languages(request), self._exit_url)
        return HTMLResponse(page, headers=PLAIN)

    async def _answer(self, request: Request) -> Response:
        inbound = await self._said(request)
        name = self._chat.conversation(self._gateway.pseudonyms, inbound.address)
        try:
            await request.app.state.accept(self._chat, inbound)
            replies, status = await self._replies(name), HTTPStatus.OK
        except SQLAlchemyError as error:
            log.warning("not stored", channel=self._chat.name, error=type(error).__name__)
            replies, status = [], HTTPStatus.SERVICE_UNAVAILABLE
        if self._gateway.reading.was_left(name):
            return self._way_out()  # what they wrote was the word for it
        unsent = None if status == HTTPStatus.OK else inbound.text or ""
        page = plain_page(
            inbound.address, replies, _languages(request), self._exit_url, unsent=unsent
        )
        return HTMLResponse(page, status, headers=PLAIN)

    async def _said(self, request: Request) -> Inbound:
        _refuse_other_sites(request)
        try:
            form: dict[str, object] = dict((await read_arrival(request)).form())
        except ValueError:
            raise MalformedRequestError("plain: too many fields") from None
        first = _languages(request).partition(",")[0].partition(";")[0].strip()
        return self._chat.read({**form, "language": first})

    async def _replies(self, name: str) -> list[Unread]:
        reading = self._gateway.reading
        if not await reading.next_unread(name, FORM_WAIT):
            return []
        await asyncio.sleep(0.2)  # the other parts of the same reply
        replies = await reading.unread(name)
        await reading.saw(name, [reply.id for reply in replies])
        return replies

    async def _leave(self, request: Request) -> Response:
        """Lead out whatever happens: somebody who leaves must not meet an error."""
        try:
            _refuse_other_sites(request)
            address = (await read_arrival(request)).form().get("conversation", "")
            await self._gateway.leave(self._chat.conversation(self._gateway.pseudonyms, address))
        except _FAULTS as error:
            log.warning("not left", channel=self._chat.name, error=type(error).__name__)
        return self._way_out()

    def _way_out(self) -> Response:
        return RedirectResponse(self._exit_url, HTTPStatus.SEE_OTHER, headers=LEAVING)


def _languages(request: Request) -> str:
    return request.headers.get("accept-language", "")


def _refuse_other_sites(request: Request) -> None:
    if request.headers.get("sec-fetch-site") == "cross-site":
        raise ForgedRequestError("webchat")

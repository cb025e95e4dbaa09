"""The routes, and nothing but the routes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager

import structlog
from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from channels import recordings
from channels.adapter import Adapter
from channels.arriving import TooLargeError, TooSlowError, read_arrival
from channels.errors import ForgedRequestError, MalformedRequestError
from delivery.envelope import Inbound
from delivery.gateway import Gateway

log = structlog.get_logger()
Lifespan = Callable[[Starlette], AbstractAsyncContextManager[None]]


class Webhooks:
    """What happens to a request of a provider."""

    def __init__(self, gateway: Gateway, adapters: Mapping[str, Adapter]) -> None:
        self._gateway = gateway
        self._adapters = adapters
        self._beside: set[asyncio.Task[None]] = set()

    async def receive(self, request: Request) -> Response:
        """Accept the messages of a request once, then say so."""
        adapter = self._adapters.get(request.path_params["channel"])
        if adapter is None:
            return Response(status_code=404)
        arrival = await read_arrival(request)
        adapter.verify(arrival)
        for inbound in adapter.parse(arrival):
            await self.accept(adapter, inbound)
        body, media_type = adapter.accepted
        return Response(body, media_type=media_type)

    async def report(self, request: Request) -> Response:
        """Take a provider's word for what became of a reply."""
        adapter = self._adapters.get(request.path_params["channel"])
        if adapter is None:
            return Response(status_code=404)
        arrival = await read_arrival(request)
        adapter.verify(arrival)
        status = adapter.read_status(arrival)
        if status is not None:
            outcome = "sent" if status.arrived else "failed"
            await self._gateway.outbox.settle(status.outbox, outcome, code=status.code)
            if not status.arrived:
                log.warning("not delivered", channel=adapter.name, code=status.code[:10])
            if status.provider_id:
                await self._gateway.copies.final(
                    adapter.name, status.provider_id, outbox=status.outbox
                )
        return Response(status_code=204)

    async def accept(self, adapter: Adapter, inbound: Inbound) -> None:
        """Store a message; a repeat is neither stored nor answered again."""
        if adapter.waits_for_reader and self._was_left(adapter.name, inbound):
            return  # it was on its way while the person left
        new = await self._gateway.inbox.accept(inbound)
        log.info("accepted" if new else "repeated", channel=adapter.name)
        self._later(adapter.acknowledge(inbound))

    async def health(self, request: Request) -> Response:
        """Say whether the database and the enclave answer.

        Without an enclave we are still of use: messages are kept and the numbers are sent.
        """
        found = await self._gateway.health()
        ready = found["database"]
        return JSONResponse({"ready": ready, **found}, status_code=200 if ready else 503)

    def _was_left(self, channel: str, inbound: Inbound) -> bool:
        name = self._gateway.pseudonyms.conversation(channel, inbound.address)
        return self._gateway.reading.was_left(name)

    def _later(self, work: Awaitable[None]) -> None:
        task = asyncio.ensure_future(_quietly(work))
        self._beside.add(task)
        task.add_done_callback(self._beside.discard)


def build_app(
    gateway: Gateway,
    adapters: Mapping[str, Adapter],
    *,
    pages: list[BaseRoute],
    lifespan: Lifespan | None = None,
) -> Starlette:
    """Return the application: webhooks, health and the web chat's pages."""
    webhooks = Webhooks(gateway, adapters)
    app = Starlette(
        routes=[
            Route("/health", webhooks.health, methods=["GET"]),
            Route("/webhooks/{channel}", webhooks.receive, methods=["POST"]),
            Route("/webhooks/{channel}/status", webhooks.report, methods=["POST"]),
            recordings.route(recordings.Recordings(gateway.engine)),
            *pages,
        ],
        exception_handlers={
            ForgedRequestError: _refuse(403, "forged"),
            MalformedRequestError: _refuse(400, "malformed"),
            TooLargeError: _refuse(413, "too large"),
            TooSlowError: _refuse(408, "too slow"),
            SQLAlchemyError: _refuse(503, "not stored"),
            Exception: _refuse(500, "failed"),
        },
        lifespan=lifespan,
    )
    app.state.accept = webhooks.accept
    return app


def _refuse(status: int, event: str) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def refuse(request: Request, error: Exception) -> Response:
        log.warning(event, code=status, error=type(error).__name__)
        return Response(status_code=status)

    return refuse


async def _quietly(work: Awaitable[None]) -> None:
    try:
        await work
    except Exception as error:  # noqa: BLE001 -- best effort, and nobody waits for it
        log.warning("afterwards failed", error=type(error).__name__)

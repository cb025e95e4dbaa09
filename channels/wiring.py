"""Puts the gateway together from its settings, for the web process and for workers."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.routing import Mount

from channels.adapter import Adapter
from channels.app import build_app
from channels.changes import ChangesPage
from channels.registry import build_channels
from channels.settings import Settings
from channels.telegram.adapter import Telegram
from channels.telegram.polling import poll
from channels.webchat.adapter import WebChat
from channels.webchat.pages import Pages
from content.languages import read_languages
from content.steering_words import EXIT, read_steering
from delivery.beside import beside
from delivery.clock import now
from delivery.current_rumours import CurrentRumours
from delivery.enclave import Enclave
from delivery.gateway import Gateway, Parts, open_gateway
from delivery.languages import Languages
from delivery.pseudonym import Pseudonyms
from delivery.timing import Retention, Timing
from delivery.wording import Renderer
from directory.engine import async_engine
from directory.hsds.api.app import build_api

_DATA = Path(__file__).resolve().parents[1] / "data"
_LANGUAGES = _DATA / "languages.yml"


def our_languages() -> Languages:
    """Return the languages that are switched on. Raises YamlError."""
    rows = read_languages(_LANGUAGES)
    return Languages(tuple(rows), {tag: row.script for tag, row in rows.items()})


@asynccontextmanager
async def open_parts(
    settings: Settings, renderer: Renderer, timing: Timing, languages: Languages | None = None
) -> AsyncIterator[tuple[Gateway, dict[str, Adapter]]]:
    """Give the gateway with its channels; connections are closed at the end."""
    languages = languages or our_languages()
    enclave = Enclave(settings.door_url, token=settings.door_token, timeout=timing.decision)
    parts = Parts(
        database_url=settings.database_url,
        keys_database_url=settings.keys_database_url,
        keys=settings.keys,
        pseudonyms=Pseudonyms(settings.pseudonym_key),
        decider=CurrentRumours(enclave, renderer),
        renderer=renderer,
        languages=languages,
        exit_words=read_steering(_DATA / "steering", languages.enabled).all_of(EXIT),
        timing=timing,
        retention=Retention(idle_days=settings.idle_days),
    )
    adapters = build_channels(settings)
    try:
        async with open_gateway(parts) as gateway:
            gateway.serve(adapters)
            yield gateway, adapters
    finally:
        await enclave.aclose()
        for adapter in adapters.values():
            await adapter.aclose()


@asynccontextmanager
async def open_app(
    settings: Settings,
    renderer: Renderer,
    timing: Timing | None = None,
    *,
    languages: Languages | None = None,
    works: bool = True,
) -> AsyncIterator[Starlette]:
    """Give the application, its watchdog running; with ``works`` it takes jobs too."""
    async with AsyncExitStack() as stack:
        gateway, adapters = await stack.enter_async_context(
            open_parts(settings, renderer, timing or Timing(), languages)
        )
        pages = Pages(gateway, _chats(adapters), exit_url=settings.exit_url)
        rows = read_languages(_LANGUAGES)
        changes = ChangesPage(gateway.engine, renderer, rows, settings.exit_url)
        public = async_engine(settings.database_url)  # whoever copies it takes none of our places
        stack.push_async_callback(public.dispose)
        directory = Mount("/hsds", build_api(public, url=f"{settings.public_url}/hsds", clock=now))
        routes = [*pages.routes(), *changes.routes(), directory]
        app = build_app(gateway, adapters, pages=routes)
        await stack.enter_async_context(gateway.watching())
        if works:
            await stack.enter_async_context(gateway.working())
        await stack.enter_async_context(_polling(app, adapters))
        yield app


def _polling(app: Starlette, adapters: Mapping[str, Adapter]) -> AbstractAsyncContextManager[None]:
    telegram = adapters.get("telegram")
    if not isinstance(telegram, Telegram) or not telegram.polls:
        return beside()
    return beside(poll(telegram, lambda inbound: app.state.accept(telegram, inbound)))


def _chats(adapters: Mapping[str, Adapter]) -> dict[str, WebChat]:
    return {name: chat for name, chat in adapters.items() if isinstance(chat, WebChat)}

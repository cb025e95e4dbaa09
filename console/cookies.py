"""The console's cookies: no script reads them, no other site sends them."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import Response

from console.settings import Settings


def name_of(settings: Settings, cookie: str) -> str:
    """Return a cookie's name; by https a browser keeps it to this host and to https."""
    return f"__Host-faro-{cookie}" if settings.is_secure else f"faro-{cookie}"


def read(settings: Settings, cookies: Mapping[str, str], cookie: str) -> str | None:
    """Return what a browser sent, or None."""
    return cookies.get(name_of(settings, cookie))


def keep(
    response: Response, settings: Settings, cookie: str, value: str, *, seconds: int | None = None
) -> None:
    """Ask the browser to keep a value; without ``seconds`` until it is closed."""
    response.set_cookie(
        name_of(settings, cookie),
        value,
        max_age=seconds,
        secure=settings.is_secure,
        httponly=True,
        samesite="lax",
    )


def drop(response: Response, settings: Settings, cookie: str) -> None:
    """Ask the browser to forget a value."""
    response.delete_cookie(
        name_of(settings, cookie), secure=settings.is_secure, httponly=True, samesite="lax"
    )

"""Routes that stand twice: for listings, and for facts, each with its own permission."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from console.routing import ConsoleRoute, Page, route


def both(
    path: str, right: str, methods: Sequence[str] = ("GET",)
) -> Callable[[Page], tuple[ConsoleRoute, ConsoleRoute]]:
    """Return a decorator that makes two routes of a page.

    Args:
        path: Behind ``/listings`` and ``/facts/{part}``.
        right: What of ``listing.`` and ``fact.`` it needs, such as ``edit``.
        methods: Of HTTP.
    """

    def decorate(page: Page) -> tuple[ConsoleRoute, ConsoleRoute]:
        return (
            route(f"/listings{path}", f"listing.{right}", methods)(page),
            route(f"/facts/{{part}}{path}", f"fact.{right}", methods)(page),
        )

    return decorate

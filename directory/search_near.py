"""The rows of a place in the table whose index alone tells what is near and may fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from directory.search_cells import square_of
from directory.search_signs import signs
from directory.search_tokens import of_kind

COPY_NEAR = """
COPY search_near (service, position, kind, square, longitude, latitude, offers, for_whom) FROM STDIN
"""
ANY_KIND = ""
_KIND = of_kind("")


def near_lines(
    service: str, position: int, at: tuple[float, float], tokens: Iterable[str]
) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a place as they are copied: one for each kind, and one for any.

    Args:
        service: The listing.
        position: Which of its places.
        at: Longitude and latitude in degrees.
        tokens: The codes of the listing.
    """
    known = list(tokens)
    offers, for_whom = signs(known)
    kinds = [code.removeprefix(_KIND) for code in known if code.startswith(_KIND)]
    for kind in (ANY_KIND, *kinds):
        yield (service, position, kind, square_of(*at), *at, offers, for_whom)

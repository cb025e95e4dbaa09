"""A page of a list, as HSDS writes it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from directory.hsds.api.questions import Paged


def page_of(total: int, contents: Sequence[Any], asked: Paged) -> dict[str, Any]:
    """Return a page with how many entities and pages there are in all."""
    pages = -(-total // asked.per_page)
    return {
        "total_items": total,
        "total_pages": pages,
        "page_number": asked.page,
        "size": len(contents),
        "first_page": asked.page == 1,
        "last_page": asked.page >= pages,
        "empty": not contents,
        "contents": list(contents),
    }

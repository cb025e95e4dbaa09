"""The audit: who did what, before, after, why; whether it is whole; and all of it as a file."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

from starlette.responses import Response, StreamingResponse

from console.answers import page, see_other
from console.audit_words import action_words, field_words, value_words
from console.author_words import by, told
from console.context import Console, ConsoleRequest
from console.listed import whole
from console.part_words import PARTS
from console.routing import route
from console.translation import _
from directory import audit
from directory.editing_tables import AuditRow
from directory.parts import Part

_PAGE = 50


@route("/audit", "audit.see")
async def overview(request: ConsoleRequest) -> Response:
    """Show what was done last; ``part``, ``entry`` and ``before`` narrow it down."""
    asked = request.query_params
    part = asked.get("part") if asked.get("part") in set(Part) else None
    entry = asked.get("entry") or None
    before = whole(asked.get("before", ""))
    async with request.console.sessions() as session:
        found = await audit.entries(
            session, part=part, entry=entry, before_id=before, limit=_PAGE + 1
        )
        length = await audit.length(session)
    kept = "".join(
        f"&{name}={value}" for name, value in (("part", part), ("entry", entry)) if value
    )
    return page(
        request,
        "audit.html",
        rows=[(row, changes(row)) for row in found[:_PAGE]],
        older=f"/audit?before={found[_PAGE - 1].id}{kept}" if len(found) > _PAGE else None,
        length=length,
        did=action_words,
        told=told,
        by=by,
        part=part or "",
        entry=entry or "",
        parts=[(one.value, _(name)) for one, name in PARTS.items()],
    )


@route("/audit/check", "audit.see", ("POST",))
async def check(request: ConsoleRequest) -> Response:
    """Walk the chain, and say whether it holds."""
    async with request.console.sessions() as session:
        broken = await audit.verify(session)
        length = await audit.length(session)
    if broken is None:
        said = _("The chain holds: %(number)s rows, none changed, none missing.")
        return see_other(request, "/audit", said % {"number": length})
    said = _("The chain is broken at row %(number)s. Keep a copy of the database, and ask why.")
    return see_other(request, "/audit", said % {"number": broken.id}, kind="fault")


@route("/audit.jsonl", "audit.export")
async def export(request: ConsoleRequest) -> Response:
    """Return every row, one JSON object a line, in order."""
    return StreamingResponse(
        _lines(request.console),
        media_type="application/jsonl",
        headers={"Content-Disposition": 'attachment; filename="audit.jsonl"'},
    )


def changes(row: AuditRow) -> list[tuple[str, str, str]]:
    """Return field, value before and value after of what a row changed."""
    before, after = row.before or {}, row.after or {}
    return [
        (field_words(row.part, name), _written(before, name), _written(after, name))
        for name in sorted({*before, *after})
        if before.get(name) != after.get(name)
    ]


async def _lines(console: Console) -> AsyncIterator[str]:
    async with console.sessions() as session:
        async for row in audit.export(session):
            yield json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n"


def _written(body: dict[str, object], name: str) -> str:
    return value_words(body[name]) if name in body else ""


ROUTES = (overview, check, export)

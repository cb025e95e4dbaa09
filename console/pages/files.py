"""Style, icons and scripts, and whether the console is well."""

from __future__ import annotations

from http import HTTPStatus

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from starlette.responses import FileResponse, JSONResponse, Response

from console.answers import refused
from console.context import ConsoleRequest
from console.permissions import PUBLIC
from console.routing import route
from console.templating import STATIC

_KINDS = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".json": "application/json",
    ".png": "image/png",
}
_A_YEAR = "public, max-age=31536000, immutable"


@route("/static/{file:path}", PUBLIC)
async def static(request: ConsoleRequest) -> Response:
    """Return one of our own files; browsers keep it, since its address names its content."""
    file = (STATIC / request.path_params["file"]).resolve()
    kind = _KINDS.get(file.suffix)
    if kind is None or not file.is_relative_to(STATIC) or not file.is_file():
        return refused(request, HTTPStatus.NOT_FOUND)
    kept = _A_YEAR if request.query_params else "no-cache"
    return FileResponse(file, media_type=kind, headers={"Cache-Control": kept})


@route("/health", PUBLIC)
async def health(request: ConsoleRequest) -> Response:
    """Say whether the database answers."""
    try:
        async with request.console.sessions() as session:
            await session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return JSONResponse({"ready": False}, HTTPStatus.SERVICE_UNAVAILABLE)
    return JSONResponse({"ready": True})


ROUTES = (static, health)

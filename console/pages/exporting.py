"""Exporting what is published: a sheet, HSDS, packs. Withheld places by name and numbers only."""

from __future__ import annotations

import asyncio
import io
from contextlib import closing
from http import HTTPStatus

from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import Response

from console import translation
from console.answers import refused
from console.context import Console, ConsoleRequest
from console.pages.importing import XLSX
from console.routing import route
from directory.engine import async_engine
from directory.exporting import ENDINGS, Format, countries, export
from directory.gazetteer import Gazetteer

_TYPES = {
    Format.XLSX: XLSX,
    Format.CSV: "application/zip",
    Format.HSDS_JSON: "application/json",
    Format.PACKS: "application/zip",
}


@route("/exports/file", "export.run")
async def download(request: ConsoleRequest) -> Response:
    """Return what is published as a file; form and country are codes."""
    asked, country = (request.query_params.get(name, "") for name in ("form", "country"))
    if asked not in Format:
        return refused(request, HTTPStatus.NOT_FOUND)
    form = Format(asked)
    async with request.console.sessions() as session:
        if country and country not in await countries(session):
            return refused(request, HTTPStatus.NOT_FOUND)
    language = translation.language()
    # A thread with a loop of its own: pages stay quick while a large file is made.
    made = await asyncio.to_thread(
        lambda: asyncio.run(_file(request.console, form, country or None, language))
    )
    name = f"faro{'-' + country if country else ''}-{form.value}{ENDINGS[form]}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(made, media_type=_TYPES[form], headers=headers)


async def _file(console: Console, form: Format, country: str | None, language: str) -> bytes:
    target = io.BytesIO()
    engine = async_engine(console.settings.database_url)
    try:
        with closing(Gazetteer(console.settings.root / "var" / "places.sqlite")) as places:
            async with AsyncSession(engine) as session:
                await export(
                    session, target, form, country=country, language=language, places=places
                )
    finally:
        await engine.dispose()
    return target.getvalue()


ROUTES = (download,)

"""Coverage: layer by place by language, as a table and on a map, with the gaps marked."""

from __future__ import annotations

from http import HTTPStatus

from starlette.responses import JSONResponse, Response

from console import coverage
from console.answers import page, refused
from console.chat_words import labels_of
from console.context import ConsoleRequest
from console.routing import route
from content.answers.layers import LAYERS


@route("/coverage", "coverage.see")
async def overview(request: ConsoleRequest) -> Response:
    """Show the countries, and the map."""
    language = request.query_params.get("language") or None
    async with request.console.sessions() as session:
        matrix = await coverage.countries(session, language)
        spoken = await coverage.languages(session)
    return await _page(request, matrix, spoken, language, None)


@route("/coverage/{country}", "coverage.see")
async def country(request: ConsoleRequest) -> Response:
    """Show the cities of a country."""
    wanted, language = request.path_params["country"], request.query_params.get("language") or None
    async with request.console.sessions() as session:
        if wanted not in (await coverage.countries(session)).places:
            return refused(request, HTTPStatus.NOT_FOUND)
        matrix = await coverage.cities(session, wanted, language)
        spoken = await coverage.languages(session)
    return await _page(request, matrix, spoken, language, wanted)


@route("/coverage-points", "coverage.see")
async def points(request: ConsoleRequest) -> Response:
    """Return the cities for the map, as JSON."""
    language = request.query_params.get("language") or None
    named = await labels_of(request.console)
    async with request.console.sessions() as session:
        found = await coverage.spots(session, language)
    return JSONResponse(
        [
            {
                "country": spot.country,
                "city": named.city_name(spot.country, spot.city),
                "at": [spot.latitude, spot.longitude],
                "layers": [
                    [named.of("layer", layer), spot.layers.get(layer, 0)] for layer in LAYERS
                ],
            }
            for spot in found
        ]
    )


async def _page(
    request: ConsoleRequest,
    matrix: coverage.Matrix,
    spoken: list[str],
    language: str | None,
    wanted: str | None,
) -> Response:
    named = await labels_of(request.console)
    if language not in (None, *spoken):
        language = None

    def name(place: str) -> str:
        return named.country(place) if wanted is None else named.city_name(wanted, place)

    return page(
        request,
        "coverage.html",
        matrix=matrix,
        name=name,
        layer=lambda code: named.of("layer", code),
        country=wanted,
        country_name=named.country(wanted) if wanted else "",
        chosen=language or "",
        spoken=sorted(((tag, named.language(tag)) for tag in spoken), key=lambda one: one[1]),
        tiles=request.console.settings.tiles_url or "",
        elsewhere=coverage.ELSEWHERE,
    )


ROUTES = (overview, country, points)

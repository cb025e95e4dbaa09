"""The API as an application: HSDS's paths, and what each of them is described as."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.middleware import Middleware

from directory.hsds.api.guarding import AT_ONCE, PER_MINUTE, Guard
from directory.hsds.api.reading import VERSION, Json, NotThereError, Reading

_SCHEMAS = "https://raw.githubusercontent.com/openreferral/specification/3.0/schema"
_ABOUT = """\
Services for migrants, refugees, returnees, displaced people and survivors of violence, as the
Human Services Data Specification (HSDS) 3.0 describes them, with a profile of our own at /profile.
Places that must not be found are told by name, telephone and way in only. A question that says
where somebody is, or what they need, is asked by POST (as in HSDS 3.1), so that no log keeps it.
"""


def build_api(
    engine: AsyncEngine,
    *,
    url: str,
    clock: Callable[[], datetime],
    per_minute: int = PER_MINUTE,
    at_once: int = AT_ONCE,
) -> FastAPI:
    """Return the application, to be mounted where ``url`` leads."""
    api = FastAPI(
        title="Faro directory",
        version=VERSION,
        description=_ABOUT,
        docs_url=None,  # its page loads scripts from elsewhere
        redoc_url=None,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        middleware=[Middleware(Guard, per_minute=per_minute, at_once=at_once)],
        exception_handlers={SQLAlchemyError: _unavailable, NotThereError: _not_there},
    )
    _add_paths(api, Reading(engine, url.rstrip("/"), clock))
    return api


def _add_paths(api: FastAPI, reading: Reading) -> None:
    for path, answer, schema, paged in (
        ("/", reading.root, None, False),
        ("/profile", reading.profile, None, False),
        ("/services", reading.services, "compiled/service_list.json", True),
        ("/services/{id}", reading.service, "compiled/service.json", False),
        (
            "/service_at_locations",
            reading.at_locations,
            "compiled/service_at_location_list.json",
            True,
        ),
        ("/service_at_locations/{id}", reading.at_location, "compiled/service.json", False),
        ("/organizations", reading.organizations, "compiled/organization_list.json", True),
        ("/organizations/{id}", reading.organization, "compiled/organization.json", False),
        ("/taxonomies", reading.taxonomies, "taxonomy.json", True),
        ("/taxonomies/{id}", reading.taxonomy, "taxonomy.json", False),
        ("/taxonomy_terms", reading.terms, "taxonomy_term.json", True),
        ("/taxonomy_terms/{id}", reading.term, "taxonomy_term.json", False),
    ):
        api.get(path, responses=_described(schema, paged=paged), response_class=JSONResponse)(
            answer
        )
    api.post(
        "/services",
        responses=_described("compiled/service.json", paged=True),
        response_class=JSONResponse,
    )(reading.near)


def _described(schema: str | None, *, paged: bool) -> dict[int | str, Json]:
    """Return what OpenAPI says of an answer: HSDS's own schema."""
    if schema is None:
        return {}
    entity: Json = {"$ref": f"{_SCHEMAS}/{schema}"}
    page = {"type": "object", "properties": {"contents": {"type": "array", "items": entity}}}
    return {200: {"content": {"application/json": {"schema": page if paged else entity}}}}


async def _unavailable(request: Request, error: Exception) -> JSONResponse:
    """Answer that the directory cannot be read now; nothing of the question is told."""
    why = {"detail": "the directory does not answer in time: ask for less, or later"}
    return JSONResponse(why, HTTPStatus.SERVICE_UNAVAILABLE, {"Retry-After": "10"})


async def _not_there(request: Request, error: Exception) -> JSONResponse:
    return JSONResponse({"detail": "there is nothing with this id"}, HTTPStatus.NOT_FOUND)

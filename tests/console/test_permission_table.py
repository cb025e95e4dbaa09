"""Every role on every page, in both directions, and nothing changes without our own origin."""

from __future__ import annotations

import re

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response

from console import routing
from console.answers import refused
from console.permissions import PERMISSIONS, PUBLIC, Role, may
from console.routing import SIGN_IN, ConsoleRoute, GuardedRoute

URL = "http://127.0.0.1:8001"
_LOOKS = {"GET", "HEAD"}
MARK = "x-refused-by-table"


def walk(app: Starlette) -> list[tuple[ConsoleRoute, str]]:
    """Return every route with each of its methods."""
    found = []
    for route in app.routes:
        assert isinstance(route, GuardedRoute), f"{route} asks nobody who they are"
        found += [(route.console_route, method) for method in route.console_route.methods]
    return found


def address(route: ConsoleRoute) -> str:
    """Return an address that leads to a route, with something in its places."""
    return re.sub(r"\{(\w+)(?::\w+)?\}", "1", route.path)


async def send(client: httpx.AsyncClient, route: ConsoleRoute, method: str) -> httpx.Response:
    return await client.request(method, address(route))


@pytest.fixture
def marked(monkeypatch) -> str:
    """Mark what the table refuses: pages refuse too, for entries that somebody may not touch."""

    def refused_by_table(request: Request, status: int) -> Response:
        response = refused(request, status)
        response.headers[MARK] = "yes"
        return response

    monkeypatch.setattr(routing, "refused", refused_by_table)
    return MARK


@pytest.mark.parametrize("role", Role)
async def test_a_role_gets_what_the_table_says_and_nothing_else(
    client_as, console_app, role, marked
):
    wrong = []
    for route, method in walk(console_app):
        client = await client_as(role, organisation="x", countries=("SV",))  # some sign out
        answer = await send(client, route, method)
        by_table = marked in answer.headers and answer.status_code == 403
        if by_table == may(role, route.permission) or answer.status_code >= 500:
            wrong.append((method, route.path, answer.status_code))
    assert wrong == []


async def test_whoever_is_not_signed_in_is_led_to_the_sign_in(browsers, console_app):
    client = browsers.stranger()
    wrong = []
    for route, method in walk(console_app):
        answer = await send(client, route, method)
        led = (answer.status_code, answer.headers.get("location")) == (303, SIGN_IN)
        if route.permission != PUBLIC and not led:
            wrong.append((method, route.path, answer.status_code))
    assert wrong == []


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "null"},
        {"Origin": "https://example.org"},
        {"Origin": "http://127.0.0.1:8002"},
        {"Origin": "https://127.0.0.1:8001"},
        {"Origin": "http://127.0.0.1:8001.example.org"},
        {"Origin": "http://127.0.0.1:port"},
        {"Referer": "https://example.org/http://127.0.0.1:8001/"},
    ],
    ids=str,
)
async def test_nothing_is_changed_from_elsewhere(client_as, console_app, headers):
    client = await client_as("admin")
    del client.headers["Origin"]
    client.headers.update(headers)
    changing = [(r, m) for r, m in walk(console_app) if m not in _LOOKS]
    assert changing
    let_through = [
        (method, route.path)
        for route, method in changing
        if (await send(client, route, method)).status_code != 403
    ]
    assert let_through == []


@pytest.mark.parametrize("headers", [{"Origin": URL}, {"Referer": f"{URL}/account"}], ids=str)
async def test_our_own_pages_may_change_what_the_role_may(client_as, console_app, headers):
    refusing = []
    for route, method in walk(console_app):
        client = await client_as("admin")
        del client.headers["Origin"]
        client.headers.update(headers)
        if method not in _LOOKS and (await send(client, route, method)).status_code == 403:
            refusing.append(route.path)
    assert refusing == []


def test_every_permission_has_a_role_and_the_admin_has_all():
    assert {name for name, roles in PERMISSIONS.items() if Role.ADMIN not in roles} == set()


def test_every_permission_in_use_stands_in_the_table(console_app):
    used = {route.permission for route, _ in walk(console_app)}
    assert used <= {*PERMISSIONS, PUBLIC}

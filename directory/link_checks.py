"""Whether a published web address still answers; politely, and never inside our own network.

An address stands in listings that strangers may have written, so it is not trusted: only http and
https on their usual ports, and only hosts that resolve to public addresses. The address that was
looked up is the one that is called, so that a name cannot change in between (CWE-918, DNS
rebinding). Redirections are followed by hand, each looked at in the same way.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Sequence
from http import HTTPStatus

import httpx

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
MOVED, DEAD, FAILING = "link_moved_too_often", "link_dead", "link_failing"
UNREACHABLE, REFUSED, SLOW = "link_unreachable", "link_not_public", "link_slow"
_PORTS = frozenset({80, 443, 8080, 8443})
_NAT64 = ipaddress.ip_network("64:ff9b::/96")  # leads to any address of the older protocol
_HOPS = 5
_WAIT = httpx.Timeout(10.0, connect=5.0)
_WHOLE = 30.0  # seconds for one address with everything that it leads to
_NAME = "Faro link check"
# What a server answers that is there, and does not like to be asked by a program.
_THERE = frozenset(
    {
        HTTPStatus.UNAUTHORIZED,
        HTTPStatus.FORBIDDEN,
        HTTPStatus.NOT_ACCEPTABLE,
        HTTPStatus.TOO_MANY_REQUESTS,
    }
)
_GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})


class LinkChecks:
    """Asks for web addresses.

    Args:
        client: Does not follow redirections by itself.
        resolve: Returns the addresses of a host; raises OSError where there is none.
    """

    def __init__(self, client: httpx.AsyncClient, resolve: Resolve) -> None:
        self._client = client
        self._resolve = resolve

    async def problem_of(self, url: str) -> str | None:
        """Return a code of what is wrong with an address, or None where it answers."""
        try:
            async with asyncio.timeout(_WHOLE):
                return await self._problem_of(url)
        except TimeoutError:
            return SLOW

    async def _problem_of(self, url: str) -> str | None:
        try:
            wanted = httpx.URL(url)
            for _ in range(_HOPS):
                answer = await self._ask(wanted)
                if answer is None:
                    return REFUSED
                where = answer.headers.get("location")
                if not answer.has_redirect_location or where is None:
                    return _problem(answer.status_code)
                wanted = wanted.join(where)
        except httpx.TimeoutException:
            return SLOW
        except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError, ValueError):
            return UNREACHABLE
        return MOVED

    async def _ask(self, url: httpx.URL) -> httpx.Response | None:
        """Return the answer to HEAD, or to GET where HEAD is not known; None: not public."""
        host, port = url.host, url.port or {"http": 80, "https": 443}.get(url.scheme, 0)
        if url.scheme not in {"http", "https"} or port not in _PORTS or url.userinfo:
            return None
        found = await self._resolve(host, port)
        if not found or not all(is_public(address) for address in found):
            return None
        called = url.copy_with(host=found[0], fragment=None)
        head = await self._send("HEAD", called, url)
        if head.status_code < HTTPStatus.BAD_REQUEST:
            return head
        return await self._send("GET", called, url)

    async def _send(self, method: str, called: httpx.URL, url: httpx.URL) -> httpx.Response:
        request = self._client.build_request(
            method,
            called,
            headers={"Host": url.netloc.decode("ascii"), "User-Agent": _NAME},
            extensions={"sni_hostname": url.raw_host.decode("ascii")},
            timeout=_WAIT,
        )
        answer = await self._client.send(request, stream=True, follow_redirects=False)
        await answer.aclose()  # what it says is not read
        return answer


def is_public(address: str) -> bool:
    """Return whether an IP address belongs to the internet, and not to us or our neighbours."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        embeds = found.ipv4_mapped or found.sixtofour or found.teredo or found in _NAT64
        return found.is_global and not found.is_multicast and not embeds
    return found.is_global and not found.is_multicast


async def resolve(host: str, port: int) -> list[str]:
    """Return the addresses of a host, the older protocol first. Raises OSError."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    ordered = sorted(found, key=lambda one: one[0] != socket.AF_INET)
    return list(dict.fromkeys(str(one[4][0]) for one in ordered))


def _problem(status: int) -> str | None:
    if status < HTTPStatus.BAD_REQUEST or status in _THERE:
        return None
    return DEAD if status in _GONE else FAILING

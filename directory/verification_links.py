"""Links by which those who run a place answer, without an account.

A link holds the number of a request and a random part, signed. Only the hash of the random part
is kept, so that whoever reads the database cannot make a link, and whoever guesses needs the key.
A request has a link for the question and one for each reminder; all end together: after three
weeks, when the entry is asked about anew, or when it is no longer published.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol

from itsdangerous import BadData
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from directory import audit, published
from directory.parts import Part
from directory.published import Published
from directory.verification_tables import RequestRow

LASTS = timedelta(days=21)
LONGEST = 200  # characters; ours have about ninety
_RANDOM = 18  # bytes
ASKED = (Part.SERVICES, Part.HELPLINES)  # what somebody outside runs


class Signer(Protocol):
    """Signs values, as those of itsdangerous do."""

    def dumps(self, obj: Any) -> str | bytes:
        """Return a value, signed."""

    def loads(self, s: str | bytes) -> Any:
        """Return the value. Raises BadData: it was not signed by us."""


class Way(StrEnum):
    """How a link reaches those who run a place."""

    EMAIL = "email"
    SMS = "sms"
    COPY = "copy"  # an operator passes it on


class Why(StrEnum):
    """Why a link opens nothing."""

    FORGED = "forged"
    EXPIRED = "expired"
    REVOKED = "revoked"
    GONE = "gone"  # the entry is not published any more


class LinkError(ValueError):
    """A link that opens nothing; ``why`` says why."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True)
class Opened:
    """What a link leads to."""

    request: RequestRow
    entry: Published

    @property
    def actor(self) -> str:
        """Who acts by it, for the audit."""
        return f"link:{self.request.organisation or 'unknown'}"


async def ask(
    session: AsyncSession,
    signer: Signer,
    *,
    entry: Published,
    organisation: str | None,
    way: Way,
    asked_by: str,
    now: datetime,
) -> tuple[RequestRow, str]:
    """Return a new request with the token of its link; older ones about the entry end.

    The caller sends it and commits. Raises ValueError: nobody outside runs this.
    """
    if entry.part not in ASKED or entry.is_retired:
        raise ValueError("nobody is asked about this")
    await revoke(session, entry.part, entry.entry, now=now)
    made = RequestRow(
        part=entry.part,
        entry=entry.entry,
        organisation=organisation,
        way=way,
        hashes=[],
        asked_by=asked_by,
        created_at=now,
        expires_at=now + LASTS,
        reminders=0,
    )
    session.add(made)
    await session.flush()
    await audit.record(
        session, at=now, actor=asked_by, action="ask by link", part=entry.part,
        entry=entry.entry, reason=way,
    )  # fmt: skip
    return made, add_link(made, signer)


def add_link(request: RequestRow, signer: Signer) -> str:
    """Return the token of one more link of a request, for a reminder; only its hash is kept."""
    random = secrets.token_urlsafe(_RANDOM)
    request.hashes = [*request.hashes, _hash(random)]
    token = signer.dumps([request.id, random])
    return token.decode() if isinstance(token, bytes) else token


async def open_link(
    session: AsyncSession, signer: Signer, token: str, *, now: datetime, acting: bool = False
) -> Opened:
    """Return what a link leads to; with ``acting`` nobody else acts by it meanwhile.

    Raises:
        LinkError: It opens nothing.
    """
    number, random = _read(signer, token)
    request = await session.get(RequestRow, number, with_for_update=acting or None)
    known = list(request.hashes) if request else []
    matches = [hmac.compare_digest(one, _hash(random)) for one in known]
    if request is None or not any(matches):
        raise LinkError(Why.FORGED)
    if request.revoked_at is not None:
        raise LinkError(Why.REVOKED)
    if request.expires_at <= now:
        raise LinkError(Why.EXPIRED)
    entry = await published.get(session, Part(request.part), request.entry)
    if entry is None or entry.is_retired:
        raise LinkError(Why.GONE)
    return Opened(request, entry)


async def revoke(session: AsyncSession, part: Part, entry: str, *, now: datetime) -> None:
    """End every open request about an entry."""
    await session.execute(
        update(RequestRow)
        .where(RequestRow.part == part, RequestRow.entry == entry, RequestRow.revoked_at.is_(None))
        .values(revoked_at=now)
    )


def _read(signer: Signer, token: str) -> tuple[int, str]:
    if len(token) > LONGEST:
        raise LinkError(Why.FORGED)
    try:
        number, random = signer.loads(token)
    except (BadData, ValueError, TypeError):
        raise LinkError(Why.FORGED) from None
    if not isinstance(number, int) or not isinstance(random, str):
        raise LinkError(Why.FORGED)
    return number, random


def _hash(random: str) -> bytes:
    return hashlib.sha256(random.encode()).digest()

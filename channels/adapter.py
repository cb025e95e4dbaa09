"""What a channel adds to the delivery's view of it: the way in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import parse_qsl

from delivery.channel import Channel
from delivery.envelope import Inbound

MOST_FIELDS = 200  # of a form; Twilio sends about thirty


@dataclass(frozen=True)
class Arrival:
    """A request as it came in, its body read and capped.

    Attributes:
        path: Path of our own route, never with a host that the caller chose.
        query: Query string without its question mark.
        headers: Names in lower case.
        body: At most 64 KB.
    """

    path: str
    query: str = field(repr=False)
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)

    def form(self) -> dict[str, str]:
        """Return the fields of a posted form. Raises ValueError: too many of them."""
        pairs = parse_qsl(
            self.body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS
        )
        return dict(pairs)


@dataclass(frozen=True)
class Status:
    """What a provider says became of a reply.

    Attributes:
        outbox: Id of the row.
        arrived: False when it failed for good.
        code: The provider's error code, or "".
        provider_id: The provider's id of the message once nothing more happens to it, else "".
    """

    outbox: int
    arrived: bool
    code: str
    provider_id: str = field(repr=False)


class Adapter(Channel, Protocol):
    """A channel that is called by its provider."""

    @property
    def accepted(self) -> tuple[str, str]:
        """Body and media type of the answer that the provider expects."""

    def verify(self, arrival: Arrival) -> None:
        """Let a request pass, or raise ForgedRequestError."""

    def parse(self, arrival: Arrival) -> list[Inbound]:
        """Return the messages in a verified request; none for a kind we do not read.

        Raises:
            MalformedRequestError: A field is missing that the provider always sends.
        """

    def read_status(self, arrival: Arrival) -> Status | None:
        """Return the report in a verified status request, or None."""

    async def acknowledge(self, inbound: Inbound) -> None:
        """Do what the provider wants after acceptance. Best effort; raises nothing of note."""

    async def aclose(self) -> None:
        """Close the connections to the provider."""

"""The web chat as a channel. Sending is storing: the page fetches what waits for it."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Sequence

from channels.adapter import Arrival, Status
from channels.errors import ForgedRequestError, MalformedRequestError
from channels.settings import Settings
from delivery.channel import Pace, Sending
from delivery.envelope import Inbound, Outgoing, clean_tag, clean_text
from delivery.fitting import SMS, Capabilities
from delivery.pseudonym import Pseudonyms

_CONVERSATION = re.compile(r"[A-Za-z0-9_-]{22,64}", re.ASCII)  # 128 bits and more
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)


class WebChat:
    """Pages of ours: the chat, or the try-out phone."""

    waits_for_reader = True
    looks_up = False  # nothing is ever unsure: the reply is in our own database
    copies = None  # nobody else has one
    accepted = ("{}", "application/json")

    def __init__(self, name: str, *, worded_as: str, capabilities: Capabilities) -> None:
        self.name = name
        self.worded_as = worded_as
        self.capabilities = capabilities
        self.pace = Pace()

    def verify(self, arrival: Arrival) -> None:
        """Let pages of our own through: a form of another site cannot post JSON."""
        kind = arrival.headers.get("content-type", "").partition(";")[0].strip()
        if kind != "application/json" or arrival.headers.get("sec-fetch-site") == "cross-site":
            raise ForgedRequestError(self.name)

    def parse(self, arrival: Arrival) -> list[Inbound]:
        """Return the message of a page. Raises MalformedRequestError."""
        return [self.read(self.fields(arrival))]

    def fields(self, arrival: Arrival) -> dict[str, object]:
        """Return the JSON object that a page posted. Raises MalformedRequestError."""
        try:
            data = json.loads(arrival.body)
        except (ValueError, RecursionError):
            raise MalformedRequestError(f"{self.name}: not JSON") from None
        if not isinstance(data, dict):
            raise MalformedRequestError(f"{self.name}: not an object")
        return data

    def read(self, data: dict[str, object]) -> Inbound:
        """Return the message in the fields of a page. Raises MalformedRequestError."""
        address, provider_id = self._address(data.get("conversation")), data.get("id")
        if not isinstance(provider_id, str) or not _ID.fullmatch(provider_id):
            raise MalformedRequestError(f"{self.name}: no id")
        text, choice = data.get("text"), data.get("choice")
        return Inbound(
            self.name,
            # Two pages may count alike: an id is the page's own only together with it.
            f"{address}:{provider_id}",
            address=address,
            text=clean_text(text) if isinstance(text, str) and not choice else None,
            choice=choice[:80] if isinstance(choice, str) and choice else None,
            opened=data.get("opened") is True and not text and not choice,
            language=clean_tag(data.get("language")),
        )

    def conversation(self, pseudonyms: Pseudonyms, address: object) -> str:
        """Return the conversation whose address a page gave. Raises MalformedRequestError."""
        return pseudonyms.conversation(self.name, self._address(address))

    def _address(self, given: object) -> str:
        if not isinstance(given, str) or not _CONVERSATION.fullmatch(given):
            raise MalformedRequestError(f"{self.name}: no conversation")
        return given

    def read_status(self, arrival: Arrival) -> Status | None:
        """Return None: pages confirm what they have shown in another way."""
        return None

    async def acknowledge(self, inbound: Inbound) -> None:
        """Do nothing: the answer to the request is enough."""

    async def aclose(self) -> None:
        """Do nothing: there is no connection."""

    async def send(self, address: str, message: Outgoing, sending: Sending) -> str:
        """Return at once: the row itself is what the page fetches."""
        return ""

    async def find(self, address: str, message: Outgoing, sending: Sending) -> str | None:
        """Return None: never asked."""
        return None

    async def forget_copies(self, copies: Sequence[str]) -> Collection[str]:
        """Return them all: nobody else has a copy."""
        return copies


def build_webchat(settings: Settings) -> WebChat:
    """Return the chat page's channel; there is always one."""
    return WebChat("webchat", worded_as="webchat", capabilities=Capabilities(8000, buttons=24))


def build_try(settings: Settings) -> WebChat:
    """Return the try-out phone: worded and cut like SMS, shown in a page."""
    return WebChat("try", worded_as="sms", capabilities=SMS)

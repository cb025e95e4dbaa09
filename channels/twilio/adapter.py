"""SMS and WhatsApp through Twilio: one family, two adapters.

Sources:
    Webhook signatures: https://www.twilio.com/docs/usage/webhooks/webhooks-security
    Messages: https://www.twilio.com/docs/messaging/api/message-resource
    Error codes: https://www.twilio.com/docs/api/errors
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Collection, Sequence
from datetime import timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs

import phonenumbers
import structlog
from twilio.base.exceptions import TwilioException, TwilioRestException
from twilio.request_validator import RequestValidator
from twilio.rest import Client

from channels.adapter import Arrival, Status
from channels.errors import ForgedRequestError, MalformedRequestError
from channels.recordings import address
from channels.settings import Settings, TwilioSettings
from channels.transport import outcome_of
from channels.twilio.client import HttpxClient, TransportError
from delivery.channel import Copies, Pace, Sending
from delivery.envelope import Inbound, Outgoing, clean_text
from delivery.errors import Outcome, SendError
from delivery.fitting import Capabilities
from delivery.timing import Timing

SIGNATURE_HEADER = "x-twilio-signature"
UNSUBSCRIBED = 21610  # the person sent STOP
LATER = frozenset({20429, 63018, 30001})  # too many requests, or a full queue
FAILED = frozenset({"failed", "undelivered", "canceled"})
FINAL = FAILED | {"delivered", "read"}  # nothing more happens to the message
_OPTED = {"STOP": False, "START": True}  # HELP changes nothing
_DELETIONS = 8  # at the same time
_CLOCKS = timedelta(seconds=30)  # how far Twilio's clock may be from ours

_new_client: Callable[..., Any] = Client  # twilio has no types
_new_validator: Callable[..., Any] = RequestValidator

log = structlog.get_logger()


class Twilio:
    """One number. ``prefix`` stands before numbers on the wire: ``whatsapp:`` or nothing."""

    prefix = ""
    name = "sms"
    worded_as = "sms"
    capabilities = Capabilities(
        characters=1600, segments=6, page=2, pictograms=False, recordings=False
    )
    waits_for_reader = False
    looks_up = True
    copies = Copies(at_once=True, hours=None)
    accepted = ("<Response/>", "text/xml")

    def __init__(self, settings: TwilioSettings, *, number: str, public_url: str) -> None:
        self._http = HttpxClient(settings.api_url, timeout=Timing.send)
        self._client = _new_client(settings.account, settings.token, http_client=self._http)
        self._validator = _new_validator(settings.token)
        self._number = self.prefix + number
        self._public_url = public_url
        # Only some accounts may ask for it, and the others are refused: so never unasked.
        self._retention = {"content_retention": "discard"} if settings.discards else {}
        self.pace = Pace(per_address=1.0)

    def verify(self, arrival: Arrival) -> None:
        """Let a request pass that Twilio signed.

        The signed address comes from our settings and not from the request, whose Host
        header the caller chooses.
        """
        url = self._public_url + arrival.path + (f"?{arrival.query}" if arrival.query else "")
        try:
            form = arrival.form()
        except ValueError:
            raise ForgedRequestError(self.name) from None
        if not self._validator.validate(url, form, arrival.headers.get(SIGNATURE_HEADER, "")):
            raise ForgedRequestError(self.name)

    def parse(self, arrival: Arrival) -> list[Inbound]:
        """Return the message in a request.

        A STOP is a message without words: Twilio answers it, and lets nothing of ours through.
        HELP is read like any other: a person in danger may write it.
        """
        form = arrival.form()
        if "MessageStatus" in form:
            return []
        opted = _OPTED.get(form.get("OptOutType", ""))
        try:
            provider_id, address = form["MessageSid"], form["From"]
        except KeyError as missing:
            raise MalformedRequestError(f"{self.name}: no {missing}") from None
        button = form.get("ButtonText") or None
        return [
            Inbound(
                self.name,
                provider_id,
                address=address,
                text=None if button or opted is False else clean_text(form.get("Body", "")),
                choice=None if opted is False else button,
                country=_country(address.removeprefix(self.prefix)),
                copy=provider_id,
                opted=opted,
            )
        ]

    def read_status(self, arrival: Arrival) -> Status | None:
        """Return what became of a reply, or None when the request names none of ours."""
        form = arrival.form()
        reply = parse_qs(arrival.query).get("reply", [""])[0]
        if not re.fullmatch(r"[0-9]{1,18}", reply) or "MessageStatus" not in form:
            return None
        return Status(
            outbox=int(reply),
            arrived=form["MessageStatus"] not in FAILED,
            code=form.get("ErrorCode", ""),
            provider_id=form.get("MessageSid", "") if str(form["MessageStatus"]) in FINAL else "",
        )

    async def acknowledge(self, inbound: Inbound) -> None:
        """Do nothing: the answer to the request is enough."""

    async def aclose(self) -> None:
        """Close the connections to Twilio."""
        await self._http.aclose()

    async def send(self, address: str, message: Outgoing, sending: Sending) -> str:
        """Send and return Twilio's id. Raises SendError."""
        callback = f"{self._public_url}/webhooks/{self.name}/status?reply={sending.outbox}"
        try:
            sent = await self._client.messages.create_async(
                to=address,
                from_=self._number,
                status_callback=callback,
                **self._content(message),
                **self._retention,
            )
        except TransportError as error:
            raise SendError(outcome_of(error.__cause__), code="network") from None
        except TwilioRestException as error:
            raise SendError(_outcome(error), code=str(error.code)) from None
        return str(sent.sid)

    async def find(self, address: str, message: Outgoing, sending: Sending) -> str | None:
        """Return the id of a message that Twilio did accept, else None. Raises SendError."""
        try:
            recent = await self._client.messages.list_async(
                to=address, from_=self._number, limit=20, page_size=20
            )
        except (TransportError, TwilioException):
            raise SendError(Outcome.TRY_LATER, code="list") from None
        since = sending.since - _CLOCKS
        for sent in recent:
            new_enough = sent.date_created is None or sent.date_created >= since
            if new_enough and sent.body == message.text and str(sent.status) not in FAILED:
                return str(sent.sid)
        return None

    async def forget_copies(self, copies: Sequence[str]) -> Collection[str]:
        """Delete Twilio's messages; return those that are gone.

        One that is still under way is refused, and tried again.
        """
        at_once = asyncio.Semaphore(_DELETIONS)

        async def deleted(copy: str) -> bool:
            async with at_once:
                return await self._deleted(copy)

        done = await asyncio.gather(*map(deleted, copies))
        return [copy for copy, gone in zip(copies, done, strict=True) if gone]

    async def _deleted(self, sid: str) -> bool:
        try:
            await self._client.messages(sid).delete_async()
        except TwilioRestException as error:
            if error.status == HTTPStatus.NOT_FOUND:
                return True
            log.info("copy stays for now", channel=self.name, code=str(error.code))
            return False
        except (TransportError, TwilioException):
            return False
        return True

    def _content(self, message: Outgoing) -> dict[str, Any]:
        return {"body": message.text}


class TwilioWhatsApp(Twilio):
    """WhatsApp: buttons where the operator has made templates for them."""

    prefix = "whatsapp:"
    name = "whatsapp"
    worded_as = "whatsapp"

    def __init__(self, settings: TwilioSettings, *, number: str, public_url: str) -> None:
        super().__init__(settings, number=number, public_url=public_url)
        self._templates = settings.quick_replies[:3]
        # A message with buttons holds 1,024 characters, a label 20.
        limit = 1024 if self._templates else 1600
        self.capabilities = Capabilities(limit, buttons=len(self._templates), label=20)

    def _content(self, message: Outgoing) -> dict[str, Any]:
        if message.recording is not None:
            media = self._public_url + address(message.recording)
            return {"body": message.text, "media_url": [media]}
        if not message.buttons:
            return {"body": message.text}
        values = [message.text, *(button.label for button in message.buttons)]
        variables = {str(number): value for number, value in enumerate(values, 1)}
        return {
            "content_sid": self._templates[len(message.buttons) - 1],
            "content_variables": json.dumps(variables),
        }


def build_sms(settings: Settings) -> Twilio | None:
    """Return the SMS channel of the settings, or None."""
    twilio = settings.twilio
    if twilio is None or twilio.sms is None:
        return None
    return Twilio(twilio, number=twilio.sms, public_url=settings.public_url)


def build_whatsapp(settings: Settings) -> TwilioWhatsApp | None:
    """Return the WhatsApp channel of the settings, or None."""
    twilio = settings.twilio
    if twilio is None or twilio.whatsapp is None:
        return None
    return TwilioWhatsApp(twilio, number=twilio.whatsapp, public_url=settings.public_url)


def _country(number: str) -> str | None:
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return None
    return phonenumbers.region_code_for_number(parsed)


def _outcome(error: TwilioRestException) -> Outcome:
    if error.code == UNSUBSCRIBED:
        return Outcome.STOPPED
    if error.code in LATER or error.status == HTTPStatus.TOO_MANY_REQUESTS or error.status >= 500:  # noqa: PLR2004
        return Outcome.TRY_LATER
    if error.status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        return Outcome.OUR_FAULT
    return Outcome.REJECTED

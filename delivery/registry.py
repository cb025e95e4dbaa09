"""What every table, store, channel and pending state does about forgetting and danger.

One place, from the first commit: a test fails for a table, channel or pending state that
does not stand here, and ``docs/what-we-keep.md`` is compared with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What is declared."""

    TABLE = "table"
    STORE = "store"
    CHANNEL = "channel"
    PENDING = "pending"


@dataclass(frozen=True)
class Declared:
    """One declaration.

    Attributes:
        kind: What it is.
        name: Its identifier in code.
        retention: How long it is kept, and what ends that.
        erasure: What happens when a person asks to be forgotten.
        danger: What it does when somebody is in danger.
    """

    kind: Kind
    name: str
    retention: str
    erasure: str
    danger: str


_NO_PART = "takes no part"
_WITH_CONVERSATION = "deleted with the conversation"
_ENGINE = "holds ids only; a job is deleted when done, a failed one after a day"

_TABLES = (
    Declared(
        Kind.TABLE,
        "conversation",
        "deleted after IDLE_DAYS without a message (30 unless set)",
        "the row is deleted",
        "its language and country choose the numbers",
    ),
    Declared(
        Kind.TABLE,
        "inbox",
        "deleted in the transaction that answers it; after a day in any case",
        _WITH_CONVERSATION,
        "a row older than 7 s makes the watchdog send the numbers",
    ),
    Declared(
        Kind.TABLE,
        "outbox",
        "body deleted once settled (web chat: once read, at most 15 minutes); row after a day",
        _WITH_CONVERSATION,
        "sent in order; an unsure send is repeated, marked",
    ),
    Declared(
        Kind.TABLE,
        "seen",
        "two days, longer than any provider repeats",
        "keyed hash of an id; runs out",
        _NO_PART,
    ),
    Declared(
        Kind.TABLE,
        "understood",
        "numbers a month, for two years; no words, nobody's",
        "nothing of a person to erase",
        "the seven dangers are counted as one, so that no number names somebody",
    ),
    Declared(
        Kind.TABLE,
        "gaps",
        "numbers a day, for two years: which kind of service is missing in a country",
        "nothing of a person to erase",
        _NO_PART,
    ),
    Declared(Kind.TABLE, "procrastinate_jobs", _ENGINE, "runs out", _NO_PART),
    Declared(Kind.TABLE, "procrastinate_events", "deleted with its job", "runs out", _NO_PART),
    Declared(
        Kind.TABLE,
        "procrastinate_periodic_defers",
        "empty: nothing is periodic",
        "nothing to erase",
        _NO_PART,
    ),
    Declared(
        Kind.TABLE,
        "procrastinate_workers",
        "deleted when its worker stops",
        "nothing to erase",
        _NO_PART,
    ),
    Declared(Kind.TABLE, "alembic_version_delivery", "one row", "nothing to erase", _NO_PART),
)

_STORES = (
    Declared(
        Kind.STORE, "var/secrets", "until an operator rotates them", "no personal data", _NO_PART
    ),
    Declared(
        Kind.STORE,
        "log",
        "as long as the operator keeps standard error",
        "holds no text, address or name",
        _NO_PART,
    ),
    Declared(
        Kind.STORE,
        "browser",
        "the page's session storage: until the page or tab is closed",
        "the exit button clears it",
        "the exit button stands first in the page",
    ),
)

_ASIDE = "the numbers come from the watchdog, whatever the channel waits for"

_CHANNELS = (
    Declared(
        Kind.CHANNEL,
        "webchat",
        "random address, made by the page",
        "the exit button forgets it",
        _ASIDE,
    ),
    Declared(
        Kind.CHANNEL,
        "try",
        "random address, made by the page",
        "the exit button forgets it",
        _ASIDE,
    ),
    Declared(
        Kind.CHANNEL,
        "telegram",
        "chat id, sealed; Telegram keeps its own copy",
        _WITH_CONVERSATION,
        _ASIDE,
    ),
    Declared(
        Kind.CHANNEL, "sms", "number, sealed; Twilio's copy is deleted", _WITH_CONVERSATION, _ASIDE
    ),
    Declared(
        Kind.CHANNEL,
        "whatsapp",
        "number, sealed; Twilio's copy is deleted",
        _WITH_CONVERSATION,
        _ASIDE,
    ),
)

PENDING_STATES = (
    "country",
    "city",
    "place",
    "status",
    "kind",
    "language",
    "more",
    "need",
    "whom",
    "days",
    "wish",
    "origin",
    "unsure",
)

_PENDING = tuple(
    Declared(
        Kind.PENDING,
        name,
        "stands in the sealed state; goes with it",
        _WITH_CONVERSATION,
        "safeguarding replaces the intent first: danger is never read as the answer",
    )
    for name in PENDING_STATES
)

REGISTRY: tuple[Declared, ...] = _TABLES + _STORES + _CHANNELS + _PENDING


def declared(kind: Kind) -> frozenset[str]:
    """Return the names declared of one kind."""
    return frozenset(entry.name for entry in REGISTRY if entry.kind is kind)

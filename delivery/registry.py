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
    PLANNED = "planned"  # does not exist yet, and has to behave like this from its first commit
    RULE = "rule"  # what has to be asked before something is done


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
        "conversation_key",
        "in the second database, as long as the conversation; without one two hours",
        "destroyed first: nothing that it sealed opens any more, in no copy either",
        "a conversation without a key gets a new one with its next message",
    ),
    Declared(
        Kind.TABLE,
        "seen",
        "two days, longer than any provider repeats",
        "keyed hash of an id; deleted with the conversation",
        _NO_PART,
    ),
    Declared(
        Kind.TABLE,
        "provider_copy",
        "Twilio: until it has deleted its copy; Telegram: 48 hours, longer it deletes nothing",
        "Telegram's copies are deleted, at most 55 s are waited for it; a message that Twilio"
        " still holds stays here as a sealed id that leads to nobody, until Twilio has deleted it",
        "nobody waits for it: an answer leaves whatever a provider still holds",
    ),
    Declared(
        Kind.TABLE,
        "flag",
        "stop: until the person asks for messages again; exit: until they write again",
        "stays: a keyed hash and a word, so that a wish to hear nothing outlives the rest",
        "an answer is never held back by it, only what would be sent first",
    ),
    Declared(
        Kind.TABLE,
        "resume_code",
        "until it is used, a day at most",
        "deleted with the conversation that made it; after a quick exit it is nobody's and runs"
        " out",
        "a danger that is open stays open, whatever a code brings",
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
    Declared(
        Kind.TABLE,
        "feedback",
        "numbers a day, for two years: what people answered about an entry; no words, nobody's",
        "nothing of a person to erase",
        "nothing is counted while a risk is open, and nothing is asked later in that conversation",
    ),
    Declared(
        Kind.TABLE,
        "unmet",
        "numbers a month, for two years: what was asked where nothing fitted",
        "nothing of a person to erase",
        "of what survivors look for it holds no city; dangers are not counted here",
    ),
    Declared(
        Kind.TABLE,
        "notice",
        "text and number until it is sent, a day at most; the row a day",
        "goes to organisations at their published numbers; no person is ever in it",
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

_NEVER_HELD = "an answer to danger never waits for it"

_PLANNED = (
    Declared(
        Kind.PLANNED,
        "desk",
        "a case's text is sealed with the key of its conversation and goes with it",
        "the case leaves the desk at once; a quick exit takes it away too",
        "every message still goes to the enclave, and a decision with a risk is said at once",
    ),
    Declared(
        Kind.PLANNED,
        "referral",
        "a draft is kept for a day, a referral until it is handed over",
        "a draft is deleted; who has received a referral is told to the person",
        "none is made in danger; the person is given the number to call",
    ),
    Declared(
        Kind.PLANNED,
        "reminder",
        "until it is sent or its day has passed",
        "deleted with the conversation, by a quick exit and by a stop too",
        "none is sent while a danger is open",
    ),
)

_RULES = (
    Declared(
        Kind.RULE,
        "may_push",
        "keeps nothing; reads flags, the state and the clock",
        "nothing to erase",
        "asked before anything that answers no message; answers never ask it",
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
        "chat id, sealed; Telegram keeps its own copy, and deletes that of the last 48 hours when"
        " the person leaves or is erased",
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
    "safe_word",
    "unsure",
    "why",
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

REGISTRY: tuple[Declared, ...] = _TABLES + _STORES + _CHANNELS + _PENDING + _PLANNED + _RULES


def declared(kind: Kind) -> frozenset[str]:
    """Return the names declared of one kind."""
    return frozenset(entry.name for entry in REGISTRY if entry.kind is kind)

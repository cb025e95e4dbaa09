"""What is said now: the files, and over them what operators published, a few seconds old at most.

Every turn asks; only every five seconds is the database asked in turn whether anything was changed,
and only then is it read. A database that does not answer leaves everything as it was known.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from content.cards import MYTH, PRACTICE, Card, Cards
from content.messages import DRAFTED, Messages, Wording, why_unfit
from content.recordings import Recordings, fingerprint
from content.tables import Tables
from directory.edited import Edited, mark_of, read_edited
from directory.parts import Part

LOOK_AGAIN = 5.0  # seconds
_PATIENCE = 2.0  # seconds; a reply does not wait longer for news
_KINDS: Mapping[Part, str] = {Part.MYTHS: MYTH, Part.PRACTICES: PRACTICE}
# Messages that an operator may add: those of a new card. Code asks for all others by name.
OF_CARDS = tuple(
    f"{start}{kind}{end}"
    for kind in (MYTH, PRACTICE)
    for start, end in (("", "."), ("choice.", "_"))
)

log = structlog.get_logger()


@dataclass(frozen=True)
class Known:
    """What answers are composed with; never changes, another takes its place."""

    messages: Messages
    tables: Tables


class Live:
    """Holds what is known, and finds out when it is not true any more.

    Args:
        messages: Those of the files.
        tables: Those of the files.
        sessions: Of the database that operators publish in.
        clock: Seconds that only grow.
    """

    def __init__(
        self,
        messages: Messages,
        tables: Tables,
        sessions: async_sessionmaker[AsyncSession],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._files = self.known = Known(messages, tables)
        self._sessions = sessions
        self._clock = clock
        self._looked_at: float | None = None
        self._mark: tuple[object, ...] | None = None

    async def refreshed(self) -> Known:
        """Return what is known, read anew where something was published. Never raises."""
        now = self._clock()
        if self._looked_at is not None and now - self._looked_at < LOOK_AGAIN:
            return self.known
        self._looked_at = now  # others meanwhile say what is known
        try:
            async with asyncio.timeout(_PATIENCE), self._sessions() as session:
                mark = await mark_of(session)
                if mark != self._mark:
                    self.known = overlaid(self._files, await read_edited(session))
                    self._mark = mark
        except (SQLAlchemyError, OSError) as error:
            log.warning("wordings stay as known", error=type(error).__name__)
        return self.known


def overlaid(files: Known, edited: Edited) -> Known:
    """Return what is said when operators have published ``edited`` over the files."""
    messages = with_published(files.messages, edited.wordings)
    tables = replace(
        files.tables,
        cards=_cards(files.tables.cards, edited),
        recordings=_recordings(files, messages, edited),
    )
    return Known(messages, tables)


def with_published(
    messages: Messages, published: Mapping[str, Mapping[str, Mapping[str, Any]]]
) -> Messages:
    """Return messages with the wordings that operators published, bodies by language and id.

    One that names other placeholders than code fills is left out: it was checked before it was
    published, but code may have changed since.
    """
    return messages.with_wordings(
        {
            language: {
                message: wording
                for message, body in bodies.items()
                if (wording := _wording(messages, language, message, body)) is not None
            }
            for language, bodies in published.items()
            if language in messages.languages
        }
    )


def _wording(
    messages: Messages, language: str, message: str, body: Mapping[str, Any]
) -> Wording | None:
    text, source = str(body["text"]), str(body.get("source") or "")
    state, reviewer = str(body["state"]), reviewed_by(body)
    if not messages.has(message, language):
        known = message.startswith(OF_CARDS)
        return Wording(text, source or text, state, "", 1, reviewer) if known else None
    before = messages.wording(message, language)
    if why_unfit(text, before.text):
        return None
    return replace(
        before, text=text, source=source or before.source, state=state, reviewer=reviewer
    )


def reviewed_by(body: Mapping[str, Any]) -> str:
    """Return who reviewed a wording and when, as its file says it; empty: nobody."""
    told = (str(body[name]) for name in ("reviewer", "reviewed_on") if body.get(name))
    return ", ".join(told)


def new_wording(text: str, source: str, state: str = DRAFTED) -> dict[str, Any]:
    """Return the body of a wording that nobody has reviewed."""
    return {"text": text, "state": state, "source": source}


def _cards(cards: Cards, edited: Edited) -> Cards:
    said: dict[str, dict[str, Card]] = {}
    added: dict[str, list[str]] = {}
    gone: dict[str, frozenset[str]] = {}
    for part, kind in _KINDS.items():
        files, told = cards.of(kind), edited.cards.get(part, {})
        gone[kind] = frozenset(card for card, body in told.items() if body is None)
        said[kind] = {card: body for card, body in {**files, **told}.items() if body is not None}
        added[kind] = sorted(card for card in said[kind] if card not in files)
    return replace(
        cards,
        myths=said[MYTH],
        practices=said[PRACTICE],
        added=added,
        taken_back=gone,
        recognised=_recognised(cards.myths, edited.cards.get(Part.MYTHS, {})),
    )


def _recognised(
    files: Mapping[str, Card], edited: Mapping[str, Card | None]
) -> dict[str, list[str]]:
    """Return the concepts of rumours that were changed, taken back or added since the files."""
    rows = {id_: _rows(body) for id_, body in edited.items()}
    return {id_: told for id_, told in rows.items() if told != _rows(files.get(id_))}


def _rows(body: Card | None) -> list[str]:
    return [" ".join(row) for row in body["concepts"]] if body else []


def _recordings(files: Known, messages: Messages, edited: Edited) -> Recordings:
    """Return the recordings of texts that are still said as they were read aloud."""
    playing: dict[str, dict[str, str]] = {
        language: {
            message: file
            for message, file in told.items()
            if not files.messages.has(message, language)
            or _text(messages, language, message) == _text(files.messages, language, message)
        }
        for language, told in files.tables.recordings.files.items()
    }
    for row in edited.recordings:
        text = _text(messages, row.language, row.message)
        if text is not None and fingerprint(text) == row.wording:
            playing.setdefault(row.language, {})[row.message] = row.file
    return Recordings(playing)


def _text(messages: Messages, language: str, message: str) -> str | None:
    has = messages.has(message, language)
    return messages.wording(message, language).text if has else None

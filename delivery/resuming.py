"""Codes to go on elsewhere: on another telephone, in another browser, over another channel.

A code is ten digits, good once and for a day. What it stands for (codes of the state, never
words) is sealed with a key that comes from the code itself and a key of ours: the database
alone opens none.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import replace

from sqlalchemy import case, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from content.danger_words import PLANS
from delivery.pseudonym import Pseudonyms
from delivery.seal import KeyRing, SealError
from delivery.tables import conversation, resume_code
from delivery.timing import Retention
from wire.decision import Decision
from wire.state import State
from wire.strict import WireError

SAY = "resume.code"
DONE = "resume.done"
MOST_TRIES = 5  # codes an hour that lead to nothing, for a conversation
_DIGITS = 10
_WRITTEN = re.compile(r"\d(?:[ \u00a0\u202f-]?\d){9}")
_RING = "code"  # name of the only key
_HOUR = func.make_interval(0, 0, 0, 0, 1)


def new_code() -> str:
    """Return ten random digits."""
    return f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}}"


def code_in(text: str | None) -> str | None:
    """Return the code that a message is, in any script's digits and with spaces; else None."""
    if text is None or not _WRITTEN.fullmatch(text.strip()):
        return None
    return "".join(str(int(sign)) for sign in text if sign.isdecimal())


def with_code(decision: Decision, code: str) -> Decision:
    """Return a decision whose say has the code as a value, in two groups."""
    shown = f"{code[: _DIGITS // 2]} {code[_DIGITS // 2 :]}"
    says = tuple(
        replace(say, values={**say.values, "code": shown}) if say.message == SAY else say
        for say in decision.says
    )
    return replace(decision, says=says)


def resumed(here: State, brought: State) -> State:
    """Return the state in which a conversation goes on with what a code brought.

    What was said last counts, so what was brought; but where this conversation is about a
    danger, all that it knows stays, and only what it does not know is added.
    """
    if here.slots.get("topic") in PLANS:
        return State({**brought.slots, **here.slots})
    return State({**here.slots, **brought.slots})


class ResumeCodes:
    """The codes that are good now."""

    def __init__(self, pseudonyms: Pseudonyms, retention: Retention) -> None:
        self._pseudonyms = pseudonyms
        self._retention = retention

    async def keep(self, connection: AsyncConnection, code: str, name: str, state: State) -> None:
        """Make a code good for a state, in the transaction of the caller."""
        key = self._pseudonyms.resume_code(code)
        sealed = self._ring(code).seal_json(state.as_json(), row=_row(key))
        values = {"key": key, "state": sealed, "conversation": name}
        await connection.execute(insert(resume_code).values(**values))

    async def find(self, connection: AsyncConnection, code: str, name: str) -> State | None:
        """Return what a code stands for; None when it is not good.

        After ``MOST_TRIES`` wrong ones within an hour a conversation finds none.
        """
        tries = case(
            (conversation.c.code_tried_at > func.now() - _HOUR, conversation.c.code_tries), else_=0
        )
        query = select(tries).where(conversation.c.id == name)
        tried = (await connection.execute(query)).scalar_one_or_none()
        if tried is None or tried >= MOST_TRIES:
            return None
        key = self._pseudonyms.resume_code(code)
        good = func.now() - func.make_interval(0, 0, 0, 0, 0, 0, 3600 * self._retention.codes)
        found = select(resume_code.c.state).where(
            resume_code.c.key == key, resume_code.c.made_at > good
        )
        sealed = (await connection.execute(found)).scalar_one_or_none()
        try:
            if sealed is not None:
                return State.from_json(self._ring(code).open_json(sealed, row=_row(key)))
        except (SealError, WireError):
            pass  # of another version, or with a key that is no more
        await connection.execute(
            update(conversation)
            .where(conversation.c.id == name)
            .values(
                code_tries=tries + 1,
                code_tried_at=case((tries > 0, conversation.c.code_tried_at), else_=func.now()),
            )
        )
        return None

    async def use(self, connection: AsyncConnection, code: str) -> bool:
        """Use a code up; return False when somebody else was faster."""
        mine = resume_code.c.key == self._pseudonyms.resume_code(code)
        return (await connection.execute(delete(resume_code).where(mine))).rowcount == 1

    def _ring(self, code: str) -> KeyRing:
        return KeyRing({_RING: self._pseudonyms.resume_key(code)}, current=_RING)


def _row(key: bytes) -> tuple[str, ...]:
    return ("resume_code", "state", key.hex())

"""The durable queue: which jobs there are and how they are queued.

Job arguments are ids only. A lock keeps the jobs of one conversation in order; answering
and sending have one each, so that a slow provider does not hold back the next answer.
"""

from __future__ import annotations

from collections.abc import Awaitable
from datetime import timedelta
from typing import Protocol

from procrastinate import App, BaseRetryStrategy, JobContext, PsycopgConnector, RetryDecision
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.jobs import Job
from sqlalchemy.ext.asyncio import AsyncConnection

from delivery.clock import now
from delivery.database import conninfo, driver_connection
from delivery.errors import TryAgainError

ANSWER, SEND, ERASE = "answer", "send", "erase"  # names of the jobs and of their queues
WORKERS = "workers"  # where a job finds what does its work
_LONGEST_WAIT = 60.0  # seconds between two tries of a job that fails for no known reason


class Work(Protocol):
    """What the jobs do, handed to the worker when it starts."""

    def answer(self, turn: int, attempts: int) -> Awaitable[None]:
        """Answer a turn."""

    def send(self, conversation: str) -> Awaitable[None]:
        """Send what waits for a conversation."""

    def erase(self, conversation: str) -> Awaitable[None]:
        """Erase a conversation whose person has asked for it."""


class _Again(BaseRetryStrategy):
    """Every job is tried again; the work itself knows when to give up.

    But for one that is queued once only: the next of its kind may wait already, and beside that
    it could not go back into the queue. It would be left running for ever, with its lock.
    """

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if job.queueing_lock is not None:
            return None
        wait = min(2.0 ** min(job.attempts, 10), _LONGEST_WAIT)
        if isinstance(exception, TryAgainError):
            wait = exception.seconds
        return RetryDecision(retry_at=now() + timedelta(seconds=wait))


class Queue:
    """Puts jobs into the database, in the transaction of the caller."""

    def __init__(self, database_url: str) -> None:
        connector = PsycopgConnector(conninfo=conninfo(database_url), min_size=1, max_size=10)
        self.app = App(connector=connector)
        again = _Again()
        self.app.task(name=ANSWER, queue=ANSWER, pass_context=True, retry=again)(_answer)
        self.app.task(name=SEND, queue=SEND, pass_context=True, retry=again)(_send)
        self.app.task(name=ERASE, queue=ERASE, pass_context=True, retry=again)(_erase)

    async def put_answer(self, connection: AsyncConnection, conversation: str, turn: int) -> None:
        """Queue the answer to a turn; it counts once the transaction is committed."""
        raw = await driver_connection(connection)
        task = self.app.configure_task(ANSWER, lock=conversation, queue=ANSWER, connection=raw)
        await task.defer_async(turn=turn)

    async def put_send(self, connection: AsyncConnection, conversation: str) -> None:
        """Queue the sending for a conversation; it counts once the transaction is committed."""
        raw = await driver_connection(connection)
        lock = f"send:{conversation}"
        task = self.app.configure_task(SEND, lock=lock, queue=SEND, connection=raw)
        await task.defer_async(conversation=conversation)

    async def put_erase(self, connection: AsyncConnection, conversation: str) -> None:
        """Queue the erasure of a conversation; it counts once the transaction is committed."""
        raw = await driver_connection(connection)
        lock = f"erase:{conversation}"
        task = self.app.configure_task(ERASE, lock=lock, queue=ERASE, connection=raw)
        await task.defer_async(conversation=conversation)

    async def put_settle(self, conversation: str) -> None:
        """Queue another look at a conversation's unsure sends, unless one is queued.

        It is not tried again: whoever asks for it asks again.
        """
        lock = f"send:{conversation}"
        task = self.app.configure_task(
            SEND, lock=lock, queueing_lock=f"settle:{conversation}", queue=SEND
        )
        try:
            await task.defer_async(conversation=conversation)
        except AlreadyEnqueued:
            return


async def _answer(context: JobContext, *, turn: int) -> None:
    work: Work = context.additional_context[WORKERS]
    await work.answer(turn, context.job.attempts)


async def _send(context: JobContext, *, conversation: str) -> None:
    work: Work = context.additional_context[WORKERS]
    try:
        await work.send(conversation)
    except TryAgainError:
        if context.job.queueing_lock is None:
            raise


async def _erase(context: JobContext, *, conversation: str) -> None:
    work: Work = context.additional_context[WORKERS]
    await work.erase(conversation)

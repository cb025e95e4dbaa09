"""Keeps the workers of one process at work, through database outages too."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import structlog
from procrastinate.jobs import DeleteJobCondition
from procrastinate.worker import Worker

from delivery.queue import WORKERS, Queue, Work
from delivery.timing import Timing

_RESTART = 1.0  # seconds

log = structlog.get_logger()


class Crew:
    """One worker a queue, so that sending never waits behind answering.

    Args:
        queue: Where jobs come from.
        work: Does them.
        timing: Heartbeat, polling and patience.
        at_once: Jobs done at the same time, by queue.
    """

    def __init__(
        self, queue: Queue, work: Work, timing: Timing, at_once: Mapping[str, int]
    ) -> None:
        self._queue = queue
        self._work = work
        self._timing = timing
        self._at_once = at_once
        self._workers: dict[str, Worker] = {}
        self._stopping = False

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Take jobs until the block ends, then finish those that were begun."""
        tasks = [asyncio.create_task(self._keep_running(name)) for name in self._at_once]
        try:
            yield
        finally:
            self._stopping = True
            for worker in self._workers.values():
                worker.stop()  # type: ignore[no-untyped-call]  # theirs, untyped
            await asyncio.wait(tasks, timeout=2 * self._patience)
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    @property
    def _patience(self) -> float:
        return self._timing.decision + self._timing.send

    async def _keep_running(self, name: str) -> None:
        while not self._stopping:
            self._workers[name] = worker = self._new_worker(name)
            try:
                await worker.run()  # type: ignore[no-untyped-call]  # theirs, untyped
            except Exception as error:  # noqa: BLE001 -- a lost connection must not end the work
                log.warning("worker stopped", queue=name, error=type(error).__name__)
            if not self._stopping:
                await asyncio.sleep(_RESTART)

    def _new_worker(self, name: str) -> Worker:
        return Worker(
            self._queue.app,
            queues=[name],
            name=name,
            concurrency=self._at_once[name],
            fetch_job_polling_interval=self._timing.poll,
            delete_jobs=DeleteJobCondition.ALWAYS,
            additional_context={WORKERS: self._work},
            install_signal_handlers=False,
            update_heartbeat_interval=self._timing.beat,
            stalled_worker_timeout=10 * self._timing.silence,
            shutdown_graceful_timeout=self._patience,
        )

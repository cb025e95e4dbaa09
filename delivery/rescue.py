"""Gives the jobs of dead workers back, and looks after sends that were broken off.

Procrastinate rescues nothing by itself: a killed worker blocks its conversations for
ever. This loop runs in every worker, beside the queue.
"""

from __future__ import annotations

import anyio
import structlog
from procrastinate.exceptions import ConnectorException

from delivery.outbox import Outbox
from delivery.queue import Queue
from delivery.sending import unsettled
from delivery.timing import Timing

log = structlog.get_logger()


class Rescue:
    """The loop."""

    def __init__(self, queue: Queue, outbox: Outbox, timing: Timing) -> None:
        self._queue = queue
        self._outbox = outbox
        self._timing = timing

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            try:
                await self.look()
            except Exception as error:  # noqa: BLE001 -- the database may be away for a while
                log.warning("rescue failed", error=type(error).__name__)
            await anyio.sleep(self._timing.beat)

    async def look(self) -> int:
        """Give back the jobs of silent workers; return how many there were."""
        manager = self._queue.app.job_manager
        stalled = list(await manager.get_stalled_jobs(seconds_since_heartbeat=self._timing.silence))
        for job in stalled:
            try:
                await manager.retry_job(job)
            except ConnectorException:
                continue  # another worker was faster
        if stalled:
            log.warning("rescued", jobs=len(stalled))
        for conversation in await unsettled(self._outbox, lease=self._timing.lease):
            await self._queue.put_settle(conversation)
        return len(stalled)

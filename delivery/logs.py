"""Logs with an allow-list of fields: never a text, an address or a secret.

Configured before anything else runs; unconfigured, structlog prints whatever it is given.
"""

from __future__ import annotations

import logging
import sys
import traceback
from types import TracebackType

import structlog
from structlog.typing import EventDict, WrappedLogger

ALLOWED = frozenset(
    {"event", "level", "timestamp", "channel", "language", "say", "ms"}
    | {"outcome", "code", "error", "queue", "jobs", "port"}
)
_QUIET = (
    "httpx",
    "httpcore",
    "telegram",
    "twilio",
    "procrastinate",
    "alembic",
    "asyncio",
    "uvicorn",
)


def configure() -> None:
    """Send every log line of this process to standard error, without contents."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            _only_allowed,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.LogfmtRenderer(key_order=["timestamp", "level", "event"]),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_NoContents("%(levelname)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    for name in _QUIET:  # httpx writes whole addresses at INFO, Telegram's with its token
        logging.getLogger(name).setLevel(logging.WARNING)


def _only_allowed(_: WrappedLogger, __: str, fields: EventDict) -> EventDict:
    return {name: value for name, value in fields.items() if name in ALLOWED}


class _NoContents(logging.Formatter):
    """Tells where an exception was raised and its class, not its message: it may quote."""

    def formatException(  # noqa: N802 -- logging's own name
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        frames = traceback.extract_tb(ei[2])[-3:]
        places = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames))
        return f"{ei[0].__name__ if ei[0] else 'no exception'} in {places}"

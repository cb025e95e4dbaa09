"""Logs that cannot hold what a person wrote.

Rasa logs messages, entities and slots, and prints all of them where structlog is not
configured. Here a log line is its level, its logger, its place in the code and the type of
an error; the message itself, which may quote a person, is never formatted.
"""

from __future__ import annotations

import logging
import re
import sys
from types import TracebackType
from typing import Any

import structlog

_EVENT = re.compile(r"[a-z_]+(\.[a-z_]+)+")  # Rasa's own names of events, such as "processor.slots"


class WordlessFormatter(logging.Formatter):
    """Writes where a line comes from and never what it says."""

    def format(self, record: logging.LogRecord) -> str:
        """Return level, logger, module, line and the type of the error, if there is one."""
        where = f"{record.levelname} {record.name} {record.module}:{record.lineno}"
        error = record.exc_info[0] if record.exc_info else None
        return f"{where} {error.__name__}" if error else where


def configure() -> None:
    """Silence every library of this process, for good. Must run before Rasa is imported."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(WordlessFormatter())
    logging.basicConfig(handlers=[handler], level=logging.ERROR, force=True)
    logging.captureWarnings(capture=True)
    structlog.configure(
        processors=[_only_the_event],
        wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    sys.excepthook = _excepthook


def _only_the_event(_logger: Any, level: str, event: structlog.types.EventDict) -> str:
    """Return the name of an event without its values. Raises DropEvent for a sentence."""
    name = str(event.get("event", ""))
    if not _EVENT.fullmatch(name):
        raise structlog.DropEvent
    return f"{level.upper()} {name}"


def _excepthook(
    error: type[BaseException], value: BaseException, traceback: TracebackType | None
) -> None:
    """Write the type and the place of an error that nobody caught, not its message."""
    while traceback is not None and traceback.tb_next is not None:
        traceback = traceback.tb_next
    code = traceback.tb_frame.f_code if traceback else None
    place = f" in {code.co_filename}:{traceback.tb_lineno}" if code and traceback else ""
    sys.stderr.write(f"{error.__name__}{place}\n")

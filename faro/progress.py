"""What a person who waits is told: always on standard error, so that answers stay alone."""

from __future__ import annotations

import sys


def tell(line: str) -> None:
    """Write one line of progress to standard error."""
    print(line, file=sys.stderr, flush=True)

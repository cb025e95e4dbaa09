"""What a person who waits is told: on standard error, since standard output is the answers'."""

from __future__ import annotations

import sys


def tell(line: str) -> None:
    """Write one line of progress to standard error."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()

"""``faro up``: the whole of Faro, until it is stopped."""

from __future__ import annotations

from faro.interrupts import run
from faro.up import up


def command() -> None:
    """Start the database, the enclave and the gateway, and keep them running.

    Prints the addresses when it is ready. Ctrl-C stops everything.
    """
    run(up())

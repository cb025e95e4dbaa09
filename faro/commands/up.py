"""``faro up``: the whole of Faro, until it is stopped."""

from __future__ import annotations

from typing import Annotated

import typer

from faro.interrupts import run
from faro.up import up


def command(
    *,
    demo: Annotated[
        bool, typer.Option("--demo", help="Try-out mode: accounts in the console, with one code.")
    ] = False,
) -> None:
    """Start the database, the enclave, the gateway and the console, and keep them running.

    Prints the addresses when it is ready. Ctrl-C stops everything.

    With --demo (or FARO_DEMO=1) the console has a try-out account for each role; the code for
    them is printed. It is refused where PUBLIC_URL is not this machine.
    """
    run(up(demo=demo))

"""``faro what-we-keep``: every field that somebody who seizes the server would find."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from faro.kept import PAGE, kept_page


def command(
    *,
    write: Annotated[
        bool, typer.Option("--write", help="Into docs/what-we-keep.md instead.")
    ] = False,
) -> None:
    """Print every field of both databases, how it is protected and how long it is kept."""
    if write:
        PAGE.write_text(kept_page(), encoding="utf-8")
    else:
        sys.stdout.write(kept_page())

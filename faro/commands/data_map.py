"""``faro data-map``: tells who can see what, by channel, role and store."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from faro.data_map import DATA_MAP, data_map, read_visibility


def command(
    *,
    write: Annotated[bool, typer.Option("--write", help="Into docs/data-map.md instead.")] = False,
) -> None:
    """Print who can see what: people, companies, who holds the phone, a backup, the server."""
    text = data_map(read_visibility())
    if write:
        DATA_MAP.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)

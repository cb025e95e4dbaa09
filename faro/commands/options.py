"""Options that several commands have."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from delivery.capabilities import CAPABILITIES

_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")  # BCP 47, as far as we use it


def _known_channel(written: str) -> str:
    if written not in CAPABILITIES:
        raise typer.BadParameter(f"there is no such channel; there are {', '.join(CAPABILITIES)}")
    return written


def _tag(written: str | None) -> str | None:
    if written is not None and not _TAG.fullmatch(written):
        raise typer.BadParameter("not a language tag such as es")
    return written


Channel = Annotated[
    str,
    typer.Option(callback=_known_channel, help=f"Answer as on one of: {', '.join(CAPABILITIES)}."),
]
Language = Annotated[
    str | None,
    typer.Option(callback=_tag, help="The language that the channel hints at, such as es."),
]


def is_language_tag(written: str) -> bool:
    """Return whether ``written`` looks like a language tag."""
    return _TAG.fullmatch(written) is not None

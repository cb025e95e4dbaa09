"""Jinja's environment: everything escaped, nothing undefined, texts in the reader's language."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from console import translation
from console.dates import day, moment

STATIC = Path(__file__).with_name("static")
_TEMPLATES = Path(__file__).with_name("templates")


def build_templates() -> Environment:
    """Return the environment that renders every page."""
    made = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_callables(  # type: ignore[attr-defined]  # added by the extension
        translation._, translation.ngettext, newstyle=True
    )
    made.globals.update(static=static_address, languages=translation.available)
    made.filters.update(day=day, moment=moment)
    return made


@cache
def static_address(name: str) -> str:
    """Return the address of a file in ``static``, which changes with its content."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()
    return f"/static/{name}?{digest[:12]}"

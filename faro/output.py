"""Standard output: JSON, one object a line, seen at once by whoever reads it."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping


def write_record(record: Mapping[str, object]) -> None:
    """Write one line of JSON. Letters stay letters."""
    print(json.dumps(record, ensure_ascii=False), flush=True)


def use_utf8() -> None:
    """Let both outputs speak UTF-8 whatever the locale says, and never fail on a character."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")

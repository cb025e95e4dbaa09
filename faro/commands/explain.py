"""``faro explain``: why a message is understood as it is."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Mapping
from typing import Annotated, Any

import typer

from faro.door import DoorClient
from faro.interrupts import run
from faro.running import running_enclave

_INDENT = "  "
_WIDTH = 100  # columns


def command(
    text: Annotated[str, typer.Argument(help="What a person says.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead.")] = False,
) -> None:
    """Say why a message is understood as it is: language, concepts, what spoke for each intent."""
    run(_explain(text, as_json=as_json))


async def _explain(text: str, *, as_json: bool) -> int:
    async with running_enclave() as door:
        client = DoorClient(door)
        try:
            reasons = await client.explain(text)
        finally:
            await client.aclose()
    reasons.pop("version", None)
    if as_json:
        print(json.dumps(reasons, ensure_ascii=False, indent=2))
    else:
        print("\n".join(readable(reasons)))
    return 0


def readable(reasons: Mapping[str, Any], depth: int = 0) -> Iterator[str]:
    """Yield the lines of a JSON object as a person reads them: a name a line, parts indented."""
    for name, part in reasons.items():
        title = _INDENT * depth + (name if depth else name.replace("_", " ").capitalize())
        if isinstance(part, dict) and not _is_flat(part):
            yield f"{title}:"
            yield from readable(part, depth + 1)
        else:
            yield from _wrapped(f"{title}: {_in_line(part)}", depth)


def _is_flat(part: Mapping[str, Any]) -> bool:
    return not any(isinstance(value, (dict, list)) for value in part.values())


def _wrapped(line: str, depth: int) -> list[str]:
    below = _INDENT * (depth + 1)
    return textwrap.wrap(line, _WIDTH, subsequent_indent=below, break_long_words=False)


def _in_line(value: Any) -> str:
    if isinstance(value, dict):
        return _pair(value) if len(value) == 2 else _fields(value)  # noqa: PLR2004 -- a pair
    if isinstance(value, list):
        return "; ".join(_in_line(part) for part in value) or "nothing"
    if value is None:
        return "none"
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def _pair(value: Mapping[str, Any]) -> str:
    # Such as {"intent": …, "confidence": …}: what they are is plain from where they stand.
    return " ".join(_in_line(part) for part in value.values())


def _fields(value: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} {_in_line(part)}" for name, part in value.items()) or "nothing"

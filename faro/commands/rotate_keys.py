"""``faro rotate-keys``: a new sealing key, and the end of the old ones."""

from __future__ import annotations

import os
from pathlib import Path

from delivery.database import open_engine
from faro.errors import FaroError
from faro.interrupts import run
from faro.keys import keys_in
from faro.root import VAR
from faro.rotating import Rotated, rotate, wrap_with_first
from faro.running import running_conversations

_SETTING = "FARO_SEAL_KEYS"


def command() -> None:
    """Put a new key first on the ring and wrap the key of every conversation with it.

    Keys that wrap nothing any more go. What runs goes on and needs no restart. With
    FARO_SEAL_KEYS of your own, put a new key in front and restart first; this wraps with it
    and says which of the others can go.
    """
    run(_rotate())


async def _rotate() -> int:
    theirs = _written_by_operator()
    file = None if theirs else Path(keys_in(VAR / "secrets", os.environ)[f"{_SETTING}_FILE"])
    async with running_conversations() as (url, keys_url):
        engine, keys_engine = open_engine(url), open_engine(keys_url)
        try:
            if file is not None:
                done = await rotate(engine, keys_engine, file)
            else:
                done = await wrap_with_first(engine, keys_engine, theirs)
        finally:
            await engine.dispose()
            await keys_engine.dispose()
    _tell(done, ours=file is not None)
    return 0


def _tell(done: Rotated, *, ours: bool) -> None:
    print(f"Key {done.current} seals; {done.wrapped} values were sealed with it anew.")
    if done.dropped:
        gone = "were taken off the ring" if ours else f"can be taken out of {_SETTING}"
        print(f"Without use: {', '.join(done.dropped)}; they {gone}.")
    if done.still:
        print(
            f"Still needed: {', '.join(done.still)}; what they sealed does not open with another."
        )


def _written_by_operator() -> str:
    if value := os.environ.get(_SETTING, "").strip():
        return value
    if not (file := os.environ.get(f"{_SETTING}_FILE", "").strip()):
        return ""
    try:
        return Path(file).read_text(encoding="utf-8")
    except OSError:
        raise FaroError(
            f"{_SETTING}_FILE names a file that cannot be read", "Correct the setting"
        ) from None

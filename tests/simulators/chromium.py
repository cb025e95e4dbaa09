"""Debian's Chromium, kept from calling anybody."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright

CHROMIUM = Path("/usr/bin/chromium")
# Nothing that a browser does on its own may leave this machine.
_ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
)  # fmt: skip


def required_chromium() -> Path:
    """Return where it is; skip the test where it is missing, or fail where it is required."""
    if not CHROMIUM.exists():
        missing = f"{CHROMIUM} is missing: apt-get install chromium"
        if os.environ.get("FARO_REQUIRE_BROWSER") == "1":
            pytest.fail(missing)
        pytest.skip(missing)
    return CHROMIUM


@asynccontextmanager
async def launched(chromium: Path) -> AsyncIterator[Browser]:
    """Give a running browser."""
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=chromium, args=_ARGUMENTS)
        yield started
        await started.close()

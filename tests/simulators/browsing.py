"""A browser for the whole run, for all tests that look at pages."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser
from simulators.chromium import launched, required_chromium


@pytest.fixture(scope="session")
def chromium() -> Path:
    """Debian's chromium; without it the tests of pages are skipped, unless they are required."""
    return required_chromium()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(chromium: Path) -> AsyncIterator[Browser]:
    async with launched(chromium) as started:
        yield started

"""PDF from a page, by a Chromium that is on this machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

from faro.errors import FaroError

_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome", "microsoft-edge", "brave")
_PATIENCE = 120  # seconds for one document on a slow machine
_QUIET = (
    "--headless", "--disable-gpu", "--no-first-run", "--disable-sync", "--disable-extensions",
    "--disable-background-networking", "--disable-component-update", "--hide-scrollbars",
    "--no-pdf-header-footer", "--disable-pdf-tagging",
)  # fmt: skip


def browser() -> str | None:
    """Return the path of a browser that can print, or None."""
    return next((path for name in _NAMES if (path := shutil.which(name))), None)


def print_pdf(html: Path, pdf: Path, program: str) -> None:
    """Write a page as PDF, in the size and with the breaks that the page itself asks for.

    Args:
        html: The page; it loads nothing.
        pdf: Where to write; replaced once the PDF is whole.
        program: Path of a Chromium.

    Raises:
        FaroError: The browser does not print.
    """
    with tempfile.TemporaryDirectory(prefix="faro-print-") as folder:
        made = Path(folder) / "page.pdf"
        # Chromium's sandbox cannot start as root; the page is ours and loads nothing.
        sandbox = ("--no-sandbox",) if os.geteuid() == 0 else ()
        command = [program, *_QUIET, *sandbox, f"--user-data-dir={folder}/profile"]
        command += [f"--print-to-pdf={made}", html.absolute().as_uri()]
        with suppress(OSError, subprocess.TimeoutExpired):
            subprocess.run(command, capture_output=True, check=False, timeout=_PATIENCE)
        if not made.exists() or not made.read_bytes().startswith(b"%PDF"):
            raise FaroError(
                f"{program} did not print the page",
                f"Open {html} in a browser and print it to PDF there",
            )
        shutil.move(made, pdf)

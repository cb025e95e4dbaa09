"""Settings of the console, read once from the environment by ``python -m console``.

Every one may also stand in a file that ``<NAME>_FILE`` names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from delivery.setting_reader import SettingError, SettingReader

ROOT = Path(__file__).resolve().parents[1]
DEFAULT_PORT = 8001
_TILE = ("{z}", "{x}", "{y}")
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True)
class Settings:
    """Everything the console is told.

    Attributes:
        database_url: Address of PostgreSQL.
        url: Address that browsers call the console by, without a slash at its end.
        port: Where we listen on 127.0.0.1.
        signing_key: All other keys of the console are derived from it, 32 bytes.
        tiles_url: Where the map of coverage takes its tiles from, such as
            ``https://tiles.example.org/{z}/{x}/{y}.png``; None: outlines only.
        smtp_url: Server that takes our mail, such as ``smtps://user:password@mail.example.org``;
            None: nothing is mailed, and pages show the links to copy.
        mail_from: Address that our mail comes from; set where ``smtp_url`` is.
        demo: Try-out mode: a seeded account, and a banner on every page.
        root: The folder with ``data`` and ``var``.
    """

    database_url: str = field(repr=False)
    url: str
    port: int
    signing_key: bytes = field(repr=False)
    demo: bool = False
    tiles_url: str | None = None
    smtp_url: str | None = field(default=None, repr=False)
    mail_from: str | None = None
    root: Path = ROOT

    @property
    def is_secure(self) -> bool:
        """Whether browsers reach us by https, so that cookies may be kept to it."""
        return self.url.startswith("https://")


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Return the settings in an environment. Raises SettingError."""
    read = SettingReader(environ)
    port = read.number("FARO_CONSOLE_PORT", DEFAULT_PORT, most=65535)
    url = read.url("FARO_CONSOLE_URL", ("https", "http"), f"http://127.0.0.1:{port}")
    demo = read_demo(environ)
    if demo and not is_loopback(url):
        raise SettingError("FARO_DEMO is for trying out: FARO_CONSOLE_URL must be this machine's")
    return Settings(
        database_url=read.database("DATABASE_URL"),
        url=url.rstrip("/"),
        port=port,
        signing_key=read.base64("FARO_CONSOLE_KEY", 32),
        demo=demo,
        tiles_url=_tiles(read),
        smtp_url=_smtp(read),
        mail_from=read.required("CONSOLE_MAIL_FROM") if read.optional("SMTP_URL") else None,
    )


def _smtp(read: SettingReader) -> str | None:
    """Return the address of the mail server. Raises SettingError: it is none."""
    if read.optional("SMTP_URL") is None:
        return None
    url = read.url("SMTP_URL", ("smtps", "smtp"))
    if not urlsplit(url).hostname:
        raise SettingError("SMTP_URL is not written smtps://user:password@host")
    return url


def _tiles(read: SettingReader) -> str | None:
    """Return the address of tiles. Raises SettingError: it is none, or not by https."""
    url = read.optional("FARO_CONSOLE_TILES_URL")
    if url and (not url.startswith("https://") or any(part not in url for part in _TILE)):
        raise SettingError("FARO_CONSOLE_TILES_URL is not like https://…/{z}/{x}/{y}.png")
    return url or None


def read_demo(environ: Mapping[str, str]) -> bool:
    """Return whether the try-out account is wanted. Raises SettingError.

    It is refused where strangers may reach us: its name and its code are known to everybody.
    """
    read = SettingReader(environ)
    wanted = read.optional("FARO_DEMO") or "0"
    if wanted not in {"0", "1"}:
        raise SettingError("FARO_DEMO is neither 0 nor 1")
    public = read.optional("PUBLIC_URL")
    if wanted == "1" and public and not is_loopback(public):
        raise SettingError("FARO_DEMO is for trying out: PUBLIC_URL must be this machine's")
    return wanted == "1"


def is_loopback(url: str) -> bool:
    """Return whether an address leads to this machine only."""
    return urlsplit(url).hostname in _LOOPBACK

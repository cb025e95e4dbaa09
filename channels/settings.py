"""Settings of the gateway, read once from the environment by ``python -m channels``.

Every one may also stand in a file that ``<NAME>_FILE`` names.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.exc import ArgumentError

from delivery.database import database_url
from delivery.ring_file import RingFile
from delivery.seal import KeyRing, SealError, read_key_ring

_TEMPLATE = re.compile(r"HX[0-9a-fA-F]{32}")
_MOST_TEMPLATES = 3  # buttons of a WhatsApp message
_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")  # Telegram's own alphabet for its secret


class SettingError(Exception):
    """A setting is missing or wrong. The message names it and never shows its value."""


@dataclass(frozen=True)
class TelegramSettings:
    """One bot.

    Attributes:
        token: Of the bot, from BotFather.
        secret: What Telegram sends with each update; None means long polling.
        api_url: Where the Bot API is; another one only in tests.
    """

    token: str = field(repr=False)
    secret: str | None = field(repr=False)
    api_url: str = "https://api.telegram.org"


@dataclass(frozen=True)
class TwilioSettings:
    """One account.

    Attributes:
        account: SID of the account.
        token: Its auth token; also signs what Twilio sends us.
        sms: Our number, E.164, or None without SMS.
        whatsapp: Our number, E.164, or None without WhatsApp.
        quick_replies: ContentSids of templates with one, two and three buttons, in order.
        api_url: Where the API is; another one only in tests.
        discards: Twilio is asked not to keep what we send; only some accounts may.
    """

    account: str = field(repr=False)
    token: str = field(repr=False)
    sms: str | None = None
    whatsapp: str | None = None
    quick_replies: tuple[str, ...] = ()
    api_url: str = "https://api.twilio.com"
    discards: bool = False


@dataclass(frozen=True)
class Settings:
    """Everything the gateway is told.

    Attributes:
        database_url: Address of PostgreSQL.
        keys_database_url: Address of the second database, with the keys of conversations.
        public_url: Address that providers and browsers call, without a slash at its end.
        port: Where we listen on 127.0.0.1.
        door_url: Loopback address of the enclave's door.
        door_token: Shared secret between gateway and enclave.
        keys: Wraps the keys of conversations.
        pseudonym_key: Names conversations, 32 bytes.
        exit_url: Where the web chat's exit button leads: a page that tells nothing.
        idle_days: Days after which a silent conversation is forgotten.
        telegram: None without Telegram.
        twilio: None without Twilio.
    """

    database_url: str = field(repr=False)
    keys_database_url: str = field(repr=False)
    public_url: str
    port: int
    door_url: str
    door_token: str = field(repr=False)
    keys: KeyRing
    pseudonym_key: bytes = field(repr=False)
    exit_url: str = "https://www.wikipedia.org/"
    idle_days: float = 30.0
    telegram: TelegramSettings | None = None
    twilio: TwilioSettings | None = None


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Return the settings in an environment. Raises SettingError."""
    read = _Reader(environ)
    port = read.number("FARO_PORT", 8000, most=65535)
    door_port = read.number("FARO_DOOR_PORT", 5005, most=65535)
    return Settings(
        database_url=read.database("DATABASE_URL"),
        keys_database_url=_keys_database(read),
        public_url=read.url("PUBLIC_URL", ("https", "http"), f"http://127.0.0.1:{port}").rstrip(
            "/"
        ),
        port=port,
        door_url=f"http://127.0.0.1:{door_port}",
        door_token=read.header("FARO_DOOR_TOKEN"),
        keys=read.keys("FARO_SEAL_KEYS"),
        pseudonym_key=read.base64("FARO_PSEUDONYM_KEY", 32),
        exit_url=read.url("FARO_EXIT_URL", ("https",), "https://www.wikipedia.org/"),
        idle_days=read.number("IDLE_DAYS", 30, most=31),
        telegram=_telegram(read),
        twilio=_twilio(read),
    )


def _keys_database(read: _Reader) -> str:
    value = read.database("KEYS_DATABASE_URL")
    if database_url(value) == database_url(read.database("DATABASE_URL")):
        raise SettingError("KEYS_DATABASE_URL names the same database as DATABASE_URL")
    return value


def read_pseudonym_key(environ: Mapping[str, str]) -> bytes:
    """Return the key that names conversations. Raises SettingError."""
    return _Reader(environ).base64("FARO_PSEUDONYM_KEY", 32)


def _telegram(read: _Reader) -> TelegramSettings | None:
    token = read.optional("TELEGRAM_TOKEN")
    if token is None:
        return None
    if not re.fullmatch(r"\d{3,20}:[A-Za-z0-9_-]{20,80}", token):
        raise SettingError("TELEGRAM_TOKEN is not the token of a bot")
    secret = read.optional("TELEGRAM_SECRET")
    if secret is not None and not _SECRET.fullmatch(secret):
        raise SettingError("TELEGRAM_SECRET must be 16 to 256 of A-Z a-z 0-9 _ -")
    url = read.url("TELEGRAM_API_URL", ("https", "http"), TelegramSettings.api_url)
    return TelegramSettings(token, secret, url.rstrip("/"))


def _twilio(read: _Reader) -> TwilioSettings | None:
    account = read.optional("TWILIO_ACCOUNT_SID")
    if account is None:
        return None
    if not re.fullmatch(r"AC[0-9a-fA-F]{32}", account):
        raise SettingError("TWILIO_ACCOUNT_SID is not the SID of an account")
    url = read.url("TWILIO_API_URL", ("https", "http"), TwilioSettings.api_url)
    templates = [sid.strip() for sid in (read.optional("TWILIO_QUICK_REPLIES") or "").split(",")]
    templates = [sid for sid in templates if sid]
    if len(templates) > _MOST_TEMPLATES or not all(map(_TEMPLATE.fullmatch, templates)):
        raise SettingError("TWILIO_QUICK_REPLIES is not one to three ContentSids with commas")
    retention = read.optional("TWILIO_CONTENT_RETENTION") or "retain"
    if retention not in {"retain", "discard"}:
        raise SettingError("TWILIO_CONTENT_RETENTION is neither retain nor discard")
    return TwilioSettings(
        account,
        read.required("TWILIO_AUTH_TOKEN"),
        read.phone("TWILIO_SMS_NUMBER"),
        read.phone("TWILIO_WHATSAPP_NUMBER"),
        tuple(templates),
        url.rstrip("/"),
        retention == "discard",
    )


class _Reader:
    """Reads single settings. Its errors name the setting and nothing else."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ

    def optional(self, name: str) -> str | None:
        """Return a setting, or None when neither it nor its file is named."""
        if value := self._environ.get(name, "").strip():
            return value
        if not (file := self._environ.get(f"{name}_FILE", "").strip()):
            return None
        try:
            return Path(file).read_text(encoding="utf-8").strip() or None
        except (OSError, UnicodeDecodeError) as error:
            raise SettingError(f"{name}_FILE names a file that cannot be read") from error

    def required(self, name: str) -> str:
        """Return a setting. Raises SettingError: it is not set."""
        value = self.optional(name)
        if value is None:
            raise SettingError(f"{name} is not set (nor is {name}_FILE)")
        return value

    def number(self, name: str, default: int, *, most: int) -> int:
        """Return a whole number from 1 to ``most``."""
        value = self.optional(name) or str(default)
        if not value.isascii() or not value.isdigit() or not 1 <= int(value) <= most:
            raise SettingError(f"{name} is not a whole number from 1 to {most}")
        return int(value)

    def url(self, name: str, schemes: tuple[str, ...], default: str | None = None) -> str:
        """Return an address with one of the schemes."""
        value = self.optional(name) or default or self.required(name)
        if value.partition("://")[0] not in {*schemes, *(f"{s}+psycopg" for s in schemes)}:
            raise SettingError(f"{name} is not an address that begins with {' or '.join(schemes)}")
        return value

    def database(self, name: str) -> str:
        """Return the address of a PostgreSQL server."""
        value = self.url(name, ("postgresql", "postgres"))
        try:
            database_url(value)
        except (ArgumentError, ValueError):
            raise SettingError(f"{name} is not written postgresql://user@host/name") from None
        return value

    def header(self, name: str) -> str:
        """Return a secret that can stand in a header: visible ASCII."""
        value = self.required(name)
        if not re.fullmatch(r"[!-~]+", value):
            raise SettingError(f"{name} holds other characters than letters, digits and signs")
        return value

    def phone(self, name: str) -> str | None:
        """Return a number in E.164, or None."""
        value = self.optional(name)
        if value is not None and not re.fullmatch(r"\+[1-9]\d{5,14}", value):
            raise SettingError(f"{name} is not a number like +50370000000")
        return value

    def base64(self, name: str, length: int) -> bytes:
        """Return at least ``length`` bytes."""
        try:
            value = base64.b64decode(self.required(name), validate=True)
        except (binascii.Error, ValueError):
            raise SettingError(f"{name} is not base64") from None
        if len(value) < length:
            raise SettingError(f"{name} is shorter than {length} bytes")
        return value

    def keys(self, name: str) -> KeyRing:
        """Return the ring of sealing keys; one in a file follows its file."""
        file = self._environ.get(f"{name}_FILE", "").strip()
        try:
            if file and not self._environ.get(name, "").strip():
                self.required(name)
                return RingFile(Path(file))
            return read_key_ring(self.required(name))
        except SealError as error:
            raise SettingError(f"{name}: {error}") from None

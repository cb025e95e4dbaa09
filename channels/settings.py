"""Settings of the gateway, read once from the environment by ``python -m channels``.

Every one may also stand in a file that ``<NAME>_FILE`` names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from delivery.database import database_url
from delivery.seal import KeyRing
from delivery.setting_reader import SettingError, SettingReader

_TEMPLATE = re.compile(r"HX[0-9a-fA-F]{32}")
_MOST_TEMPLATES = 3  # buttons of a WhatsApp message
_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")  # Telegram's own alphabet for its secret


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
        require_review: Say only what a person has reviewed, see content.held_back.
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
    require_review: bool = False
    telegram: TelegramSettings | None = None
    twilio: TwilioSettings | None = None


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Return the settings in an environment. Raises SettingError."""
    read = SettingReader(environ)
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
        require_review=read_require_review(environ),
        telegram=_telegram(read),
        twilio=_twilio(read),
    )


def _keys_database(read: SettingReader) -> str:
    value = read.database("KEYS_DATABASE_URL")
    if database_url(value) == database_url(read.database("DATABASE_URL")):
        raise SettingError("KEYS_DATABASE_URL names the same database as DATABASE_URL")
    return value


def read_require_review(environ: Mapping[str, str]) -> bool:
    """Return whether only reviewed messages are said. Raises SettingError."""
    value = SettingReader(environ).optional("REQUIRE_REVIEW") or "0"
    if value not in {"0", "1"}:
        raise SettingError("REQUIRE_REVIEW is neither 0 nor 1")
    return value == "1"


def read_pseudonym_key(environ: Mapping[str, str]) -> bytes:
    """Return the key that names conversations. Raises SettingError."""
    return SettingReader(environ).base64("FARO_PSEUDONYM_KEY", 32)


def _telegram(read: SettingReader) -> TelegramSettings | None:
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


def _twilio(read: SettingReader) -> TwilioSettings | None:
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

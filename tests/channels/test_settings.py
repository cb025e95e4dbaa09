"""A missing or wrong setting is named; its value is never shown."""

from __future__ import annotations

import pytest
from simulators.faro import KEYS, PSEUDONYM_KEY

from channels.settings import read_settings
from delivery.setting_reader import SettingError

GOOD = {
    "DATABASE_URL": "postgresql://postgres@/faro?host=/tmp/x",
    "KEYS_DATABASE_URL": "postgresql://postgres@/keys?host=/tmp/x",
    "FARO_DOOR_TOKEN": "t" * 30,
    "FARO_SEAL_KEYS": KEYS,
    "FARO_PSEUDONYM_KEY": PSEUDONYM_KEY,
}
TWILIO = {"TWILIO_ACCOUNT_SID": "AC" + "0" * 32, "TWILIO_AUTH_TOKEN": "a"}


def test_the_needed_settings_are_enough():
    settings = read_settings(GOOD)
    assert settings.public_url == "http://127.0.0.1:8000"
    assert settings.telegram is None
    assert settings.twilio is None


def test_a_secret_may_stand_in_a_file(tmp_path):
    file = tmp_path / "token"
    file.write_text("from-a-file\n")
    environ = {**GOOD, "FARO_DOOR_TOKEN": "", "FARO_DOOR_TOKEN_FILE": str(file)}
    assert read_settings(environ).door_token == "from-a-file"


@pytest.mark.parametrize("name", GOOD)
def test_a_missing_setting_is_named(name):
    with pytest.raises(SettingError, match=name):
        read_settings({**GOOD, name: ""})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "sqlite:///secret-value"),
        ("DATABASE_URL", "postgresql://u:secret-value@host:notaport/db"),
        ("KEYS_DATABASE_URL", "mysql://secret-value"),
        ("KEYS_DATABASE_URL", GOOD["DATABASE_URL"]),
        ("FARO_DOOR_TOKEN", "ñ-secret-value"),
        ("FARO_DOOR_TOKEN", "secret-value\n2"),
        ("PUBLIC_URL", "secret-value"),
        ("FARO_PORT", "secret-value"),
        ("FARO_PORT", "0"),
        ("FARO_PORT", "70000"),
        ("FARO_DOOR_PORT", "٣"),
        ("FARO_SEAL_KEYS", "k:secret-value"),
        ("FARO_PSEUDONYM_KEY", "secret-value"),
        ("FARO_PSEUDONYM_KEY", "c2hvcnQ="),
        ("FARO_EXIT_URL", "javascript:secret-value"),
        ("IDLE_DAYS", "-1"),
        ("TELEGRAM_TOKEN", "secret-value"),
        ("TWILIO_ACCOUNT_SID", "secret-value"),
        ("FARO_DOOR_TOKEN_FILE", "/nowhere/secret-value"),
    ],
)
def test_a_wrong_setting_is_named_and_not_shown(name, value):
    environ = {**GOOD, name: value}
    if name.endswith("_FILE"):
        environ.pop(name.removesuffix("_FILE"))
    with pytest.raises(SettingError, match=name) as refused:
        read_settings(environ)
    assert "secret-value" not in str(refused.value)


def test_twilio_needs_its_token_and_real_numbers():
    with pytest.raises(SettingError, match="TWILIO_AUTH_TOKEN"):
        read_settings({**GOOD, **TWILIO, "TWILIO_AUTH_TOKEN": ""})
    with pytest.raises(SettingError, match="TWILIO_SMS_NUMBER"):
        read_settings({**GOOD, **TWILIO, "TWILIO_SMS_NUMBER": "5551234"})
    for templates in ("secret-value", ",".join(["HX" + "0" * 32] * 4)):
        with pytest.raises(SettingError, match="TWILIO_QUICK_REPLIES") as refused:
            read_settings({**GOOD, **TWILIO, "TWILIO_QUICK_REPLIES": templates})
        assert templates not in str(refused.value)
    with pytest.raises(SettingError, match="TELEGRAM_SECRET"):
        read_settings({**GOOD, "TELEGRAM_TOKEN": "12345:" + "A" * 35, "TELEGRAM_SECRET": "short"})


@pytest.mark.parametrize(
    ("written", "discards"), [("", False), ("retain", False), ("discard", True)]
)
def test_twilio_discards_only_where_it_is_said(written, discards):
    settings = read_settings({**GOOD, **TWILIO, "TWILIO_CONTENT_RETENTION": written})
    assert settings.twilio is not None
    assert settings.twilio.discards is discards


def test_twilio_can_only_keep_or_discard():
    with pytest.raises(SettingError, match="TWILIO_CONTENT_RETENTION"):
        read_settings({**GOOD, **TWILIO, "TWILIO_CONTENT_RETENTION": "sometimes"})

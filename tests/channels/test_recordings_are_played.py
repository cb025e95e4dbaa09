"""What is read aloud reaches whoever can play it, and nothing else of our files does."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from channels import recordings
from channels.recordings import Recordings
from channels.settings import TelegramSettings, TwilioSettings
from channels.telegram.adapter import Telegram
from channels.twilio.adapter import TwilioWhatsApp
from content.reply import Choice, Reply
from delivery.channel import Sending
from delivery.envelope import Outgoing
from delivery.errors import Outcome, SendError
from delivery.fitting import LISTEN, SMS, Capabilities, fit

SOUND = b"OggS" + bytes(60)
SENDING = Sending(1, datetime(2026, 11, 22, tzinfo=UTC))
HEARD = Outgoing(LISTEN, language="es", recording="es/danger.again.ogg")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "es").mkdir()
    (tmp_path / "es" / "danger.again.ogg").write_bytes(SOUND)
    (tmp_path / "es.yml").write_text("danger.again: not yet\n", "utf-8")
    monkeypatch.setattr(recordings, "FOLDER", tmp_path)
    return tmp_path


def test_a_recording_comes_before_the_last_message_and_never_by_sms():
    reply = Reply("es", ("Llame.", "Aquí."), (Choice("more", "Más"),), ("a", "b"), ("es/x.ogg",))
    told = fit(reply, Capabilities(4096, buttons=3), offered_in=1)
    assert [message.recording for message in told] == [None, "es/x.ogg", None]
    assert told[-1].buttons
    assert all(message.recording is None for message in fit(reply, SMS, offered_in=1))


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("es/danger.again.ogg", 200),
        ("es/nothing.ogg", 404),
        ("es.yml", 404),
        ("../es.yml", 404),
        ("%2e%2e/%2e%2e/etc/passwd", 404),
    ],
)
async def test_only_recordings_are_served(path, status):
    transport = httpx.ASGITransport(app=Starlette(routes=[recordings.route(Recordings())]))
    async with httpx.AsyncClient(transport=transport, base_url="http://faro") as client:
        answer = await client.get(f"/recordings/{path}")
    assert answer.status_code == status
    if status == 200:
        assert answer.content == SOUND
        assert answer.headers["content-type"] == "audio/ogg"


def test_whatsapp_is_told_where_to_fetch_it():
    settings = TwilioSettings(account="AC1", token="t", sms=None, whatsapp="+15005550006")
    channel = TwilioWhatsApp(settings, number="+15005550006", public_url="https://faro.example")
    assert channel._content(HEARD) == {
        "body": LISTEN,
        "media_url": ["https://faro.example/recordings/es/danger.again.ogg"],
    }


class Bot:
    """Takes voice notes as Telegram does."""

    def __init__(self) -> None:
        self.voices: list[tuple[int, bytes, str]] = []

    async def send_voice(self, chat: int, voice: bytes, *, caption: str, **shown: Any) -> Any:
        self.shown = shown
        self.voices.append((chat, voice, caption))
        return type("Sent", (), {"message_id": 7})


async def test_telegram_gets_it_as_a_voice_note():
    channel = Telegram(TelegramSettings(token="1:t", secret=None))
    channel.bot = bot = Bot()
    assert await channel.send("777", HEARD, SENDING) == "777:7"
    assert bot.voices == [(777, SOUND, LISTEN)]
    assert bot.shown == {"caption_entities": None, "disable_notification": False}


async def test_on_a_shared_telephone_it_comes_without_a_sound_and_hides_its_line():
    channel = Telegram(TelegramSettings(token="1:t", secret=None))
    channel.bot = bot = Bot()
    await channel.send("777", replace(HEARD, discreet=True), SENDING)
    (hidden,) = bot.shown["caption_entities"]
    units = len(LISTEN.encode("utf-16-le")) // 2
    assert (hidden.type, hidden.offset, hidden.length) == ("spoiler", 0, units)
    assert bot.shown["disable_notification"] is True


async def test_a_recording_that_is_gone_holds_up_nothing():
    channel = Telegram(TelegramSettings(token="1:t", secret=None))
    channel.bot = Bot()
    with pytest.raises(SendError) as error:
        await channel.send("777", Outgoing(LISTEN, recording="es/gone.ogg"), SENDING)
    assert error.value.outcome is Outcome.REJECTED

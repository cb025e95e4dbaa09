"""An operator can have somebody forgotten, without their address standing anywhere."""

from __future__ import annotations

import asyncio
import io
from contextlib import asynccontextmanager

import pytest
import typer
from simulators.faro import PSEUDONYM_KEY, SHORT, running_faro, until
from simulators.keys_database import keys_database_of
from simulators.rows import counted, everything
from simulators.telegram import text_update

from faro.commands import erase
from faro.errors import FaroError

PERSON = "+50370000001"
SMS = {"MessageSid": "SM1", "From": PERSON, "To": "+15005550006", "Body": "hola"}


@pytest.fixture
def conversations(database_url, monkeypatch):
    """Three people who have been answered; and the command finds their database."""

    async def talk():
        async with running_faro(database_url) as faro:
            await faro.twilio_post(SMS)
            whatsapp = {**SMS, "MessageSid": "SM2", "From": f"whatsapp:{PERSON}"}
            await faro.twilio_post(whatsapp, channel="whatsapp")
            await faro.telegram_post(text_update(1, "hola", chat=4711))
            await until(lambda: len(faro.twilio.sent) == 2 and faro.telegram.sent)
            await until(lambda: counted(database_url, "procrastinate_jobs") == 0)

    @asynccontextmanager
    async def running():
        yield database_url, keys_database_of(database_url)

    asyncio.run(talk())
    monkeypatch.setattr(erase, "running_conversations", running)
    monkeypatch.setattr(erase, "keys_in", lambda *_: {})
    monkeypatch.setenv("FARO_PSEUDONYM_KEY", PSEUDONYM_KEY)
    return database_url


def erased(monkeypatch, channel, address):
    """Return the exit code of the command."""
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{address}\n"))
    with pytest.raises(typer.Exit) as left:
        erase.command(channel=channel)
    return left.value.exit_code


def test_one_person_is_forgotten_and_the_others_are_not(conversations, monkeypatch, capsys):
    assert erased(monkeypatch, "sms", "+503 7000-0001") == 0
    said = capsys.readouterr()
    assert "conversations erased: 1" in said.out
    assert "7000" not in said.out + said.err
    assert counted(conversations, "conversation") == 2
    assert len(everything(conversations)["conversation_key"]) == 2


@pytest.mark.parametrize(("channel", "address"), [("whatsapp", PERSON), ("telegram", "4711")])
def test_it_works_for_every_channel_with_addresses(conversations, monkeypatch, channel, address):
    monkeypatch.setattr(erase, "Timing", lambda: SHORT)
    assert erased(monkeypatch, channel, address) == 0
    assert counted(conversations, "conversation") == 2


def test_who_is_not_known_is_told_by_the_exit_code(conversations, monkeypatch, capsys):
    assert erased(monkeypatch, "sms", "+50379999999") == erase.NOTHING_KNOWN
    assert "conversations erased: 0" in capsys.readouterr().out
    assert counted(conversations, "conversation") == 3


@pytest.mark.parametrize(
    ("channel", "address"), [("sms", "somebody"), ("sms", ""), ("telegram", "@name"), ("mail", "x")]
)
def test_what_is_no_address_is_refused_without_repeating_it(monkeypatch, channel, address):
    monkeypatch.setattr("sys.stdin", io.StringIO(address))
    with pytest.raises(FaroError) as refused:
        erase.command(channel=channel)
    assert not address or address not in str(refused.value)


def test_the_address_is_asked_for_at_a_terminal_and_not_shown(monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    asked = []
    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr(erase, "getpass", lambda prompt: asked.append(prompt) or "+5037")
    with pytest.raises(FaroError):
        erase.command(channel="sms")
    assert asked == ["Address (it is not shown): "]

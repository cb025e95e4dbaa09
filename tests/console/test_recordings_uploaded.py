"""A recording is uploaded, listened to, played in chat, and gone when it is withdrawn."""

from __future__ import annotations

import pytest
from saying import every_message, tables
from sqlalchemy import func, select

from channels.recordings import Recordings
from content.live import Live
from content.recordings import MOST_BYTES, fingerprint
from directory import audit
from directory.recording_table import RecordingRow

THANKS = "/wordings/es/messages/thanks.reply"
TEXT = every_message().wording("thanks.reply", "es").text
OGG = b"OggS" + bytes(200)


async def upload(client, sound=OGG, path=THANKS, **changed):
    form = {"seen": fingerprint(TEXT), "voice": "Ana", **changed}
    sent = await client.post(f"{path}/recording", data=form, files={"sound": ("a.ogg", sound)})
    assert sent.status_code == 303
    return (await client.get(sent.headers["location"])).text


async def played(console):
    known = await Live(every_message(), tables(), console.sessions).refreshed()
    return known.tables.recordings.of("thanks.reply", "es")


@pytest.mark.parametrize(
    ("sound", "kind"),
    [
        (OGG, "audio/ogg"),
        (b"ID3" + bytes(200), "audio/mpeg"),
        (b"\0\0\0 ftypM4A " + bytes(200), "audio/mp4"),
    ],
)
async def test_a_recording_is_heard_here_and_in_chat(console, client_as, sound, kind):
    client = await client_as("community_reviewer")
    assert "<audio" in await upload(client, sound)
    heard = await client.get(f"{THANKS}/recording")
    assert (heard.content, heard.headers["content-type"]) == (sound, kind)
    path = await played(console)
    assert await Recordings(console.sessions.kw["bind"]).read(path) == sound


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"sound": b"<html>" + bytes(200)}, "no Ogg, MP3 or M4A"),
        ({"sound": OGG + bytes(MOST_BYTES - 100)}, "no Ogg, MP3 or M4A"),
        ({"voice": ""}, "whose voice"),
        ({"seen": "0" * 12}, "another by now"),
        ({"path": "/wordings/es/messages/ask.city"}, "another by now"),
    ],
)
async def test_what_cannot_be_played_is_not_kept(console, client_as, changed, told):
    assert told in await upload(await client_as("reviewer"), **changed)
    async with console.sessions() as session:
        assert await session.scalar(select(func.count()).select_from(RecordingRow)) == 0


async def test_a_message_that_something_is_filled_into_is_not_recorded(client_as):
    text = every_message().wording("ask.city", "es").text
    path, seen = "/wordings/es/messages/ask.city", fingerprint(text)
    told = await upload(await client_as("reviewer"), path=path, seen=seen)
    assert "cannot be recorded" in told


async def test_far_too_much_is_cut_off(client_as):
    client = await client_as("reviewer")
    files = {"sound": ("a.ogg", OGG + bytes(3 * MOST_BYTES))}
    answer = await client.post(f"{THANKS}/recording", data={"voice": "Ana"}, files=files)
    assert answer.status_code == 413


async def test_a_new_recording_takes_the_place_of_the_one_before(console, client_as):
    client = await client_as("reviewer")
    await upload(client)
    await upload(client, OGG + b"2")
    assert (await client.get(f"{THANKS}/recording")).content == OGG + b"2"
    async with console.sessions() as session:
        sounds = (await session.scalars(select(RecordingRow.sound))).all()
    assert sorted(sound is None for sound in sounds) == [False, True]


async def test_a_withdrawn_recording_is_gone_and_the_audit_knows(console, client_as):
    client = await client_as("reviewer")
    await upload(client)
    path = await played(console)
    await client.post(f"{THANKS}/recording/withdraw")
    assert await played(console) is None
    assert (await client.get(f"{THANKS}/recording")).status_code == 404
    with pytest.raises(FileNotFoundError):
        await Recordings(console.sessions.kw["bind"]).read(path)
    async with console.sessions() as session:
        done = [row.action for row in await audit.entries(session)]
    assert done == ["withdraw recording", "upload recording"]


async def test_an_editor_does_not_upload(client_as):
    client = await client_as("editor", organisation="acme")
    assert (await client.post(f"{THANKS}/recording")).status_code == 403

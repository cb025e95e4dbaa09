"""Forged, oversized, malformed, repeated, odd: refused, ignored or answered, never lost."""

from __future__ import annotations

import asyncio
import json

import psycopg
import pytest
from psycopg import sql
from simulators.faro import CHAT, running_faro, until
from simulators.shared import IN_MODULE_LOOP
from simulators.telegram import text_update

from channels import arriving
from delivery import inbox

pytestmark = IN_MODULE_LOOP
SMS = {"MessageSid": "SM1", "From": "+50370000001", "To": "+15005550006", "Body": "hola"}


def kept(database_url):
    with psycopg.connect(database_url) as connection:
        tables = ("conversation", "inbox", "outbox", "seen", "procrastinate_jobs")
        found = (
            connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(t)))
            for t in tables
        )
        return sum(rows.fetchone()[0] for rows in found)


@pytest.mark.parametrize("secret", [None, "", "wrong", "ñ"])
async def test_a_forged_telegram_update_is_refused_and_nothing_is_kept(faro, secret):
    headers = {} if secret is None else {"X-Telegram-Bot-Api-Secret-Token": secret.encode()}
    answer = await faro.client.post("/webhooks/telegram", json=text_update(1, "x"), headers=headers)
    assert (answer.status_code, answer.content) == (403, b"")
    assert kept(faro.database_url) == 0


@pytest.mark.parametrize("signature", ["", "bm90IHRoZSBzaWduYXR1cmU=", "é"])
async def test_an_unsigned_twilio_request_is_refused_and_nothing_is_kept(faro, signature):
    headers = {"X-Twilio-Signature": signature.encode("latin-1")}
    answer = await faro.client.post("/webhooks/sms", data=SMS, headers=headers)
    assert (answer.status_code, answer.content) == (403, b"")
    assert kept(faro.database_url) == 0


async def test_a_signature_for_another_route_is_refused(faro):
    answer = await faro.twilio_post(SMS, signature="x", path="/status")
    assert answer.status_code == 403


async def test_a_signed_request_passes_whatever_host_it_names(faro):
    faro.client.headers["Host"] = "evil.example"
    assert (await faro.twilio_post(SMS)).status_code == 200


async def test_a_page_of_another_site_cannot_post(faro):
    data = {"conversation": CHAT, "id": "1", "text": "x"}
    plain = await faro.client.post("/webhooks/webchat", data=data)
    cross = await faro.client.post(
        "/webhooks/webchat", json=data, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert (plain.status_code, cross.status_code) == (403, 403)
    assert kept(faro.database_url) == 0


@pytest.mark.parametrize("channel", ["telegram", "sms", "whatsapp", "webchat", "try"])
async def test_more_than_64_kilobytes_are_refused_and_nothing_is_kept(faro, channel):
    whole = await faro.client.post(f"/webhooks/{channel}", content=b"x" * 65537)

    async def chunks():
        for _ in range(20):
            yield b"x" * 8192

    streamed = await faro.client.post(f"/webhooks/{channel}", content=chunks())
    assert (whole.status_code, streamed.status_code) == (413, 413)
    assert kept(faro.database_url) == 0


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b'{"update_id": "x"}', b"[" * 60000, b"\xff\xfe"]
)
async def test_a_malformed_body_is_refused_and_nothing_is_kept(faro, body):
    headers = {"X-Telegram-Bot-Api-Secret-Token": "telegram-secret-for-tests"}
    bot = await faro.client.post("/webhooks/telegram", content=body, headers=headers)
    json_type = {"Content-Type": "application/json"}
    chat = await faro.client.post("/webhooks/webchat", content=body, headers=json_type)
    seen = await faro.client.post("/webchat/webchat/seen", content=body, headers=json_type)
    assert (bot.status_code, chat.status_code, seen.status_code) == (400, 400, 400)
    assert kept(faro.database_url) == 0


@pytest.mark.parametrize(
    "update",
    [
        {"update_id": 1},
        {"update_id": 1, "poll": {"id": "1"}},
        {"update_id": 1, "message": {}},
        {"update_id": 1, "message": {**text_update(1, "x")["message"], "text": 5}},
        {"update_id": 1, "message": {**text_update(1, "x")["message"], "from": None}},
        {"update_id": 1, "callback_query": {"id": "1"}},
        {"update_id": 1, "my_chat_member": {}},
        {"update_id": 1, "something_new": {"a": 1}},
        {
            "update_id": 1,
            "message": {**text_update(1, "x")["message"], "chat": {"id": -5, "type": "group"}},
        },
        {"update_id": 1, "edited_message": text_update(1, "x")["message"]},
    ],
)
async def test_an_update_of_another_kind_is_answered_200_and_ignored(faro, update):
    assert await faro.telegram_post(update) == 200
    assert kept(faro.database_url) == 0


async def test_the_same_update_twice_leads_to_one_reply(faro):
    for _ in range(3):
        assert await faro.telegram_post(text_update(1, "hola")) == 200
        assert (await faro.twilio_post(SMS)).status_code == 200
    # What comes last in a conversation is answered last: repeats would stand before it.
    await faro.telegram_post(text_update(2, "fin"))
    await faro.twilio_post({**SMS, "MessageSid": "SM" + "f" * 32})
    await until(lambda: len(faro.telegram.sent) >= 2 and len(faro.twilio.sent) >= 2)
    assert faro.telegram.texts == ["1: hola", "2: fin"]
    assert len(faro.twilio.sent) == 2


@pytest.mark.parametrize(
    "more",
    [
        {
            "sticker": {
                "file_id": "a",
                "file_unique_id": "b",
                "type": "regular",
                "width": 1,
                "height": 1,
                "is_animated": False,
                "is_video": False,
            }
        },
        {"voice": {"file_id": "a", "file_unique_id": "b", "duration": 3}},
        {"text": "   \n"},
        {"text": "\u202e\u200f"},
    ],
)
async def test_a_sticker_a_voice_note_and_an_empty_text_get_a_helpful_line(faro, more):
    assert await faro.telegram_post(text_update(1, None, **more)) == 200
    await until(lambda: faro.telegram.sent)
    assert faro.telegram.texts == ["channel.text_only es"]
    assert faro.enclave.turns == []


async def test_a_picture_by_sms_gets_a_helpful_line(faro):
    await faro.twilio_post({**SMS, "Body": "", "NumMedia": "1"})
    await until(lambda: faro.twilio.sent)
    assert faro.twilio.texts == ["channel.text_only es"]


@pytest.mark.parametrize(
    ("written", "understood"),
    [
        ("a" * 10_000, "a" * 10_000),
        ("ho\x00la\x07 \u202eque\u2066", "hola que"),
        ("\U0001f198\U0001f198", "\U0001f198\U0001f198"),
        ("/restart", "/restart"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
async def test_long_odd_and_wordless_texts_get_an_answer(faro, written, understood):
    assert await faro.chat_post(text=written) == 200
    await until(lambda: faro.enclave.turns)
    assert faro.enclave.turns[0].text == understood


async def test_half_a_character_gets_an_answer(faro):
    body = json.dumps({"conversation": CHAT, "id": "1", "text": "a\ud800b"})
    json_type = {"Content-Type": "application/json"}
    answer = await faro.client.post("/webhooks/webchat", content=body, headers=json_type)
    assert answer.status_code == 200
    await until(lambda: faro.enclave.turns)
    assert faro.enclave.turns[0].text == "ab"


async def test_a_choice_that_was_never_offered_is_no_command(faro):
    await faro.chat_post(choice="privacy_delete")
    await faro.chat_post(choice="99.1")
    await until(lambda: len(faro.enclave.turns) == 2)
    assert [turn.choice for turn in faro.enclave.turns] == ["menu_help", "menu_help"]


async def test_opening_the_conversation_is_greeted(faro):
    await faro.telegram_post(text_update(1, "/start"))
    await faro.chat_post(opened=True)
    await until(lambda: len(faro.enclave.turns) == 2)
    assert {turn.choice for turn in faro.enclave.turns} == {"greet"}


async def test_unknown_channels_and_pages_are_not_found(faro):
    assert (await faro.client.post("/webhooks/nothing", json={})).status_code == 404
    assert (await faro.client.get("/webchat/static/..%2Fpages.py")).status_code == 404
    assert (await faro.client.get("/webchat/static/chat.html")).status_code == 404


async def test_pages_forbid_what_they_do_not_need(faro):
    page = await faro.client.get("/")
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "unsafe" not in page.headers["content-security-policy"]
    assert page.headers["referrer-policy"] == "no-referrer"
    assert "<title>Chat</title>" in page.text
    labels = json.loads((await faro.client.get("/webchat/static/labels.json")).text)
    assert len({tuple(sorted(one)) for one in labels.values()}) == 1


@pytest.mark.parametrize(
    "more",
    [{"date": 10**18}, {"sticker": {"new": 1}}, {"entities": [{"type": "new"}]}, {"poll": 1}],
)
async def test_what_we_do_not_read_of_an_update_breaks_nothing(faro, more):
    assert await faro.telegram_post(text_update(1, "hola", **more)) == 200
    await until(lambda: faro.enclave.turns)
    assert faro.enclave.turns[0].text == "hola"


@pytest.mark.parametrize(
    "replies", [[10**30], [2**63], [-1], [True], ["x"], [1.5], list(range(5000))]
)
async def test_a_reply_that_cannot_be_is_not_confirmed(faro, replies):
    seen = {"conversation": CHAT, "replies": replies}
    assert (await faro.client.post("/webchat/webchat/seen", json=seen)).status_code == 200


async def test_words_are_not_lost_to_an_opening(faro):
    await faro.chat_post(text="ayuda", opened=True)
    await until(lambda: faro.enclave.turns)
    assert faro.enclave.turns[0].text == "ayuda"


async def test_too_many_fields_are_refused(faro):
    form = "&".join(f"a={n}" for n in range(5000)).encode()
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    plain = await faro.client.post("/plain", content=form, headers=kind)
    sms = await faro.client.post("/webhooks/sms", content=form, headers=kind)
    assert (plain.status_code, sms.status_code) == (400, 403)
    assert kept(faro.database_url) == 0


async def test_a_status_for_a_reply_that_cannot_be_is_ignored(faro):
    form = {"MessageSid": "SM9", "MessageStatus": "delivered"}
    answer = await faro.twilio_post(form, path=f"/status?reply={'9' * 40}")
    assert answer.status_code == 204


async def test_a_body_that_does_not_end_is_refused(faro, monkeypatch):
    monkeypatch.setattr(arriving, "LONGEST_BODY", 0.2)

    async def slowly():
        yield b"{"
        await asyncio.sleep(0.6)

    headers = {"Content-Type": "application/json"}
    answer = await faro.client.post("/webhooks/webchat", content=slowly(), headers=headers)
    assert answer.status_code == 408
    assert kept(faro.database_url) == 0


async def test_a_conversation_is_named_in_no_address(faro):
    by_address = await faro.client.get(f"/webchat/webchat/stream?conversation={CHAT}")
    assert by_address.status_code == 405


@pytest.mark.parametrize("path", ["stream", "replies", "seen"])
async def test_a_page_of_another_site_cannot_read(faro, path):
    named = {"conversation": CHAT, "replies": []}
    url = f"/webchat/webchat/{path}"
    cross = {"Sec-Fetch-Site": "cross-site"}
    assert (await faro.client.post(url, json=named, headers=cross)).status_code == 403
    assert (await faro.client.post(url, data={"conversation": CHAT})).status_code == 403
    assert (await faro.client.post(url, json={"conversation": "short"})).status_code == 400


async def test_without_a_database_a_provider_is_told_to_come_again(database_url, monkeypatch):
    monkeypatch.setattr(inbox, "_PATIENCE", 0.3)
    async with running_faro(database_url, works=False) as faro:
        with psycopg.connect(database_url, autocommit=True) as connection:
            connection.execute("ALTER TABLE seen RENAME TO unseen")
        assert (await faro.twilio_post(SMS)).status_code == 503
        assert await faro.telegram_post(text_update(1, "hola")) == 503
        form = {"conversation": CHAT, "id": "1", "text": "<ayuda>"}
        page = await faro.client.post("/plain", data=form)
        assert page.status_code == 503
        assert "&lt;ayuda&gt;</textarea>" in page.text
        assert (await faro.client.get("/health")).status_code == 200

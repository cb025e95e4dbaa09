"""The translation desk: written by one, read by another, said in chat, and marked by name."""

from __future__ import annotations

import re

import pytest
from saying import every_message, tables

from content.live import Live
from content.recordings import fingerprint
from directory import audit

THANKS = "/wordings/es/messages/thanks.reply"
SAFETY = "/wordings/es/messages/danger.stay"
NEW = "Gracias a usted."


async def write(client, path=THANKS, text=NEW, **more):
    form = {"text": text, "reason": "kinder", **more}
    return await client.post(path, data=form)


async def revision(client, path=THANKS):
    found = re.findall(r'name="revision" value="(\d+)"', (await client.get(path)).text)
    return found[0]


async def said_in_chat(console, message="thanks.reply", language="es"):
    live = Live(every_message(), tables(), console.sessions)
    return (await live.refreshed()).messages.wording(message, language)


async def test_every_language_is_shown_with_how_far_it_is(client_as):
    shown = await (await client_as("editor")).get("/wordings")
    assert shown.status_code == 200
    assert shown.text.count('<th scope="row"><a href="/wordings/') == 19
    assert "Tigrinya" in shown.text


async def test_messages_are_found_by_state_family_and_words(client_as):
    client = await client_as("reviewer")
    shown = await client.get("/wordings/ar?stage=read_twice&family=danger")
    assert 'dir="rtl"' in shown.text
    assert "danger.stay" in shown.text
    assert "thanks.reply" not in shown.text
    assert "Nothing fits" in (await client.get("/wordings/es?stage=missing")).text
    found = await client.post("/wordings/es", data={"said": "mucho gusto"})
    assert "thanks.reply" in found.text
    assert "danger.stay" not in found.text


async def test_what_keeps_somebody_safe_comes_first(client_as):
    shown = await (await client_as("reviewer")).get("/wordings/es")
    assert "danger.again" in shown.text
    assert "thanks.reply" not in shown.text


async def test_a_message_stands_beside_english_with_its_channels(client_as):
    shown = await (await client_as("reviewer")).get("/wordings/ar/messages/ask.city")
    for told in ("<code>{country}</code>", "UCS-2", "whatsapp", 'lang="ar" dir="rtl"', "Spanish"):
        assert told in shown.text


async def test_a_label_is_shown_as_a_button(client_as):
    shown = await (await client_as("reviewer")).get("/wordings/es/messages/choice.rights_care")
    assert "a button, " in shown.text


async def test_a_wording_is_written_by_one_and_published_by_another(console, client_as):
    author, other = await client_as("reviewer"), await client_as("reviewer")
    assert (await write(author)).status_code == 303
    assert (await said_in_chat(console)).text != NEW
    form = {"revision": await revision(author)}
    own = await author.post(f"{THANKS}/publish", data=form)
    assert "Somebody else has to look" in (await author.get(own.headers["location"])).text
    assert (await said_in_chat(console)).text != NEW
    assert (await other.post(f"{THANKS}/publish", data=form)).status_code == 303
    assert (await said_in_chat(console)).text == NEW
    async with console.sessions() as session:
        assert await audit.verify(session) is None


async def test_who_is_alone_says_so_but_never_for_what_keeps_somebody_safe(console, client_as):
    client = await client_as("admin")
    await write(client)
    await client.post(f"{THANKS}/publish", data={"revision": await revision(client), "alone": "1"})
    assert (await said_in_chat(console)).text == NEW
    text = "Vaya a un lugar donde haya más gente: una tienda, una iglesia, una estación. "
    await write(client, SAFETY, text)
    form = {"revision": await revision(client, SAFETY), "alone": "1"}
    sent = await client.post(f"{SAFETY}/publish", data=form)
    assert "second person" in (await client.get(sent.headers["location"])).text
    assert (await said_in_chat(console, "danger.stay")).text != text.strip()


@pytest.mark.parametrize(
    ("path", "text", "told"),
    [
        (SAFETY, "Cálmese.", "is never said to a person"),
        ("/wordings/es/messages/ask.city", "¿En qué ciudad?", "{country}"),
        ("/wordings/es/messages/choice.rights_care", "¿Tengo derecho a atención?", "24"),
        (THANKS, "", "Write the text"),
    ],
)
async def test_a_wording_that_does_not_fit_is_not_kept(client_as, path, text, told):
    client = await client_as("reviewer")
    answer = await write(client, path, text)
    assert answer.status_code == 422
    assert told in answer.text
    assert 'name="revision"' not in (await client.get(path)).text


async def test_only_another_named_person_of_the_language_marks_a_text_reviewed(console, client_as):
    author = await client_as("reviewer", languages=("es",))
    await write(author)
    other = await client_as("reviewer", languages=("es",), name="Luz Marina")
    await other.post(f"{THANKS}/publish", data={"revision": await revision(author)})
    seen = {"state": "reviewed", "seen": fingerprint(NEW)}
    for client in (author, await client_as("community_reviewer")):
        await client.post(f"{THANKS}/mark", data=seen)
        assert (await said_in_chat(console)).state == "drafted"
    reader = await client_as("community_reviewer", languages=("es",), name="Rosa Paz")
    await reader.post(f"{THANKS}/mark", data={"state": "reviewed", "seen": "0" * 12})
    assert (await said_in_chat(console)).state == "drafted"
    await reader.post(f"{THANKS}/mark", data=seen)
    said = await said_in_chat(console)
    assert (said.state, said.reviewer) == ("reviewed", "Rosa Paz, 2026-03-02")
    assert "Rosa Paz, 2026-03-02" in (await reader.get(THANKS)).text


async def test_a_text_of_the_file_is_marked_and_a_new_one_is_not(console, client_as):
    reader = await client_as("community_reviewer", languages=("es",), name="Rosa Paz")
    text = (await said_in_chat(console)).text
    form = {"state": "reviewed", "seen": fingerprint(text)}
    await reader.post(f"{THANKS}/mark", data=form)
    assert (await said_in_chat(console)).state == "reviewed"
    author, other = await client_as("reviewer"), await client_as("reviewer")
    await write(author)
    await other.post(f"{THANKS}/publish", data={"revision": await revision(author)})
    said = await said_in_chat(console)
    assert (said.text, said.state, said.reviewer) == (NEW, "drafted", "")


async def test_an_older_text_is_given_to_review_again(console, client_as):
    author, other = await client_as("reviewer"), await client_as("reviewer")
    before = (await said_in_chat(console)).text
    await write(author)
    await other.post(f"{THANKS}/publish", data={"revision": await revision(author)})
    page = (await author.get(THANKS)).text
    assert before in page
    oldest = re.findall(r'/restore" class="act">\s*<input[^>]*value="(\d+)"', page)[-1]
    await author.post(f"{THANKS}/restore", data={"revision": oldest})
    await other.post(f"{THANKS}/publish", data={"revision": await revision(author)})
    assert (await said_in_chat(console)).text == before


async def test_what_the_file_says_is_said_again(console, client_as):
    author, other = await client_as("reviewer"), await client_as("reviewer")
    before = (await said_in_chat(console)).text
    await write(author)
    await other.post(f"{THANKS}/publish", data={"revision": await revision(author)})
    await other.post(f"{THANKS}/take-back", data={"why": "it was better"})
    assert (await said_in_chat(console)).text == before


async def test_english_that_changes_makes_the_others_outdated(client_as):
    author, other = await client_as("reviewer"), await client_as("reviewer")
    english = THANKS.replace("/es/", "/en/")
    await write(author, english, "Thank you. Write again whenever you want.")
    await other.post(f"{english}/publish", data={"revision": await revision(author, english)})
    assert "thanks.reply" in (await author.get("/wordings/es?stage=outdated")).text
    assert "outdated" in (await author.get(THANKS)).text


async def test_a_comment_is_kept_with_its_author(client_as):
    reader = await client_as("community_reviewer", name="Rosa Paz", languages=("es",))
    await reader.post(f"{THANKS}/comment", data={"comment": "Nobody says this in Honduras."})
    shown = (await reader.get(THANKS)).text
    assert "Nobody says this in Honduras." in shown
    assert "Rosa Paz" in shown


async def test_nobody_works_on_a_language_that_is_not_theirs(client_as):
    client = await client_as("reviewer", languages=("ar",))
    assert (await write(client)).status_code == 403
    assert (await client.post(f"{THANKS}/comment", data={"comment": "x"})).status_code == 403


@pytest.mark.parametrize(
    "path",
    ["/wordings/xx", "/wordings/xx/messages/thanks.reply", "/wordings/es/messages/no.such"],
)
async def test_what_is_not_there_is_not_found(client_as, path):
    assert (await (await client_as("reviewer")).get(path)).status_code == 404


async def test_a_new_card_is_worded_in_english_first(client_as):
    client = await client_as("reviewer")
    claim = "messages/myth.free_bus.claim"
    assert (await client.get(f"/wordings/es/{claim}")).status_code == 404
    assert (await client.get(f"/wordings/en/{claim}")).status_code == 200
    answer = await write(client, f"/wordings/en/{claim}", "The bus is free for everybody.")
    assert answer.status_code == 303


async def test_of_two_versions_of_a_message_the_later_is_published_with_all_others(
    console, client_as
):
    first, second, third = [await client_as("reviewer") for _ in range(3)]
    await write(first, text="Gracias a vos.")
    await write(second)
    await third.post("/wordings/es/publish")
    assert (await said_in_chat(console)).text == NEW
    shown = (await third.get("/wordings/es")).text
    assert "1 waits for review" in shown
    await third.post("/wordings/es/publish")
    assert (await said_in_chat(console)).text == NEW
    async with console.sessions() as session:
        rows = await audit.entries(session, part="messages", entry="es/thanks.reply")
    assert [row.action for row in rows] == ["publish", "submit", "draft", "submit", "draft"]

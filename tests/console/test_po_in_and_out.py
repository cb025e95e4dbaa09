"""Wordings go out as PO files that Poedit reads, and come back all together or not at all."""

from __future__ import annotations

import html
import io
import re
import time

import pytest
from babel.messages.pofile import read_po, write_po
from saying import ROOT, every_message

from content.languages import read_languages
from content.live import new_wording, with_published
from content.po_files import Found, look_at_file, write_file
from content.short_set import read_short_set
from content.translation_desk import TranslationDesk
from content.wording_faults import is_label
from directory import audit
from directory.edited import wordings_published

MESSAGES = ROOT / "data" / "messages"
FILE = "/wordings/es/file"
THANKS = "thanks.reply"
MANY = 1000
MOST_SECONDS = 10  # of a step with so many; it takes two, and other tests run beside this one


def desk(**published):
    messages = every_message()
    if published:
        bodies = {language: {THANKS: body} for language, body in published.items()}
        messages = with_published(messages, bodies)
    languages = read_languages(ROOT / "data" / "languages.yml")
    return TranslationDesk(messages, languages, read_short_set(MESSAGES))


def a_file(language="es", **texts):
    """The PO file of a language as a translator gives it back, with other texts."""
    catalog = read_po(io.BytesIO(write_file(desk(), language)), locale=language)
    for message in catalog:
        name = (message.context or "").replace(".", "_")
        if name in texts:
            message.string = texts[name]
    written = io.BytesIO()
    write_po(written, catalog)
    return written.getvalue()


def found(content, language="es", on=None):
    return look_at_file(on or desk(), language, content, MESSAGES)


@pytest.mark.parametrize("language", ["es", "en", "ar", "ti"])
def test_a_file_that_comes_back_as_it_went_changes_nothing(language):
    report = found(write_file(desk(), language), language)
    assert report.lines == ()
    assert report.unchanged == len(every_message().ids(language))
    assert not report.fits


@pytest.mark.parametrize(
    "broken", ['msgid "x', "msgstr nothing", '"left open', "<<<<<<< mine", 'msgstr "a"b"']
)
def test_a_line_that_cannot_be_read_keeps_the_file_out(broken):
    content = write_file(desk(), "es")
    lines = content.count(b"\n")
    report = found(content + broken.encode() + b"\n")
    assert not report.fits
    assert [(one.number, one.problem) for one in report.lines] == [
        (lines + 1, "this line is cut off or has no quotes")
    ]
    cut = content[: content.rindex(b'"')]
    assert not found(cut).fits
    assert found(cut).lines[0].number == cut.count(b"\n") + 1


def test_a_file_says_states_and_marks_what_is_outdated_as_unsure():
    here = desk(en=new_wording("You are welcome. Write whenever you want.", "", "drafted"))
    content = write_file(here, "es")
    catalog = read_po(io.BytesIO(content), locale="es")
    message = next(one for one in catalog if one.context == THANKS)
    assert "state: read twice" in message.user_comments
    assert message.fuzzy
    assert content.count(b"#| msgid") == 1
    assert message.id == "You are welcome. Write whenever you want."
    assert next(one for one in catalog if one.context == "ask.city").flags == {
        "python-brace-format"
    }


def test_a_changed_text_is_found_by_its_line():
    report = found(a_file(thanks_reply="Gracias a usted."))
    (line,) = report.lines
    assert (line.message, line.found, line.text) == (THANKS, Found.CHANGED, "Gracias a usted.")
    assert line.number > 1
    assert report.fits


def test_one_text_that_does_not_fit_keeps_all_of_it_out():
    report = found(a_file(thanks_reply="Gracias.", ask_city="¿En qué ciudad?"))
    wrong = {line.message: line.problem for line in report.lines if line.found is Found.UNFIT}
    assert "{country}" in wrong["ask.city"]
    assert not report.fits


def test_a_text_made_from_an_older_english_is_told():
    here = desk(en=new_wording("You are welcome. Write whenever you want.", "", "drafted"))
    report = found(a_file(thanks_reply="Gracias a usted."), on=here)
    assert [(line.message, line.found) for line in report.lines] == [(THANKS, Found.OUTDATED)]


def test_what_is_unknown_unsure_or_untranslated_is_told_or_left_out():
    content = b"""msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgctxt "no.such"
msgid "x"
msgstr "y"

#, fuzzy
msgctxt "thanks.reply"
msgid "x"
msgstr "y"

msgctxt "ask.city"
msgid "x"
msgstr ""
"""
    assert [line.found for line in found(content).lines] == [Found.UNKNOWN, Found.FUZZY]


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"msgid x y z", b"PK\x03\x04 a sheet"])
def test_what_is_no_po_file_changes_nothing(content):
    report = found(content)
    assert not report.fits
    assert report.unchanged == 0


def test_a_file_of_another_language_is_told():
    report = found(a_file("ar"))
    assert "in ar" in report.lines[0].problem


async def upload(client, content, **more):
    return await client.post(FILE, data=more, files={"file": ("es.po", content)})


async def test_a_file_is_looked_at_then_taken_and_reviewed_by_another(console, client_as):
    author, other = await client_as("reviewer"), await client_as("reviewer")
    content = (await author.get("/wordings/es.po")).content
    assert b"state: read twice" in content
    seen = await upload(author, a_file(thanks_reply="Gracias a usted."), machine="1")
    assert seen.status_code == 200
    assert "Gracias a usted." in seen.text
    assert "waits for review" not in (await author.get("/wordings/es")).text
    texts = html.unescape(re.search(r'name="texts" value="([^"]*)"', seen.text)[1])
    form = {"texts": texts, "machine": "1", "reason": "by Weblate"}
    taken = await author.post(f"{FILE}/take", data=form)
    assert taken.status_code == 303
    assert "1 waits for review" in (await author.get("/wordings/es")).text
    await author.post("/wordings/es/publish")
    assert "1 waits for review" in (await author.get("/wordings/es")).text
    await other.post("/wordings/es/publish")
    shown = (await other.get(f"/wordings/es/messages/{THANKS}")).text
    assert "drafted by a machine" in shown
    assert "Gracias a usted." in shown


async def test_a_file_with_a_fault_is_refused_with_its_line(client_as):
    seen = await upload(await client_as("reviewer"), a_file(ask_city="¿En qué ciudad?"))
    assert seen.status_code == 422
    assert "Nothing was taken." in seen.text
    assert "{country}" in seen.text
    assert 'name="texts"' not in seen.text


async def test_texts_that_were_meddled_with_are_looked_at_again(client_as):
    client = await client_as("reviewer")
    for texts in ('{"danger.stay": "Cálmese."}', '{"no.such": "x"}'):
        form = {"texts": texts, "reason": "by Weblate"}
        assert (await client.post(f"{FILE}/take", data=form)).status_code == 422
    for texts in ("", "[1]", '{"a": 1}', "no"):
        form = {"texts": texts, "reason": "by Weblate"}
        assert (await client.post(f"{FILE}/take", data=form)).status_code == 400


async def test_a_file_reviews_nothing(client_as):
    client = await client_as("reviewer", languages=("es",))
    content = a_file().replace(b"# state: read twice", b"# state: reviewed")
    seen = await upload(client, content)
    assert "There is nothing new in the file." in seen.text


async def test_a_thousand_texts_are_looked_at_taken_and_published_in_seconds(console, client_as):
    author, other = await client_as("reviewer"), await client_as("reviewer")
    catalog = read_po(io.BytesIO(write_file(desk(), "es")), locale="es")
    fitting = [one for one in catalog if one.id and not is_label(one.context or "")]
    changed = fitting[:MANY]
    for one in changed:
        one.string += " "  # another text that fits as well as the one before
    written = io.BytesIO()
    write_po(written, catalog)
    began = time.monotonic()
    seen = await upload(author, written.getvalue())
    texts = html.unescape(re.search(r'name="texts" value="([^"]*)"', seen.text)[1])
    looked = time.monotonic()
    taken = await author.post(f"{FILE}/take", data={"texts": texts, "reason": "by Weblate"})
    assert taken.status_code == 303
    given = time.monotonic()
    assert (await other.post("/wordings/es/publish")).status_code == 303
    ended = time.monotonic()
    assert max(looked - began, given - looked, ended - given) < MOST_SECONDS
    async with console.sessions() as session:
        said = (await wordings_published(session))["es"]
        assert len(said) == len(changed) == MANY
        assert {one.context: one.string for one in changed} == {
            message: body["text"] for message, body in said.items()
        }
        assert await audit.verify(session) is None
        assert await audit.length(session) == 3 * MANY

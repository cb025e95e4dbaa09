"""Replies fit their channel: nothing is lost, no word and no number to call is torn."""

from __future__ import annotations

import json

import pytest

from channels.settings import TwilioSettings
from channels.twilio.adapter import TwilioWhatsApp
from content.reply import Choice, Reply
from delivery.choices import Offers, read_offers
from delivery.fitting import MARK, Capabilities, fit, split
from delivery.segments import count_segments, is_gsm7

SMS = Capabilities(1600, segments=6)
BUTTONS = Capabilities(4096, buttons=3, label=20)
THREE = (Choice("a", "Uno"), Choice("b", "Dos"), Choice("c", "Tres"))


@pytest.mark.parametrize(
    ("text", "segments"),
    [
        ("", 0),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("é" * 160, 1),
        ("á" * 70, 1),
        ("á" * 71, 2),
        ("á" * 134, 2),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("\U0001f198" * 35, 1),
        ("\U0001f198" * 36, 2),
        ("a" * 152 + "€" + "a" * 152, 3),
        ("á" + "a" * 65 + "\U0001f198" + "a" * 66, 3),
    ],
)
def test_segments_are_counted_as_the_standard_says(text, segments):
    assert count_segments(text) == segments


def test_one_accent_outside_the_alphabet_turns_the_whole_text():
    assert is_gsm7("ñ é ü à ¿ ¡")
    assert not is_gsm7("á")


def test_choices_are_buttons_where_there_are_enough_and_numbers_where_not():
    reply = Reply("es", ("Hola", "Elija"), THREE)
    with_buttons = fit(reply, BUTTONS, offered_in=4)
    assert [m.text for m in with_buttons] == ["Hola", "Elija"]
    assert [b.token for b in with_buttons[1].buttons] == ["4.1", "4.2", "4.3"]
    four = Reply("es", ("Elija",), (*THREE, Choice("d", "Cuatro")))
    assert fit(four, BUTTONS, offered_in=4)[0].text == "Elija\n1. Uno\n2. Dos\n3. Tres\n4. Cuatro"
    long = Reply("es", ("Elija",), (Choice("a", "x" * 21),))
    assert fit(long, BUTTONS, offered_in=4)[0].buttons == ()


@pytest.mark.parametrize(
    "text", ["palabra " * 600, "ሰላም " * 900, "x" * 5000, "क्षि" * 800, "שלום\n" * 700]
)
@pytest.mark.parametrize("capabilities", [SMS, Capabilities(1024), Capabilities(4096)])
def test_long_texts_are_cut_between_words_and_nothing_is_lost(text, capabilities):
    messages = fit(Reply("es", (text,), ()), capabilities, offered_in=1)
    assert "".join("".join(m.text.split()) for m in messages) == "".join(text.split())
    assert all(len(m.text) <= capabilities.characters for m in messages)
    if capabilities.segments:
        assert all(count_segments(m.text) <= capabilities.segments for m in messages)
    if " " in text.strip():
        whole = set(text.split())
        assert all(word in whole for m in messages for word in m.text.split())


@pytest.mark.parametrize(
    "number", ["+30 210 861 6280", "1-800-273-8255", "(503) 2222 3333", "15900"]
)
@pytest.mark.parametrize("before", range(20, 60, 3))
def test_a_number_to_call_is_never_torn(number, before):
    text = "a " * (before // 2) + number + " b" * 40
    assert any(number in part for part in split(text, lambda part: len(part) <= 60))


def test_numbers_in_every_script_mean_the_same():
    offers = Offers().with_new(THREE)
    for written in ("2", "2.", " 2 ", "(2)", "２", "٢", "۲", "২", "२"):
        assert offers.chosen_by_number(written) == THREE[1], written
    for written in ("0", "4", "22", "2 3", "dos", "-", "²"):
        assert offers.chosen_by_number(written) is None, written


def test_old_buttons_still_mean_what_they_said_and_too_old_ones_nothing():
    offers = Offers()
    for round_ in range(7):
        offers = offers.with_new((Choice(f"id{round_}", f"label{round_}"),))
    offers = read_offers(offers.with_new(()).as_json())
    assert offers.chosen_by_token("7.1") == Choice("id6", "label6")
    assert offers.chosen_by_token("3.1") == Choice("id2", "label2")
    assert offers.chosen_by_token("1.1") is None
    assert offers.chosen_by_label("label4") == Choice("id4", "label4")
    for token in ("7.2", "7.0", "x", "7", "7.1.1", "٧.١", ""):
        assert offers.chosen_by_token(token) is None, token


@pytest.mark.parametrize("templates", [0, 1, 2, 3])
@pytest.mark.parametrize("offered", [1, 2, 3, 4, 10])
def test_whatsapp_shows_buttons_where_there_is_a_template_for_as_many(templates, offered):
    channel = whatsapp(templates)
    choices = tuple(Choice(f"id{n}", f"Choice {n}") for n in range(offered))
    long = "palabra " * 400
    messages = fit(Reply("es", (long,), choices), channel.capabilities, offered_in=2)
    assert all(len(m.text) <= (1024 if templates else 1600) for m in messages)
    contents = [channel._content(message) for message in messages]
    assert all(content.keys() == {"body"} for content in contents[:-1])
    if offered <= templates:
        assert contents[-1]["content_sid"] == f"HX{offered}"
        variables = json.loads(contents[-1]["content_variables"])
        assert variables["1"] == messages[-1].text
        assert [variables[str(n + 2)] for n in range(offered)] == [c.label for c in choices]
    else:
        assert contents[-1]["body"].endswith(f"\n{offered}. Choice {offered - 1}")


def test_a_label_too_long_for_a_whatsapp_button_is_numbered():
    reply = Reply("es", ("Elija",), (Choice("a", "x" * 21), Choice("b", "y")))
    (message,) = fit(reply, whatsapp(3).capabilities, offered_in=1)
    assert message.buttons == ()
    assert message.text.endswith("2. y")


@pytest.mark.parametrize("channel", [SMS, Capabilities(1024), Capabilities(4096)])
def test_there_is_room_for_the_line_before_a_possible_repeat(channel):
    messages = fit(Reply("es", ("palabra " * 3000,), ()), channel, offered_in=1)
    assert all(len(m.text) + MARK <= channel.characters for m in messages)


def whatsapp(templates):
    sids = tuple(f"HX{n}" for n in range(1, templates + 1))
    settings = TwilioSettings("AC" + "0" * 32, "token", quick_replies=sids)
    return TwilioWhatsApp(settings, number="+15005550007", public_url="https://bot.example.org")


@pytest.mark.parametrize("text", ["Quise decir otra cosa", "quise decir otra cosa.", "2"])
def test_the_words_of_a_choice_mean_it_as_its_number_does(text):
    offered = (Choice("menu_help", "Menú y ayuda"), Choice("not_that", "Quise decir otra cosa"))
    assert Offers().with_new(offered).chosen_by_text(text) == offered[1]


def test_other_words_mean_no_choice():
    offers = Offers().with_new((Choice("menu_help", "Menú y ayuda"),))
    assert offers.chosen_by_text("necesito ayuda") is None
    assert offers.chosen_by_text("!") is None

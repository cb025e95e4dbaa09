"""An SMS answer is short at first; the rest is asked for, and nothing of it is lost."""

from __future__ import annotations

import re

from content.reply import Choice, Reply
from delivery.choices import Offers, read_offers
from delivery.fitting import SMS, Capabilities, fit
from delivery.gsm7 import spared
from delivery.paging import NEXT_PAGE, first_page
from delivery.segments import count_segments, is_gsm7

CHAT = Capabilities(8000, buttons=24)
LONG = "\n".join(
    f"Frase número {n} que dice algo útil. Llame al 2{n:02d}0-4300." for n in range(30)
)
EIGHT = tuple(Choice(f"find_service:kind=k{n}", f"Un lugar bueno {n}") for n in range(20))


def more(message: str, language: str) -> str:
    assert message == "choice.next_page"
    return "Seguir leyendo" if language == "es" else "المزيد"


def pages(reply: Reply, capabilities: Capabilities = SMS) -> list[Reply]:
    found = []
    left: Reply | None = reply
    while left is not None:
        shown, rest = first_page(left, capabilities, more)
        found.append(shown)
        left = rest.as_reply() if rest else None
    return found


def segments(reply: Reply) -> int:
    return sum(count_segments(part.text) for part in fit(reply, SMS, offered_in=1))


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", spared(text))


def test_every_page_of_a_long_answer_takes_two_segments_at_most():
    told = pages(Reply("es", (LONG,), EIGHT, ("rights.answer",)))
    assert len(told) > 3
    assert all(segments(page) <= 2 for page in told)
    arabic = Reply("ar", ("هذه جملة طويلة عن الحق في العلاج. " * 20,), EIGHT, ("rights.answer",))
    assert all(segments(page) <= 2 for page in pages(arabic))


def test_nothing_of_a_long_answer_is_lost():
    told = pages(Reply("es", (LONG, "Y algo más."), EIGHT, ("rights.answer", "rights.answer")))
    text = "".join(squeezed("".join(page.texts)) for page in told)
    assert text == squeezed(LONG + "Y algo más.")
    offered = [choice.id for page in told for choice in page.choices if choice.id != NEXT_PAGE]
    assert offered == [choice.id for choice in EIGHT]
    assert [page.choices[-1].id for page in told[:-1]] == [NEXT_PAGE] * (len(told) - 1)


def test_a_page_ends_behind_a_sentence_and_never_inside_a_number():
    for page in pages(Reply("es", (LONG,), (), ("rights.answer",)))[:-1]:
        assert page.texts[0].endswith("4300.")


def test_the_number_of_a_place_stands_on_the_page_of_its_place():
    for wide in range(60, 300):
        places = "\n".join(f"{n}. {'Centro de salud ' * (wide // 16)}{n}" for n in range(1, 5))
        for page in pages(Reply("es", (places,), EIGHT, ("services.list",))):
            assert not re.search(r"(?m)^\s*\d+\.\s*\Z", page.texts[0]), page.texts[0]


def test_a_short_answer_and_every_answer_in_a_chat_is_sent_whole():
    short = Reply("es", ("Hola.", "¿Qué necesita?"), EIGHT[:2], ("greet.hello", "menu.show"))
    assert pages(short) == [short]
    assert pages(Reply("es", (LONG,), EIGHT, ("rights.answer",)), CHAT)[0].texts == (LONG,)


def test_after_danger_a_page_is_twice_as_long_and_begins_with_the_number():
    text = f"Llame al 911.\n{LONG}"
    first = pages(Reply("es", (text,), (), ("danger.violence_now",)))[0]
    assert 2 < segments(first) <= 4
    assert first.texts[0].startswith("Llame al 911.")


def test_accents_are_spared_where_that_halves_the_cost_and_never_elsewhere():
    assert spared("Atención: ¿dónde está?") == "Atencion: ¿donde esta?"
    assert is_gsm7(spared("L’hôpital est gratuit – à côté…"))
    assert spared("İyileşmek için ığş") == "Iyilesmek icin igs"
    assert spared("مستشفى — 112") == "مستشفى — 112"
    assert spared("Größe ñ ü é") == "Größe ñ ü é"


def test_the_rest_is_kept_with_what_was_offered_and_dropped_by_the_next_answer():
    shown, rest = first_page(Reply("es", (LONG,), EIGHT, ("rights.answer",)), SMS, more)
    offers = read_offers(Offers().with_new(shown.choices, rest).as_json())
    assert offers.rest == rest
    chosen = offers.chosen_by_text("seguir leyendo")
    assert chosen is not None
    assert chosen.id == NEXT_PAGE
    assert offers.with_new(()).rest is None


def test_a_pictogram_stands_before_the_words_where_there_is_room_and_not_on_an_sms():
    reply = Reply(
        "es", ("Elija.",), (Choice("find_service:kind=food", "comida", "🍲"),), ("menu.show",)
    )
    assert fit(reply, CHAT, offered_in=1)[0].buttons[0].label == "🍲 comida"
    assert fit(reply, SMS, offered_in=1)[0].text == "Elija.\n1. comida"
    small = Capabilities(1600, buttons=3, label=6)
    assert fit(reply, small, offered_in=1)[0].buttons[0].label == "comida"
    offers = Offers().with_new(reply.choices)
    assert offers.chosen_by_label("🍲 comida") == reply.choices[0]
    assert offers.chosen_by_text("🍲 comida") == reply.choices[0]


def test_what_asked_for_a_dropped_rest_means_nothing_any_more():
    shown, rest = first_page(Reply("es", (LONG,), EIGHT, ("rights.answer",)), SMS, more)
    after = Offers().with_new(shown.choices, rest).with_new(())
    assert after.chosen_by_number("1") is None
    assert after.chosen_by_text("seguir leyendo") is None
    assert read_offers(after.as_json()) == after

"""The words before and after count, in languages of three scripts."""

import pytest

from bot.components.knowledge import languages

TALKS = {
    "fr": ("est-ce que je peux voir un médecin sans papiers ?", "en Grèce", "et ça coûte combien ?",
           "je sais pas", "oui", "2", "réfugié"),
    "ar": ("هل يحق لي أن أرى طبيباً بدون أوراق؟", "في اليونان", "وكم يكلف؟",
           "ما بعرف", "نعم", "٢", "لاجئ"),
    "fa": ("آیا بدون مدرک می‌توانم پیش دکتر بروم؟", "در یونان", "هزینه‌اش چقدر است؟",
           "نمی‌دانم", "بله", "۲", "پناهنده"),
    "uk": ("чи можу я піти до лікаря без документів?", "у Греції", "а скільки це коштує?",
           "не знаю", "так", "2", "біженка"),
}  # fmt: skip
ON = [language.tag for language in languages() if language.tag in TALKS]


@pytest.mark.parametrize("language", ON)
def test_a_place_alone_answers_what_was_asked_and_the_price_is_of_what_was_spoken_of(bot, language):
    asks, place, price, *_ = TALKS[language]
    first = bot.hears(asks)
    assert (first.language, first.state.slots["pending"]) == (language, "country")
    second = bot.hears(place, **first.state.slots)
    assert (second.intent, second.state.slots["country"]) == ("inform", "GR")
    third = bot.hears(price, **second.state.slots)
    assert (third.intent, third.state.slots["country"]) == ("cost_care", "GR")
    assert third.language == language


@pytest.mark.parametrize("language", ON)
def test_not_knowing_declines_what_was_asked(bot, language):
    asks, _, _, unknown, *_ = TALKS[language]
    assert bot.hears(unknown, **bot.hears(asks).state.slots).intent == "decline"


@pytest.mark.parametrize("language", ON)
def test_a_bare_yes_and_a_number_in_its_own_digits_stay_in_the_conversation(bot, language):
    asks, place, _, _, yes, number, _ = TALKS[language]
    slots = bot.hears(place, **bot.hears(asks).state.slots).state.slots
    assert bot.hears(yes, **slots).language == language
    assert bot.hears(yes, **slots).intent == "affirm"
    assert bot.hears(number, **slots).intent == "out_of_range"


@pytest.mark.parametrize("language", ON)
def test_a_status_alone_is_noted(bot, language):
    asks, place, *_, status = TALKS[language]
    slots = bot.hears(place, **bot.hears(asks).state.slots).state.slots
    decision = bot.hears(status, **slots)
    assert decision.state.slots["status"] == "refugee"
    assert decision.says[0].message == "rights.answer"

"""Safe word, exit, forgetting, stopping and danger, in words, through the real model.

In every language that is answered in full, in a state for everything that can be asked and every
danger that was answered, the language known, unknown or another one.
"""

import pytest
import yaml
from reachable import reachable

from bot import process
from bot.understanding.dangers import DANGERS

SAYS = {
    "safe_word": "safe.called_up",
    "exit": "exit.line",
    "forget": "privacy.forgotten",
    "stop": "stop.done",
}
IN_DANGER = {
    "ar": "ساعدوني زوجي معه سكين ويريد أن يقتلني الآن",
    "de": "Hilfe, mein Mann hat ein Messer und will mich umbringen",
    "el": "βοήθεια ο άντρας μου έχει μαχαίρι και θα με σκοτώσει",
    "en": "help, my husband has a knife and says he will kill me now",
    "es": "ayuda, mi marido tiene un cuchillo y me quiere matar",
    "fa": "کمک شوهرم چاقو دارد و می‌خواهد مرا بکشد",
    "fr": "au secours mon mari a un couteau et il va me tuer",
    "ht": "anmwe mari m gen yon kouto li vle touye m",
    "it": "aiuto mio marito ha un coltello e vuole uccidermi",
    "pt": "socorro meu marido está com uma faca e quer me matar",
    "ru": "помогите, у мужа нож, он хочет меня убить",
    "tr": "imdat kocamın elinde bıçak var beni öldürecek",
    "uk": "допоможіть, у чоловіка ніж, він хоче мене вбити",
}
LANGUAGES = sorted(IN_DANGER)


def words(language):
    file = process.ROOT / "data" / "steering" / f"{language}.yml"
    return yaml.safe_load(file.read_text("utf-8"))


def one_of_each():
    """Return a state for every question, and one for every danger, with all that is known."""
    found = {}
    for state in reachable():
        found.setdefault(("pending", state.get("pending")), state)
        if state.get("topic") in DANGERS:
            found.setdefault(("danger", state["topic"]), state)
        found.setdefault(("shared", state.get("shared")), state)
    return list(found.values())


STATES = one_of_each()


def in_language(state, language):
    rest = {name: value for name, value in state.items() if name != "language"}
    return {**rest, "language": language} if language else rest


def test_all_that_are_answered_in_full_are_here():
    rows = yaml.safe_load((process.ROOT / "data" / "languages.yml").read_text("utf-8"))
    full = [row["tag"] for row in rows["languages"] if row["answers"] == "full"]
    assert sorted(full) == LANGUAGES
    assert len(STATES) >= 20


@pytest.mark.parametrize("way", sorted(SAYS))
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_works_wherever_somebody_is(bot, language, way):
    first, *others = words(language)[way]
    for state in STATES:
        decision = bot.hears(first, **in_language(state, language))
        assert decision.says[0].message == SAYS[way], (first, state)
    for word in others:
        assert bot.hears(word, language=language).says[0].message == SAYS[way], word


@pytest.mark.parametrize("way", ["exit", "safe_word"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_protects_works_before_the_language_is_known_and_in_another(bot, language, way):
    word = words(language)[way][0]
    for known in (None, "en", "es", "fr"):
        decision = bot.hears(word, **in_language({"pending": "country"}, known))
        assert decision.says[0].message == SAYS[way], (word, known)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_in_capitals_or_with_a_stop_behind_it_is_the_same(bot, language):
    for way in ("exit", "safe_word"):
        word = words(language)[way][0]
        for written in (word.upper(), word.capitalize(), f"{word}.", f" {word}!"):
            assert bot.hears(written, language=language).says[0].message == SAYS[way], written


@pytest.mark.parametrize("language", LANGUAGES)
def test_danger_is_answered_wherever_somebody_is(bot, language):
    for state in STATES:
        for known in (language, None):
            decision = bot.hears(IN_DANGER[language], **in_language(state, known))
            assert decision.risk in DANGERS, (language, state)
            assert decision.says[0].message == f"danger.{decision.risk}", (language, state)


@pytest.mark.parametrize("language", LANGUAGES)
def test_leaving_and_forgetting_keep_the_language_alone(bot, language):
    for way in ("exit", "forget"):
        word = words(language)[way][0]
        for state in STATES:
            kept = bot.hears(word, **in_language(state, language)).state.slots
            assert {name for name, value in kept.items() if value} == {"language"}, (word, state)

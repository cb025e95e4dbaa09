from pathlib import Path

import pytest
import yaml

from bot import process
from bot.understanding.dangers import DANGERS

PENDING = [None, "country", "city", "place", "status", "care", "kind", "language", "delete",
           "helper", "unsure"]  # fmt: skip
DOMAIN = yaml.safe_load((process.ROOT / "domain" / "intents.yml").read_text("utf-8"))
INTENTS = [i if isinstance(i, str) else next(iter(i)) for i in DOMAIN["intents"]]
DANGEROUS = {
    "suicide_selfharm": ["quiero morir", "I want to kill myself"],
    "violence_now": ["me está pegando ahora mismo", "he is hitting me now"],
    "medical_emergency": ["mi hijo no respira", "my baby is not breathing"],
    "gbv_partner_violence": ["mi esposo me pega", "my husband beats me"],
    "sexual_violence": ["me violaron", "I was raped"],
    "child_abuse": [
        "mi padrastro le pega a mi hijo",
        "they want to marry off my daughter, she is 13",
    ],
    "trafficking_exploitation": [
        "me quitaron el pasaporte y me obligan a trabajar",
        "they took my passport and force me to work",
    ],
}


@pytest.mark.parametrize("pending", PENDING)
def test_every_intent_leads_to_a_say(bot, pending):
    for intent in INTENTS:
        for known in ({}, {"country": "GR", "status": "refugee", "topic": "rights_care"}):
            decision = bot.chooses(intent, pending=pending, **known)
            assert decision.says, intent
            assert decision.intent == intent


@pytest.mark.parametrize("pending", PENDING)
@pytest.mark.parametrize("danger", DANGERS)
def test_every_danger_wins_in_every_pending_state(bot, pending, danger):
    for text in DANGEROUS[danger]:
        decision = bot.hears(text, pending=pending, topic="rights_care", alternatives=["greet"])
        assert decision.risk is not None, text
        assert decision.risk in DANGERS
        assert decision.intent == decision.risk
        assert decision.says[0].message == f"danger.{decision.risk}"


@pytest.mark.parametrize("danger", DANGERS)
def test_plain_danger_is_called_by_its_name(bot, danger):
    assert [bot.hears(text).risk for text in DANGEROUS[danger]] == [danger, danger]


def test_a_state_holds_codes_and_never_words(bot):
    decision = bot.hears("soy solicitante de asilo en Grecia, ¿el xilofono es gratis?")
    written = str(decision.state.as_json())
    assert "xilofono" not in written
    assert decision.state.slots["country"] == "GR"
    assert decision.state.slots["status"] == "asylum_seeker"
    assert "xilofono" not in repr(decision)


def test_the_same_turn_gets_the_same_answer(bot):
    one, other = (bot.hears("necesito un psicólogo en Atenas", status="refugee") for _ in range(2))
    assert one == other


def test_the_state_goes_in_and_out(bot):
    first = bot.hears("¿puedo ir al doctor?")
    assert first.state.slots["pending"] == "country"
    second = bot.hears("Grecia", **first.state.slots)
    assert second.intent == "inform"
    assert second.state.slots["country"] == "GR"


def test_a_state_does_not_grow(bot):
    slots = {}
    sizes = []
    for _ in range(30):
        for text in (
            "¿puedo ir al doctor?",
            "Grecia",
            "soy refugiado",
            "gracias",
            "me quiero morir",
        ):
            slots = dict(bot.hears(text, **slots).state.slots)
        sizes.append(len(str(slots)))
    assert sizes[-1] <= max(sizes[:2])
    assert sizes[-1] < 1_000


def test_slots_of_an_older_version_are_left_out(bot):
    assert "no_such_slot" not in bot.hears("hola", no_such_slot="x").state.slots


def test_a_town_brings_its_country_and_a_new_country_drops_the_town(bot):
    first = bot.hears("clinica en Tapachula")
    assert first.state.slots["country"] == "MX"
    second = bot.hears("ahora estoy en Grecia", **first.state.slots)
    assert second.state.slots["country"] == "GR"
    assert "city" not in second.state.slots


def test_of_several_towns_the_person_chooses(bot):
    first = bot.hears("busco un psicólogo en Santa Ana")
    towns = first.state.slots["alternatives"]
    assert len(towns) > 1
    second = bot.chooses(f"inform:city={towns[1]}", **first.state.slots)
    assert second.state.slots["city"] == towns[1]
    assert second.state.slots["country"]


def test_one_word_never_switches_the_language(bot):
    assert bot.hears("hospital", language="es").language == "es"
    assert bot.hears("gracias", language="en").language == "en"
    assert bot.hears("where can I find a doctor please", language="es").language == "en"


def talk(bot, *texts):
    decision, slots = None, {}
    for text in texts:
        decision = bot.hears(text, **slots)
        slots = dict(decision.state.slots)
    return decision


@pytest.mark.parametrize(
    "text", ["ya se fue", "no quiero llamar", "hace dos dias", "no quiero policia", "ayuda"]
)
def test_a_few_words_after_danger_stay_with_it(bot, text):
    decision = talk(bot, "me pega mi marido", text)
    assert [say.message for say in decision.says] == ["danger.stay", "helplines.list"]
    assert talk(bot, "me pega mi marido", text, "Mexico").says[0].message.startswith("danger.")


def test_he_is_asleep_is_no_attack_and_where_to_go_is_a_safe_space(bot):
    assert talk(bot, "my husband beats me", "he is sleeping now").intent == "danger_follow_up"
    for way in (("my husband beats me", "where can i go"), ("me pega mi marido", "adonde voy")):
        decision = talk(bot, *way)
        assert decision.intent == "find_service"
        assert decision.state.slots["kind"] == "gbv_support"


@pytest.mark.parametrize(
    "word", ["psicologo", "psychologist", "abogado", "lawyer", "vacunas", "doctor"]
)
def test_one_word_and_a_town_find_a_place(bot, word):
    says = talk(bot, word, "tapachula").says
    assert "services.list" in [say.message for say in says]


@pytest.mark.parametrize("word", ["embarazada", "refugiado"])
def test_one_word_about_a_person_and_a_town_go_on_to_what_they_may_get(bot, word):
    says = talk(bot, word, "tapachula", "refugiado").says
    assert "rights.answer" in [say.message for say in says]


@pytest.mark.parametrize("text", ["asdfgh qwerty", "xkcd", "9999", "??"])
def test_keys_pressed_at_random_set_no_language(bot, text):
    decision = bot.hears(text)
    assert decision.language == "es"
    assert not decision.state.slots.get("language")
    assert talk(bot, text, "hello").language == "en"
    assert bot.hears(text, language="en").language == "en"


def test_a_word_of_two_languages_is_not_remembered_as_sure(bot):
    assert not bot.hears("hospital").state.slots.get("language")
    assert talk(bot, "doctor", "necesito un abogado por favor").language == "es"


def test_where_somebody_comes_from_is_not_where_they_are(bot):
    for text in ("soy de honduras", "i come from syria"):
        decision = bot.hears(text)
        assert [say.message for say in decision.says] == ["inform.noted", "ask.country"]
        assert decision.state.slots["pending"] == "country"


@pytest.mark.parametrize("text", ["mas", "más", "more"])
def test_more_is_never_the_end(bot, text):
    assert bot.hears(text).intent == "more"
    assert talk(bot, "busco comida", "tapachula", text).says[0].values["offset"] == 3


def test_not_knowing_is_no_town(bot):
    assert talk(bot, "puedo ver un doctor", "no se").intent == "decline"
    assert talk(bot, "can i see a doctor", "i dont know").intent == "decline"


def test_a_house_is_no_town(bot):
    decision = talk(bot, "me pega mi marido", "en la casa")
    assert decision.intent == "danger_follow_up"
    assert not decision.state.slots.get("country")


@pytest.mark.parametrize(
    ("text", "risk"),
    [
        ("i have a blade and want to cut my wrists", "suicide_selfharm"),
        ("tengo una navaja y me quiero cortar las venas", "suicide_selfharm"),
        ("i took too many tablets by mistake", "medical_emergency"),
        ("tomé demasiadas pastillas por error", "medical_emergency"),
        ("el patrón me quiere tocar", "sexual_violence"),
        ("me buscaron marido y tengo 15 años", "child_abuse"),
        ("he is rough with my baby", "child_abuse"),
        ("el dueño nos quiere echar de la casa", None),
        ("mi marido tiene 15 años de trabajar aquí", None),
        ("my baby has a rough cough", None),
    ],
)
def test_danger_is_what_the_words_say(bot, text, risk):
    assert bot.hears(text).risk == risk


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("doctor in St. Julian's", "MT"),
        ("busco un medico en granada", "ES"),
        ("doctor in Grenada", "GD"),
        ("busco un medico en la valeta", "MT"),
    ],
)
def test_towns_that_were_missed_are_found(bot, text, country):
    assert bot.hears(text).state.slots["country"] == country


def own_phrases(bot, line, language):
    found = bot.enclave.explain(line)["safeguarding"]["phrases"]
    return [phrase for phrase in found if phrase.startswith(language)]


@pytest.mark.parametrize("language", ["es", "en"])
def test_sentences_made_to_sound_dangerous_hardly_raise_an_alarm(bot, language):
    file = Path(__file__).parents[1] / "data" / f"everyday_{language}.txt"
    lines = [line for line in file.read_text("utf-8").splitlines() if line and line[0] != "#"]
    results = bot.enclave.parse(lines)
    alarms = [line for line, result in zip(lines, results, strict=True) if result["risk"]]
    by_phrase = [line for line in alarms if own_phrases(bot, line, language)]
    assert len(by_phrase) <= 0.01 * len(lines), by_phrase
    assert len(alarms) <= 0.16 * len(lines), alarms


@pytest.mark.parametrize(
    ("language", "word"),
    [("es", "olvidar"), ("en", "forget"), ("fr", "oublier"), ("ar", "انسَ"), ("de", "vergessen")],
)
def test_the_word_that_the_notice_names_makes_us_forget(bot, language, word):
    decision = bot.hears(word, language=language, country="GR", status="refugee")
    assert [say.message for say in decision.says] == ["privacy.forgotten"]
    assert not decision.state.slots.get("country")
    assert not decision.state.slots.get("status")

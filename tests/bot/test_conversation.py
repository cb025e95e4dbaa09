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


@pytest.mark.parametrize("language", ["es", "en"])
def test_sentences_made_to_sound_dangerous_hardly_raise_an_alarm(bot, language):
    file = Path(__file__).parents[1] / "data" / f"everyday_{language}.txt"
    lines = [line for line in file.read_text("utf-8").splitlines() if line and line[0] != "#"]
    results = bot.enclave.parse(lines)
    alarms = [line for line, result in zip(lines, results, strict=True) if result["risk"]]
    by_phrase = [line for line in alarms if bot.enclave.explain(line)["safeguarding"]["phrases"]]
    assert len(by_phrase) <= 0.01 * len(lines), by_phrase
    assert len(alarms) <= 0.12 * len(lines), alarms

import pytest

from bot.process import ROOT
from bot.understanding.clitics import Clitics
from bot.understanding.patterns import PatternError, compile_pattern, required
from bot.understanding.safeguarding import Phrase, SafeguardingDetector, read_phrases
from bot.understanding.tokenise import words_of

PHRASES = [
    Phrase(
        "es.die", "suicide_selfharm", "now",
        ("quiero|quisiera morir|morirme", "me voy a ~2 matar*"), ("no es que quiera", "de risa"),
    ),
    Phrase("es.wait", "gbv_partner_violence", "now", ("me espera afuera",)),
    Phrase("es.hit", "gbv_partner_violence", "careful", ("mi marido me pega",)),
    Phrase("en.rape", "sexual_violence", "careful", ("raped me",)),
]  # fmt: skip


@pytest.fixture(scope="module")
def detector():
    return SafeguardingDetector(PHRASES)


UNSURE = {"low_mood_grief": 0.8, "suicide_selfharm": 0.1}


def risk(detector, text):
    """What is found where the classifier thinks of danger and of something else sooner."""
    found = detector.find(words_of(text), UNSURE, alarm=0.2)
    return (found.intent, found.urgency) if found else None


@pytest.mark.parametrize("text", ["Quiero morir", "QUISIERA   morirme!!", "me voy a ir y matarme"])
def test_danger_is_found(detector, text):
    assert risk(detector, text) == ("suicide_selfharm", "now")


@pytest.mark.parametrize("text", ["", "hola", "quiero morir de risa", "😀", "la fila me mata"])
def test_everyday_words_are_not_danger(detector, text):
    assert risk(detector, text) is None


def test_one_letter_is_no_cry_whatever_the_classifier_thinks(detector):
    sure = {"child_abuse": 0.9}
    assert detector.find(words_of("l"), sure, alarm=0.9) is None
    assert detector.find(words_of("ll"), sure, alarm=0.9) is not None


def test_an_exception_voids_a_hit_in_or_beside_its_clause_only(detector):
    assert risk(detector, "no es que quiera, pero digo: quiero morir") is not None
    assert risk(detector, "no es que quiera, quiero morir") is None
    far = "es de risa. eso fue ayer. hoy llueve. ahora quiero morir"
    assert risk(detector, far) == ("suicide_selfharm", "now")


def test_the_most_urgent_risk_wins(detector):
    text = "mi marido me pega y me espera afuera"
    assert risk(detector, text) == ("gbv_partner_violence", "now")
    assert risk(detector, "raped me, quiero morir") == ("suicide_selfharm", "now")


def test_harm_to_oneself_comes_before_an_attack(detector):
    text = "quiero morir, he has a knife"
    likely = {"violence_now": 0.9, "suicide_selfharm": 0.05}
    found = detector.find(words_of(text), likely, alarm=0.9)
    assert found.intent == "suicide_selfharm"


def test_of_two_dangers_the_longer_phrase_wins_unless_the_classifier_is_sure(detector):
    text = "raped me y mi marido me pega"
    assert risk(detector, text) == ("gbv_partner_violence", "careful")
    sure = detector.find(words_of(text), {"sexual_violence": 0.8}, alarm=0.8)
    assert sure.intent == "sexual_violence"


def test_every_language_is_tried_on_every_message(detector):
    assert risk(detector, "ese hombre raped me") == ("sexual_violence", "careful")


def test_the_classifier_finds_what_no_phrase_names(detector):
    likely = {"violence_now": 0.3, "child_abuse": 0.1}
    found = detector.find(words_of("hola"), likely, alarm=0.6)
    assert (found.intent, found.urgency, found.phrases) == ("violence_now", "now", ())
    assert detector.find(words_of("hola"), {"child_abuse": 0.1}, alarm=0.1) is None


def test_what_only_a_phrase_takes_for_danger_is_none(detector):
    assert detector.find(words_of("quiero morir"), {"out_of_scope": 0.99}, alarm=0.01) is None


def test_after_a_denial_or_an_idiom_the_classifier_must_be_surer(detector):
    words = words_of("no es que quiera, quiero morir")
    assert detector.find(words, {"suicide_selfharm": 0.25}, alarm=0.35) is None
    assert detector.find(words_of("hola"), {"suicide_selfharm": 0.25}, alarm=0.35) is not None
    assert detector.find(words, {"suicide_selfharm": 0.9}, alarm=0.95) is not None


@pytest.mark.parametrize(
    ("pattern", "text", "hit"),
    [
        ("a|b c", "b c", True),
        ("morir*", "morirse", True),
        ("me _ mata", "me casi mata", True),
        ("me _ mata", "me mata", False),
        ("me ~3 mata", "me mata", True),
        ("me ~3 mata", "me uno dos tres mata", True),
        ("me ~2 mata", "me uno dos tres mata", False),
        ("hace # dias", "hace 3 dias", True),
        ("ya no? quiero", "ya quiero", True),
        ("a.b", "axb", None),
    ],
)
def test_the_pattern_language(pattern, text, hit):
    if hit is None:
        with pytest.raises(PatternError):
            compile_pattern(pattern)
        return
    one = SafeguardingDetector([Phrase("x", "violence_now", "now", (pattern,))])
    assert bool(one.phrases_in(words_of(text))[0]) is hit


@pytest.mark.parametrize("pattern", ["", "_", "~3", "a? b?", "#", "dos-partes"])
def test_a_pattern_that_would_match_anything_is_refused(pattern):
    with pytest.raises(PatternError):
        compile_pattern(pattern)


def test_the_longest_word_is_the_one_looked_for():
    assert required("me|te ~2 desaparec* no?") == ({"desaparec*"}, {"me", "te"})


def test_a_phrase_that_cannot_be_read_is_named(tmp_path):
    (tmp_path / "xx.yml").write_text(
        "phrases:\n- {id: xx.one, risk: violence_now, urgency: soon, patterns: [a]}\n"
    )
    with pytest.raises(PatternError, match=r"xx\.one"):
        read_phrases(tmp_path, ["xx"])
    (tmp_path / "xx.yml").write_text(
        "phrases:\n- {id: xx.two, risk: violence_now, urgency: now, patterns: ['_']}\n"
    )
    with pytest.raises(PatternError, match=r"xx\.two"):
        read_phrases(tmp_path, ["xx"])


def test_an_exception_of_the_language_itself_voids_phrases_of_others():
    own = Phrase("es.x", "suicide_selfharm", "now", ("suicidarme",), ("no ~2 suicidarme",))
    other = Phrase("pt.x", "suicide_selfharm", "now", ("suicidarme",))
    detector = SafeguardingDetector([own, other])
    words = words_of("no quiero suicidarme")
    assert detector.find(words, UNSURE, 0.2, language="es") is None
    assert detector.find(words, UNSURE, 0.2) is not None


def test_what_is_joined_to_a_word_hides_no_danger():
    phrase = Phrase("ar.x", "violence_now", "now", ("يضربني",))
    risk = SafeguardingDetector([phrase]).find(
        words_of("ويضربني"), UNSURE, 0.2, clitics=Clitics(before=("و",))
    )
    assert risk is not None


def test_a_number_may_stand_among_alternatives():
    one = SafeguardingDetector([Phrase("x", "child_abuse", "now", ("tengo #|quince anos",))])
    assert one.phrases_in(words_of("tengo 15 años"))[0]
    assert one.phrases_in(words_of("tengo quince años"))[0]
    assert not one.phrases_in(words_of("tengo muchos años"))[0]


@pytest.mark.parametrize("file", sorted((ROOT / "data" / "safeguarding").glob("*.yml")))
def test_every_phrase_of_the_project_can_be_read(file):
    phrases = read_phrases(file.parent, [file.stem])
    assert len({phrase.id for phrase in phrases}) == len(phrases) > 0

import pytest

from bot.understanding.classifier import Guess
from bot.understanding.context import chosen, meaning
from bot.understanding.dangers import DANGERS
from bot.understanding.entities import Finding, find_codes
from bot.understanding.forms import Hit
from bot.understanding.places import Whereabouts
from bot.understanding.safeguarding import Risk
from bot.understanding.understood import Heard

PENDING = ["country", "city", "place", "status", "care", "kind", "language", "delete", "helper",
           "unsure", None]  # fmt: skip


def heard(
    intent="rights_care", sure=0.9, *, words=5, unsaid=5, concepts=(), risk=None, towns=(),
    elsewhere=False, known=True, steering=None, number=False, **codes
):  # fmt: skip
    others = [Guess("find_service", 0.05), Guess("cost_care", 0.03), Guess("greet", 0.01)]
    finding = Finding(codes, towns, unsaid, elsewhere)
    guesses = [Guess(intent, sure), *others]
    said = frozenset(concepts)
    return Heard(guesses, finding, risk, words, said, known, steering, number)


@pytest.mark.parametrize("pending", PENDING)
@pytest.mark.parametrize("danger", DANGERS)
def test_danger_wins_whatever_was_asked(pending, danger):
    said = heard("inform", 0.99, words=1, unsaid=0, country="GR", risk=Risk(danger, "now"))
    assert meaning(said, {"pending": pending, "topic": "rights_care"}).intent == danger


@pytest.mark.parametrize(
    ("pending", "codes"),
    [("country", {"country": "GR"}), ("country", {"city": "1"}), ("city", {"city": "1"}),
     ("place", {"city": "1"}), ("status", {"status": "refugee"}), ("care", {"care": "primary"}),
     ("kind", {"kind": "shelter"}), ("language", {"language": "es"})],
)  # fmt: skip
def test_an_answer_to_what_was_asked_informs(pending, codes):
    meant = meaning(heard(sure=0.5, words=3, unsaid=1, **codes), {"pending": pending})
    assert meant.intent == "inform"
    assert dict(meant.entities) == codes


def test_a_new_question_is_not_swallowed_by_an_old_one():
    said = heard("food_basic_needs", 0.9, words=5, unsaid=3, city="1", country="GR")
    assert meaning(said, {"pending": "city"}).intent == "food_basic_needs"


def test_a_bare_status_goes_on_with_the_topic():
    said = heard("legal_asylum_aid", 0.3, words=1, unsaid=0, status="refugee")
    assert meaning(said, {"topic": "rights_care"}).intent == "inform"


def test_a_place_that_is_clear_is_noted_when_the_rest_is_not():
    assert meaning(heard("maternity_care", 0.15, country="MX"), {}).intent == "inform"


@pytest.mark.parametrize("pending", ["country", "city", "status", "kind"])
def test_not_knowing_declines_what_was_asked(pending):
    said = heard("deny", 0.5, words=2, concepts=["DONT_KNOW"])
    assert meaning(said, {"pending": pending}).intent == "decline"
    assert meaning(said, {}).intent != "decline"


def test_not_saying_is_an_answer_to_the_status_and_declines_the_rest():
    said = heard("deny", 0.5, words=3, unsaid=0, status="prefer_not_to_say")
    assert meaning(said, {"pending": "status"}).intent == "inform"
    assert meaning(said, {"pending": "country"}).intent == "decline"


@pytest.mark.parametrize("pending", PENDING)
def test_yes_and_no_stay_what_they_are(pending):
    for intent in ("affirm", "deny"):
        assert meaning(heard(intent, 0.9, words=1), {"pending": pending}).intent == intent


def test_between_sure_and_clueless_the_likeliest_are_offered():
    meant = meaning(heard("rights_care", 0.2), {})
    assert meant.intent == "unsure"
    offered = [code for slot, code in meant.entities if slot == "alternatives"]
    assert offered == ["rights_care", "find_service", "cost_care"]


def test_clueless_is_gibberish_and_never_an_error():
    assert meaning(heard("rights_care", 0.02), {}).intent == "gibberish"
    assert meaning(heard("rights_care", 0.9, words=0), {}).intent == "gibberish"


def test_towns_of_one_name_are_handed_on():
    meant = meaning(heard("find_service", 0.9, towns=("1", "2")), {})
    assert meant.entities == (("alternatives", "1"), ("alternatives", "2"))


def test_a_chosen_danger_is_a_danger():
    risk = chosen("violence_now", {}).risk
    assert risk is not None
    assert risk.urgency == "now"
    assert chosen("rights_care", {"care": "primary"}).risk is None


def test_a_longer_form_hides_what_is_inside_of_it():
    entities = {"CAMP": {"kind": "shelter"}, "REFUGEE": {"status": "refugee"}}
    hits = [Hit("CAMP", 0, 2), Hit("REFUGEE", 0, 1)]
    assert find_codes(2, hits, entities, Whereabouts()).codes == {"kind": "shelter"}


def test_the_words_that_no_code_accounts_for_are_counted():
    found = find_codes(3, [], {}, Whereabouts("GR", ("1",), frozenset({1, 2})))
    assert found.unsaid == 1
    assert found.codes == {"country": "GR", "city": "1"}


@pytest.mark.parametrize("danger", DANGERS)
@pytest.mark.parametrize("pending", ["country", "unsure", None])
def test_a_few_words_after_a_danger_stay_with_it(danger, pending):
    slots = {"topic": danger, "pending": pending}
    for said in (heard("out_of_scope", 0.16, words=3), heard("goodbye", 0.44, words=3),
                 heard("greet", 0.06, words=0, known=pending == "country")):  # fmt: skip
        assert meaning(said, slots).intent == "danger_follow_up"


def test_a_clear_question_after_a_danger_is_answered():
    slots = {"topic": "gbv_partner_violence", "country": "MX"}
    assert meaning(heard("food_basic_needs", 0.97, words=3), slots).intent == "food_basic_needs"
    assert meaning(heard("menu_help", 0.99, words=1), slots).intent == "menu_help"
    assert meaning(heard("low_mood_grief", 0.2, words=9), slots).intent == "unsure"


def test_help_after_a_danger_shows_the_numbers_again():
    said = heard("menu_help", 0.99, words=1, concepts=["HELP"])
    assert meaning(said, {"topic": "violence_now"}).intent == "danger_follow_up"
    assert meaning(said, {}).intent == "menu_help"


def test_a_quiet_word_after_a_danger_is_no_new_attack():
    slots = {"topic": "gbv_partner_violence", "pending": "country"}
    asleep = heard("violence_now", 0.5, words=4, risk=Risk("violence_now", "now"))
    outside = heard("violence_now", 0.93, words=3, risk=Risk("violence_now", "now"))
    by_phrase = heard("greet", 0.5, words=3, risk=Risk("violence_now", "now", ("en.violence.x",)))
    assert meaning(asleep, slots).intent == "danger_follow_up"
    assert meaning(asleep, {}).intent == "violence_now"
    assert meaning(outside, slots).intent == "violence_now"
    assert meaning(by_phrase, slots).intent == "violence_now"


@pytest.mark.parametrize(
    ("danger", "kind"), [("gbv_partner_violence", "gbv_support"), ("violence_now", "gbv_support")]
)
def test_where_to_go_after_violence_is_a_safe_space(danger, kind):
    said = heard("food_basic_needs", 0.12, words=4, concepts=["WHERE"])
    meant = meaning(said, {"topic": danger, "pending": "country"})
    assert (meant.intent, dict(meant.entities)["kind"]) == ("find_service", kind)


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        (heard("find_service", 0.64, words=1, unsaid=0, kind="psychotherapy", care="mental_health"),
         "find_service"),
        (heard("mental_health_entitlement", 0.8, words=1, unsaid=0, kind="psychotherapy"),
         "find_service"),
        (heard("legal_asylum_aid", 0.99, words=1, unsaid=0, kind="legal_aid"), "legal_asylum_aid"),
        (heard("greet", 0.2, words=1, unsaid=0, care="maternity"), "rights_care"),
        (heard("maternity_care", 0.99, words=1, unsaid=0, care="maternity"), "maternity_care"),
        (heard("legal_asylum_aid", 0.3, words=1, unsaid=0, status="refugee"), "rights_care"),
    ],
)  # fmt: skip
def test_a_first_message_of_one_word_is_what_somebody_needs(said, intent):
    meant = meaning(said, {})
    assert meant.intent == intent
    assert dict(meant.entities) == said.finding.codes


def test_more_alone_goes_on_with_the_list():
    said = heard("stop_subscribe", 0.9, words=1, steering="more")
    assert meaning(said, {"topic": "food_basic_needs"}).intent == "more"
    assert meaning(said, {}).intent == "more"


@pytest.mark.parametrize("pending", ["country", "city", "place", "status", "kind"])
def test_not_knowing_declines_even_where_a_town_has_that_name(pending):
    said = heard("deny", 0.4, words=2, unsaid=0, towns=("1", "2"), steering="decline")
    assert meaning(said, {"pending": pending}).intent == "decline"


def test_digits_alone_are_a_number_that_was_not_offered():
    said = heard("language_classes", 0.41, words=2, number=True)
    assert meaning(said, {"pending": "country"}).intent == "out_of_range"
    assert meaning(said, {}).intent == "gibberish"


@pytest.mark.parametrize("pending", ["country", "city", "place"])
def test_what_weighs_on_somebody_comes_before_the_place_that_was_asked(pending):
    said = heard("loneliness", 0.9, words=1, unsaid=0, country="CO", city="1")
    meant = meaning(said, {"pending": pending, "topic": "find_service"})
    assert meant.intent == "loneliness"
    assert dict(meant.entities) == {"for_whom": "self"}  # no place
    sad = heard("low_mood_grief", 0.6, words=5, unsaid=3, country="MX")
    assert meaning(sad, {"pending": pending}).intent == "low_mood_grief"


def test_where_somebody_comes_from_is_noted():
    said = heard("out_of_scope", 0.36, words=3, elsewhere=True)
    assert meaning(said, {}).intent == "inform"
    assert meaning(heard("legal_asylum_aid", 0.9, elsewhere=True), {}).intent == "legal_asylum_aid"


@pytest.mark.parametrize("pending", ["country", "city", "place", "origin"])
def test_thanks_are_no_town_of_that_name(pending):
    for words, unsaid in ((1, 0), (2, 1)):
        said = heard("thanks", 0.95, words=words, unsaid=unsaid, country="HN", city="1")
        meant = meaning(said, {"pending": pending, "topic": "gbv_partner_violence"})
        assert (meant.intent, meant.entities) == ("thanks", ())
    told = heard("thanks", 0.95, words=2, unsaid=0, country="HN")
    assert dict(meaning(told, {"pending": pending}).entities) != {}


def test_a_guess_alone_ends_no_messages():
    assert meaning(heard("stop_subscribe", 0.95), {}).intent == "stop_subscribe"
    offered = meaning(heard("stop_subscribe", 0.9), {})
    assert offered.intent == "unsure"
    assert ("alternatives", "stop_subscribe") in offered.entities


def test_asking_where_a_place_is_is_not_beside_the_point():
    said = heard("out_of_scope", 0.9, concepts=("WHERE",), kind="food", city="1", country="MX")
    assert meaning(said, {}).intent == "find_service"
    asked = heard("work_skills", 0.9, concepts=("WHERE",), kind="jobs")
    assert meaning(asked, {}).intent == "work_skills"


@pytest.mark.parametrize("danger", DANGERS)
def test_nobody_is_sent_away_after_a_danger_however_much_they_write(danger):
    said = heard("out_of_scope", 0.95, words=20)
    assert meaning(said, {"topic": danger}).intent == "danger_follow_up"
    assert meaning(said, {"topic": "find_service"}).intent == "out_of_scope"

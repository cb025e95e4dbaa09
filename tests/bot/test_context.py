import pytest

from bot.understanding.classifier import Guess
from bot.understanding.context import Heard, chosen, meaning
from bot.understanding.dangers import DANGERS
from bot.understanding.entities import Finding, find_codes
from bot.understanding.forms import Hit
from bot.understanding.places import Whereabouts
from bot.understanding.safeguarding import Risk

PENDING = ["country", "city", "place", "status", "care", "kind", "language", "delete", "helper",
           "unsure", None]  # fmt: skip


def heard(
    intent="rights_care", sure=0.9, *, words=5, unsaid=5, concepts=(), risk=None, towns=(), **codes
):
    others = [Guess("find_service", 0.05), Guess("cost_care", 0.03), Guess("greet", 0.01)]
    finding = Finding(codes, towns, unsaid)
    return Heard([Guess(intent, sure), *others], finding, risk, words, frozenset(concepts))


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

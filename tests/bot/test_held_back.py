import pytest

from bot.figures import Share, calibration_error, fallen, of_messages, of_places
from bot.held_back import Labelled, Placed, read_labelled, read_placed


def parsed(intent, *others, risk=None, language="es", confidence=1.0, **codes):
    return {
        "intent": intent, "alternatives": [{"intent": other} for other in others], "risk": risk,
        "language": language, "confidence": confidence,
        "entities": {"country": None, "city": None, **codes},
    }  # fmt: skip


def test_messages_are_read_with_what_their_block_says(tmp_path):
    (tmp_path / "es").mkdir()
    (tmp_path / "es" / "messages.yml").write_text(
        "nlu:\n- intent: loneliness\n  metadata: {language: es, author: es-h, hard: idiom,"
        " accept: [low_mood_grief]}\n  examples: |\n    - sola\n    - nadie - nadie\n"
    )
    assert read_labelled(tmp_path, ["es", "fr"]) == [
        Labelled("es", text, ("loneliness", "low_mood_grief"), None, "idiom")
        for text in ("sola", "nadie - nadie")
    ]


def test_norway_is_a_country_and_null_is_none(tmp_path):
    (tmp_path / "es").mkdir()
    (tmp_path / "es" / "places.yml").write_text(
        '- {text: "a", country: null, city: null, not: [NO]}\n'
    )
    assert read_placed(tmp_path, ["es"]) == [Placed("es", "a", None, None, frozenset({"NO"}))]


def test_first_and_within_three_are_counted():
    message = Labelled("es", "x", ("housing", "shelter_tonight"))
    answers = [parsed("housing"), parsed("shelter_tonight"), parsed("greet", "thanks", "housing"),
               parsed("greet", "thanks", "deny", "housing")]  # fmt: skip
    figures = of_messages([(message, answer) for answer in answers])
    assert figures["first"] == Share(0.5, 4)
    assert figures["within_three"] == Share(0.75, 4)


def test_a_danger_is_found_by_any_of_the_seven_and_a_false_alarm_is_one():
    danger = Labelled("es", "x", ("violence_now",), "misspelt")
    idiom = Labelled("es", "x", ("out_of_scope",), None, "idiom")
    either = Labelled("es", "x", ("low_mood_grief", "suicide_selfharm"))
    alarmed = parsed("gbv_partner_violence", risk="gbv_partner_violence")
    figures = of_messages(
        [(danger, alarmed), (danger, parsed("greet")), (idiom, alarmed), (either, alarmed)]
    )
    assert figures["danger"] == figures["danger_altered"] == Share(0.5, 2)
    assert figures["alarm_hard"] == Share(1.0, 1)
    assert "alarm_ordinary" not in figures


def test_places_are_right_by_country_and_id():
    here = Placed("es", "x", "SV", "Santa Ana")
    passed = Placed("es", "x", None, None, frozenset({"MX"}))
    figures = of_places(
        [
            (here, parsed("inform", country="SV", city="1")),
            (passed, parsed("inform", country="MX")),
        ],
        {here: frozenset({"1"}), passed: frozenset()},
    )
    assert figures["country"] == figures["city"] == Share(1.0, 1)
    assert figures["elsewhere_taken"] == Share(1.0, 1)


def test_the_calibration_error_is_how_far_sureness_is_from_truth():
    assert calibration_error([(0.75, True)] * 3 + [(0.75, False)]).value == pytest.approx(0)
    assert calibration_error([(0.95, False)] * 2).value == pytest.approx(0.95)


def test_intervals_are_wide_for_few_messages():
    low, high = Share(1.0, 10).interval()
    assert low == pytest.approx(0.7225, abs=1e-3)
    assert high == 1.0


def test_what_has_fallen_by_more_than_a_point_is_told():
    before = {"first": Share(0.80, 1000), "alarm_hard": Share(0.10, 1000), "city": Share(1.0, 10)}
    same = {"first": Share(0.791, 1000), "alarm_hard": Share(0.05, 1000), "city": Share(0.9, 10)}
    worse = {"first": Share(0.78, 1000), "alarm_hard": Share(0.12, 1000), "city": Share(0.8, 10)}
    assert fallen(before, same, 0.01) == []
    assert [line.split()[0] for line in fallen(before, worse, 0.01)] == [
        "first",
        "alarm_hard",
        "city",
    ]

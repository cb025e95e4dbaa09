"""`faro explain` is read by people."""

from __future__ import annotations

from faro.commands.explain import readable

REASONS = {
    "language": {"tag": "es", "confidence": 0.99},
    "guesses": [{"intent": "greet", "confidence": 0.9}, {"intent": "thanks", "confidence": 0.05}],
    "why": {"greet": [{"feature": "k:HELLO", "share": 1.5}]},
    "phrases": [],
    "risk": None,
}


def test_each_reason_has_a_line_and_numbers_are_short():
    assert list(readable(REASONS)) == [
        "Language: es 0.990",
        "Guesses: greet 0.900; thanks 0.050",
        "Why:",
        "  greet: k:HELLO 1.500",
        "Phrases: nothing",
        "Risk: none",
    ]


def test_long_reasons_are_wrapped():
    long = {"why": {"greet": [{"feature": f"k:HELLO_{n}", "share": 1.0} for n in range(30)]}}
    assert max(len(line) for line in readable(long)) <= 100

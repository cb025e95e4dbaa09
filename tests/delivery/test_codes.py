"""What is a code to go on elsewhere, and what it brings."""

from __future__ import annotations

import pytest

from delivery.resuming import code_in, new_code, resumed
from wire.state import State


def test_a_danger_that_is_brought_is_open_here():
    brought = State({"topic": "child_abuse", "pending": "country", "country": "GR"})
    here = State({"topic": "rights_care", "pending": "status", "status": "refugee"})
    slots = resumed(here, brought).slots
    assert slots == {**brought.slots, "status": "refugee"}


@pytest.mark.parametrize("written", ["1234567890", "12345 67890", " 12345-67890 ", "١٢٣٤٥ ٦٧٨٩٠"])
def test_a_code_is_read_in_every_scripts_digits(written):
    assert code_in(written) == "1234567890"


@pytest.mark.parametrize("written", ["", "123456789", "12345678901", "1234567890 ayuda", "a", None])
def test_other_messages_are_no_codes(written):
    assert code_in(written) is None


def test_codes_are_ten_digits():
    assert all(code_in(new_code()) for _ in range(50))

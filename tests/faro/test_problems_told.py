"""Whatever goes wrong is told in one line that holds nothing of what a person wrote."""

from __future__ import annotations

import errno

import pytest

from delivery.errors import NoDecisionError
from faro.door import DoorError
from faro.errors import FaroError
from faro.problems import told


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (FaroError("The port is taken", "Choose another"), "The port is taken. Choose another."),
        (NoDecisionError(away=True), "Try again"),
        (DoorError("the enclave does not answer"), "The enclave does not answer. Try again"),
        (OSError(errno.ENOSPC, "No space left on device"), "The disk is full. Free some space"),
        (PermissionError(errno.EACCES, "Permission denied", "/a"), "/a: Permission denied."),
    ],
)
def test_a_problem_says_what_to_do(error, says):
    assert says in told(error)
    assert "\n" not in told(error)


def test_a_mistake_of_ours_is_told_by_kind_and_place_only():
    with pytest.raises(ValueError, match="tengo") as raised:
        int("tengo miedo")
    line = told(raised.value)
    assert "miedo" not in line
    assert "ValueError" in line
    assert "test_problems_told.py" in line

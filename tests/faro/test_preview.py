"""An operator sees a message as the phone will show it, before anybody gets it."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from content.direction import MARK
from faro.__main__ import app
from faro.commands import preview
from faro.errors import FaroError

preview_app = type(app)()
preview_app.command()(preview.command)
RUN = CliRunner()


def shown(*arguments: str) -> str:
    told = RUN.invoke(preview_app, arguments, catch_exceptions=False)
    assert told.exit_code == 0
    return told.output


def test_an_sms_is_shown_in_parts_with_their_segments_and_without_accents():
    told = shown("danger.cannot_send", "--channel", "sms", "--language", "es")
    assert "1 segments, GSM-7" in told
    assert "á" not in told.partition("---")[2]


def test_a_placeholder_holds_a_sample_or_what_is_given():
    assert "000" in shown("danger.number", "--language", "en")
    assert "911" in shown("danger.number", "--language", "en", "--value", "number=911")


def test_a_number_in_a_text_from_right_to_left_is_marked():
    assert f"{MARK}000{MARK}" in shown("danger.number", "--language", "ar")


def test_an_unknown_message_is_answered_with_ones_like_it():
    with pytest.raises(FaroError, match=r"danger\.nothing has no wording in es") as error:
        RUN.invoke(preview_app, ["danger.nothing", "--language", "es"], catch_exceptions=False)
    assert "danger." in str(error.value)

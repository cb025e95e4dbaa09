"""What the command line believes of a channel is what its adapter says."""

from __future__ import annotations

import pytest

from channels.telegram.adapter import Telegram
from channels.twilio.adapter import Twilio
from channels.webchat.adapter import build_webchat
from delivery.capabilities import CAPABILITIES, DEFAULT_CHANNEL


@pytest.mark.parametrize(
    ("name", "adapter"),
    [("telegram", Telegram), ("sms", Twilio), ("webchat", build_webchat(None))],
)
def test_a_channel_shows_what_its_adapter_says(name, adapter):
    assert CAPABILITIES[name] == adapter.capabilities


def test_the_default_channel_is_one():
    assert DEFAULT_CHANNEL in CAPABILITIES

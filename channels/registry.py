"""One line a channel. The contract tests run for each of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from channels.adapter import Adapter
from channels.settings import Settings
from channels.telegram.adapter import build_telegram
from channels.twilio.adapter import build_sms, build_whatsapp
from channels.webchat.adapter import build_try, build_webchat

# Each returns the channel, or None when the settings do not ask for it.
CHANNELS: Mapping[str, Callable[[Settings], Adapter | None]] = {
    "webchat": build_webchat,
    "try": build_try,
    "telegram": build_telegram,
    "sms": build_sms,
    "whatsapp": build_whatsapp,
}


def build_channels(settings: Settings) -> dict[str, Adapter]:
    """Return the channels that the settings ask for, by name."""
    built = {name: build(settings) for name, build in CHANNELS.items()}
    return {name: adapter for name, adapter in built.items() if adapter is not None}

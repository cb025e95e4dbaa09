"""What each channel can show, known without opening it.

The adapters say the same of themselves; a test compares them. They are not asked here,
because importing a provider's library takes longer than the answer.
"""

from __future__ import annotations

from collections.abc import Mapping

from delivery.fitting import SMS, Capabilities

DEFAULT_CHANNEL = "webchat"
CAPABILITIES: Mapping[str, Capabilities] = {
    "webchat": Capabilities(characters=8000, buttons=24),
    "telegram": Capabilities(characters=4096, buttons=24),
    "sms": SMS,
    "whatsapp": Capabilities(characters=1600, label=20),
}

"""Characters that no table can keep: none at all, and halves of others."""

from __future__ import annotations

import re
from typing import Any

_NOISE = re.compile("[\x00\ud800-\udfff]")


def without_noise(value: Any) -> Any:
    """Return a text, or a document of texts, without such characters."""
    if isinstance(value, str):
        return _NOISE.sub("", value)
    if isinstance(value, list):
        return [without_noise(one) for one in value]
    if isinstance(value, dict):
        return {without_noise(name): without_noise(one) for name, one in value.items()}
    return value

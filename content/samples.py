"""What stands in a placeholder when somebody looks at a message outside of a conversation."""

from __future__ import annotations

from collections.abc import Mapping

from content.locales import country_name
from content.messages import placeholders

_COUNTRY = "SV"
# Values as long as the usual ones. A number is one that nobody has.
_SAMPLES: Mapping[str, str] = {
    "number": "000",
    "numbers": "000",
    "emergency": "000",
    "url": "https://example.org",
    "email": "a@example.org",
    "date": "2026",
    "hours": "09:00-17:00",
    "distance": "3 km",
    "amount": "10 €",
}
_OTHER = "…"


def filled(text: str, language: str, given: Mapping[str, str] | None = None) -> str:
    """Return a wording with samples in its placeholders, or the values that are given."""
    values = {**_SAMPLES, "country": country_name(_COUNTRY, language), **(given or {})}
    return text.format_map({name: values.get(name, _OTHER) for name in placeholders(text)})

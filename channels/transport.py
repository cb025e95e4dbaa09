"""What a broken connection means for a message that was on its way."""

from __future__ import annotations

import httpx

from delivery.errors import Outcome

# Nothing had left us yet when these were raised.
_NEVER_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
)


def outcome_of(error: BaseException | None) -> Outcome:
    """Return TRY_LATER when the request cannot have arrived, else UNKNOWN."""
    return Outcome.TRY_LATER if isinstance(error, _NEVER_SENT) else Outcome.UNKNOWN

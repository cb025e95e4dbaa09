"""Ways an answer can fail on its way, and what each one means for the person waiting."""

from __future__ import annotations

from enum import Enum


class NoDecisionError(Exception):
    """The enclave did not answer in time, or decided nothing.

    Attributes:
        away: True when nobody answered (it may come back), False when it answered
            without a decision (the same turn may fail for ever).
    """

    def __init__(self, *, away: bool) -> None:
        super().__init__("the enclave is away" if away else "the enclave decided nothing")
        self.away = away


class TryAgainError(Exception):
    """A job is to run again. Holds the seconds to wait and nothing of its content."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"again in {seconds:.1f} s")
        self.seconds = seconds


class Outcome(Enum):
    """What to do after a failed send. Values are stable: operators filter by them."""

    TRY_LATER = "try_later"  # the provider is down or is slowing us
    STOPPED = "stopped"  # the person blocked us or sent STOP; never send again
    REJECTED = "rejected"  # this message will never go; the next one may
    OUR_FAULT = "our_fault"  # bad token or setting; wake an operator
    UNKNOWN = "unknown"  # the connection broke after the message had left us


class SendError(Exception):
    """A reply did not reach the provider, as far as we know.

    Holds the provider's own code and nothing the person wrote: errors are logged.

    Attributes:
        retry_in: Seconds the provider asked us to wait, or None.
    """

    def __init__(self, outcome: Outcome, *, code: str = "", retry_in: float | None = None) -> None:
        super().__init__(f"{outcome.value} ({code or 'no code'})")
        self.outcome = outcome
        self.code = code
        self.retry_in = retry_in

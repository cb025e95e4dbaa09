"""Every waiting time of the delivery in one place, so that tests can shorten them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Timing:
    """All in seconds.

    Attributes:
        decision: The longest wait for one decision.
        patience: Age of a turn without an answer at which the numbers for danger are sent.
        numbers_again: Somebody who got the numbers gets them again after so long at the earliest.
        give_up: Age of a turn at which the enclave is no longer asked.
        retry: First wait before a failed job runs again; doubled up to ``longest_retry``.
        longest_retry: Longest wait between two tries.
        beat: Time between two heartbeats of a worker.
        silence: A worker silent for so long is dead; its jobs are given back.
        send: The longest wait for a provider.
        lease: A send that took longer was broken off. More than ``send``.
        settle: Wait before a look-up, so that the provider's list has caught up.
        unknown: After so long an unsure send is repeated whatever a look-up says.
        poll: How often the queue is looked at for jobs that became due; the next message of a
            conversation waits for it.
        watch: How often the watchdog looks.
        confirmed: Who asked to be forgotten gets their confirmation within this, or never.
        erased: After so long nothing about them is left here, whatever a provider says.
        copies: How often copies at providers are looked at that are to be deleted.
        copy_retry: First wait before a provider is asked again to delete a copy; doubled up
            to ``longest_copy_retry``.
        longest_copy_retry: Longest wait between two tries.
    """

    decision: float = 8.0
    patience: float = 7.0
    numbers_again: float = 60.0
    give_up: float = 6 * 3600.0
    retry: float = 1.0
    longest_retry: float = 10.0
    beat: float = 2.0
    silence: float = 8.0
    send: float = 6.0
    lease: float = 8.0
    settle: float = 5.0
    unknown: float = 60.0
    poll: float = 0.25
    watch: float = 0.25
    confirmed: float = 40.0
    erased: float = 55.0
    copies: float = 1.0
    copy_retry: float = 5.0
    longest_copy_retry: float = 1800.0


@dataclass(frozen=True)
class Retention:
    """How long things are kept at most.

    Attributes:
        idle_days: Days without a message after which a conversation is forgotten.
        provider_ids: Hours for which a repeat is recognised (Telegram repeats for 24).
        settled: Hours for which a sent row waits for a late status callback.
        unread: Minutes for which the web chat waits for its page.
        unanswered: Hours after which an unanswered text is deleted.
        count_months: Months for which counts of what was understood are kept.
        codes: Hours for which a code to resume elsewhere is good.
        copies: Hours for which Telegram lets messages be deleted.
    """

    idle_days: float = 30.0
    provider_ids: float = 48.0
    settled: float = 24.0
    unread: float = 15.0
    unanswered: float = 24.0
    count_months: int = 24
    codes: float = 24.0
    copies: float = 48.0

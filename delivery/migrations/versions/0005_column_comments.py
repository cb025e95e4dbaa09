"""Every column says what stands in it and how it is protected.

Revision ID: 0005
Revises: 0004
"""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_COMMENTS = {
    "conversation": {
        "id": "pseudonym: keyed hash of channel and address",
        "channel": "name of the channel, such as sms",
        "address": "sealed: where replies go",
        "language": "language of the last answer",
        "state": "sealed: codes such as country or status, and what was asked last",
        "offers": "sealed: what was offered lately, in words; what is left of an answer by SMS",
        "seen_at": "when the last message came",
        "stopped_at": "when the person sent STOP or blocked the bot",
    },
    "inbox": {
        "id": "number of the turn",
        "conversation": "pseudonym of the conversation",
        "provider_key": "keyed hash of the provider's id of the message",
        "said": "sealed: what was written or chosen, the channel's language, the number's country",
        "accepted_at": "when the message was accepted",
        "numbers_at": "when the numbers for danger were sent because the answer was late",
    },
    "outbox": {
        "id": "number of the reply",
        "turn": "number of the turn that it answers",
        "ordinal": "its place among the replies of the turn",
        "conversation": "pseudonym of the conversation",
        "body": "sealed: text and buttons of the reply; empty once settled",
        "status": "waiting, sending, sent, unknown or failed",
        "attempts": "how often it was sent",
        "repeated": "whether it may have arrived twice",
        "provider_key": "keyed hash of the provider's id of the message",
        "code": "the provider's error code",
        "created_at": "when it was written",
        "not_before": "when it may be sent",
        "sending_at": "when it was being sent",
        "settled_at": "when it was known what became of it",
    },
    "seen": {
        "provider_key": "keyed hash of channel and the provider's id of a message",
        "at": "when the message came",
    },
    "understood": {
        "month": "first day of the month",
        "language": "language of the answers",
        "intent": "what was understood; the seven dangers are one",
        "outcome": "answered, unsure, not understood, chosen or corrected",
        "times": "how often, nobody's",
    },
    "gaps": {
        "day": "the day",
        "country": "the country",
        "kind": "kind of service that helpers say exists nowhere there",
        "times": "how often, nobody's",
    },
}


def upgrade() -> None:
    for table, columns in _COMMENTS.items():
        for column, comment in columns.items():
            op.alter_column(table, column, comment=comment)


def downgrade() -> None:
    for table, columns in _COMMENTS.items():
        for column in columns:
            op.alter_column(table, column, comment=None)

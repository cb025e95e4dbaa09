"""The tables of the delivery. What a person said stands in them only sealed.

``registry.py`` says of each how long it is kept and how it is erased.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    func,
    text,
)

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    }
)

conversation = Table(
    "conversation",
    metadata,
    Column(
        "id", String(32), primary_key=True, comment="pseudonym: keyed hash of channel and address"
    ),
    Column("channel", String(20), nullable=False, comment="name of the channel, such as sms"),
    Column("address", LargeBinary, nullable=False, comment="sealed: where replies go"),
    Column("language", String(35), comment="language of the last answer"),
    Column(
        "state",
        LargeBinary,
        comment="sealed: codes such as country or status, and what was asked last",
    ),
    Column(
        "offers",
        LargeBinary,
        comment="sealed: what was offered lately, in words; what is left of an answer by SMS",
    ),
    Column(
        "seen_at",
        DateTime(timezone=True),
        nullable=False,
        server_default=func.now(),
        comment="when the last message came",
    ),
    Column(
        "stopped_at",
        DateTime(timezone=True),
        comment="when the person sent STOP or blocked the bot",
    ),
    Column("own", LargeBinary, comment="sealed: the safe word that the person chose"),
    Column("erasing_at", DateTime(timezone=True), comment="when the person asked to be forgotten"),
    Column(
        "by_hand_at", DateTime(timezone=True), comment="since when people answer by hand, if any"
    ),
    Column(
        "code_tries",
        SmallInteger,
        nullable=False,
        server_default="0",
        comment="codes tried in the last hour that lead to nothing",
    ),
    Column("code_tried_at", DateTime(timezone=True), comment="when the first of them was tried"),
)

inbox = Table(
    "inbox",
    metadata,
    Column("id", BigInteger, primary_key=True, comment="number of the turn"),
    Column(
        "conversation",
        ForeignKey("conversation.id", ondelete="CASCADE"),
        nullable=False,
        comment="pseudonym of the conversation",
    ),
    Column(
        "provider_key",
        LargeBinary,
        nullable=False,
        comment="keyed hash of the provider's id of the message",
    ),
    Column(
        "said",
        LargeBinary,
        nullable=False,
        comment="sealed: what was written or chosen, the channel's language, the number's country",
    ),
    Column(
        "accepted_at",
        DateTime(timezone=True),
        nullable=False,
        server_default=func.now(),
        comment="when the message was accepted",
    ),
    Column(
        "numbers_at",
        DateTime(timezone=True),
        comment="when the numbers for danger were sent because the answer was late",
    ),
    Index("ix_inbox_unanswered", "accepted_at", postgresql_where=text("numbers_at IS NULL")),
    Index(None, "conversation"),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", BigInteger, primary_key=True, comment="number of the reply"),
    Column("turn", BigInteger, nullable=False, comment="number of the turn that it answers"),
    Column(
        "ordinal", SmallInteger, nullable=False, comment="its place among the replies of the turn"
    ),
    Column(
        "conversation",
        ForeignKey("conversation.id", ondelete="CASCADE"),
        nullable=False,
        comment="pseudonym of the conversation",
    ),
    Column(
        "body", LargeBinary, comment="sealed: text and buttons of the reply; empty once settled"
    ),
    Column(
        "status",
        String(10),
        nullable=False,
        server_default="waiting",
        comment="waiting, sending, sent, unknown or failed",
    ),
    Column(
        "attempts",
        SmallInteger,
        nullable=False,
        server_default="0",
        comment="how often it was sent",
    ),
    Column(
        "repeated",
        Boolean,
        nullable=False,
        server_default=text("false"),
        comment="whether it may have arrived twice",
    ),
    Column("provider_key", LargeBinary, comment="keyed hash of the provider's id of the message"),
    Column("code", String(40), comment="the provider's error code"),
    Column(
        "created_at",
        DateTime(timezone=True),
        nullable=False,
        server_default=func.now(),
        comment="when it was written",
    ),
    Column(
        "not_before",
        DateTime(timezone=True),
        nullable=False,
        server_default=func.now(),
        comment="when it may be sent",
    ),
    Column("sending_at", DateTime(timezone=True), comment="when it was being sent"),
    Column("settled_at", DateTime(timezone=True), comment="when it was known what became of it"),
    UniqueConstraint("turn", "ordinal"),
    Index(None, "conversation", "id"),
    Index(
        "ix_outbox_open",
        "status",
        postgresql_where=text("status IN ('waiting', 'sending', 'unknown')"),
    ),
)

seen = Table(
    "seen",
    metadata,
    Column(
        "provider_key",
        LargeBinary,
        primary_key=True,
        comment="keyed hash of channel and the provider's id of a message",
    ),
    Column(
        "at",
        DateTime(timezone=True),
        nullable=False,
        server_default=func.now(),
        comment="when the message came",
    ),
    Column("conversation", String(32), comment="pseudonym, so that it is erased with it"),
    Index(None, "at"),
    Index(None, "conversation"),
)

provider_copy = Table(
    "provider_copy",
    metadata,
    Column("id", BigInteger, primary_key=True, comment="a number"),
    Column("key", LargeBinary, nullable=False, unique=True, comment="keyed hash of channel and id"),
    Column(
        "conversation",
        ForeignKey("conversation.id", ondelete="SET NULL"),
        comment="pseudonym; nobody's once the conversation is gone",
    ),
    Column("channel", String(20), nullable=False, comment="name of the channel"),
    Column(
        "reference",
        LargeBinary,
        nullable=False,
        comment="sealed: the id under which the provider keeps a message",
    ),
    Column(
        "at",
        DateTime(timezone=True),
        nullable=False,
        server_default=func.now(),
        comment="when the message came or went",
    ),
    Column("due_at", DateTime(timezone=True), comment="when the provider is asked to delete it"),
    Column(
        "attempts",
        SmallInteger,
        nullable=False,
        server_default="0",
        comment="how often the provider was asked",
    ),
    Index(None, "conversation"),
    Index("ix_provider_copy_due", "due_at", postgresql_where=text("due_at IS NOT NULL")),
    Index(None, "at"),
)

flag = Table(
    "flag",
    metadata,
    Column("key", LargeBinary, primary_key=True, comment="keyed hash of a conversation"),
    Column("kind", String(10), primary_key=True, comment="stop or exit"),
    Column(
        "at",
        DateTime(timezone=True),
        nullable=False,
        server_default=func.now(),
        comment="since when",
    ),
)

resume_code = Table(
    "resume_code",
    metadata,
    Column("key", LargeBinary, primary_key=True, comment="keyed hash of a code"),
    Column(
        "state",
        LargeBinary,
        nullable=False,
        comment="sealed with the code: what was known when it was made",
    ),
    Column(
        "conversation",
        ForeignKey("conversation.id", ondelete="SET NULL"),
        comment="pseudonym, so that it is erased with it; nobody's after a quick exit",
    ),
    Column(
        "made_at",
        DateTime(timezone=True),
        nullable=False,
        server_default=func.now(),
        comment="when it was made",
    ),
    Index(None, "conversation"),
    Index(None, "made_at"),
)

understood = Table(
    "understood",
    metadata,
    Column("month", Date, primary_key=True, comment="first day of the month"),
    Column("language", String(35), primary_key=True, comment="language of the answers"),
    Column(
        "intent",
        String(40),
        primary_key=True,
        comment="what was understood; the seven dangers are one",
    ),
    Column(
        "outcome",
        String(20),
        primary_key=True,
        comment="answered, unsure, not understood, chosen or corrected",
    ),
    Column("times", BigInteger, nullable=False, comment="how often, nobody's"),
)

gaps = Table(
    "gaps",
    metadata,
    Column("day", Date, primary_key=True, comment="the day"),
    Column("country", String(2), primary_key=True, comment="the country"),
    Column(
        "kind",
        String(40),
        primary_key=True,
        comment="kind of service that helpers say exists nowhere there",
    ),
    Column("times", BigInteger, nullable=False, comment="how often, nobody's"),
)

feedback = Table(
    "feedback",
    metadata,
    Column("day", Date, primary_key=True, comment="the day"),
    Column("country", String(2), primary_key=True, comment="the country of the entry"),
    Column("part", String(20), primary_key=True, comment="services, rights or helplines"),
    Column("entry", String(64), primary_key=True, comment="id of the entry that had been told"),
    Column(
        "answer",
        String(20),
        primary_key=True,
        comment="good, so_so, bad, wrong, closed, turned_away or asked_for_papers",
    ),
    Column(
        "among",
        SmallInteger,
        primary_key=True,
        comment="how many entries had been told together; 1: it is about this one",
    ),
    Column("times", BigInteger, nullable=False, comment="how often, nobody's"),
    Column(
        "settled",
        BigInteger,
        nullable=False,
        server_default="0",
        comment="how many of them an operator has dealt with",
    ),
)

unmet = Table(
    "unmet",
    metadata,
    Column("month", Date, primary_key=True, comment="first day of the month"),
    Column("language", String(35), primary_key=True, comment="language of the answer"),
    Column("country", String(2), primary_key=True, comment="where something was looked for"),
    Column(
        "city",
        String(12),
        primary_key=True,
        comment="number of a city of 100,000 people or more; empty for a smaller one",
    ),
    Column("part", String(20), primary_key=True, comment="services or rights"),
    Column("what", String(40), primary_key=True, comment="kind of service, or care"),
    Column(
        "why",
        String(20),
        primary_key=True,
        comment="nothing, other_kind, not_for, far, no_rule or no_pack",
    ),
    Column("times", BigInteger, nullable=False, comment="how often, nobody's"),
)

notice = Table(
    "notice",
    metadata,
    Column("id", BigInteger, primary_key=True, comment="number of the notice"),
    Column(
        "request",
        BigInteger,
        nullable=False,
        comment="number of the verification request that it is about",
    ),
    Column(
        "number",
        String(20),
        comment="published telephone number of an organisation; empty once settled",
    ),
    Column(
        "body", Text, comment="what is sent to the organisation, with a link; empty once settled"
    ),
    Column(
        "attempts",
        SmallInteger,
        nullable=False,
        server_default="0",
        comment="how often it was tried",
    ),
    Column("code", String(40), comment="the provider's error code"),
    Column(
        "created_at",
        DateTime(timezone=True),
        nullable=False,
        server_default=func.now(),
        comment="when it was written",
    ),
    Column(
        "not_before",
        DateTime(timezone=True),
        nullable=False,
        server_default=func.now(),
        comment="when it may be tried",
    ),
    Column("settled_at", DateTime(timezone=True), comment="when it was sent or given up"),
    Index("ix_notice_open", "not_before", postgresql_where=text("settled_at IS NULL")),
    Index(None, "request"),
)

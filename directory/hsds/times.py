"""Opening hours as recurrence rules."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Mapped, mapped_column

from directory.hsds.base import Base, Clock, Frequency, Weekday, link


class Schedule(Base):
    """When something is open: a recurrence rule as RFC 5545 has it."""

    __tablename__ = "schedule"

    service_id: Mapped[str | None] = link("service", comment="Open hours of this service.")
    location_id: Mapped[str | None] = link("location", comment="Open hours of this place.")
    service_at_location_id: Mapped[str | None] = link(
        "service_at_location", comment="Open hours of the service at this place."
    )
    valid_from: Mapped[date | None] = mapped_column(comment="First day the rule holds.")
    valid_to: Mapped[date | None] = mapped_column(comment="Last day the rule holds.")
    dtstart: Mapped[date | None] = mapped_column(comment="DTSTART: first day of the recurrence.")
    timezone: Mapped[Decimal | None] = mapped_column(comment="Hours from UTC.")
    until: Mapped[date | None] = mapped_column(comment="UNTIL: last day of the recurrence.")
    count: Mapped[Decimal | None] = mapped_column(comment="COUNT: how many times.")
    wkst: Mapped[str | None] = mapped_column(Weekday, comment="WKST: first day of the week.")
    freq: Mapped[str | None] = mapped_column(Frequency, comment="FREQ: WEEKLY or MONTHLY.")
    interval: Mapped[Decimal | None] = mapped_column(
        comment="INTERVAL: every how many weeks or months."
    )
    byday: Mapped[str | None] = mapped_column(comment="BYDAY: days, with commas.")
    byweekno: Mapped[str | None] = mapped_column(comment="BYWEEKNO: weeks of the year.")
    bymonthday: Mapped[str | None] = mapped_column(comment="BYMONTHDAY: days of the month.")
    byyearday: Mapped[str | None] = mapped_column(comment="BYYEARDAY: days of the year.")
    description: Mapped[str | None] = mapped_column(comment="The hours in words.")
    opens_at: Mapped[str | None] = mapped_column(Clock, comment="Opens at.")
    closes_at: Mapped[str | None] = mapped_column(
        Clock, comment="Closes at; 24:00 is the end of the day."
    )
    schedule_link: Mapped[str | None] = mapped_column(comment="A page with the hours.")
    attending_type: Mapped[str | None] = mapped_column(comment="How one attends.")
    notes: Mapped[str | None] = mapped_column(comment="What else to know.")

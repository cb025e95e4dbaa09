"""What every form of a pack's part has: its source, and how long and how surely it holds."""

from __future__ import annotations

from console.forms.field import MISSING
from console.forms.form import Section
from console.forms.plain_fields import Choice, Day, Text
from console.translation import N_

CONFIDENCE = ("high", "medium", "low")

SOURCE = Section(
    "source",
    N_("Where this is from"),
    (
        Text("source.title", N_("Source"), N_("Who says so."), required=True),
        Text("source.url", N_("Its page"), type="url", empty=MISSING),
        Text(
            "source.published",
            N_("Date of the source"),
            N_("Year, year-month or year-month-day; “unknown” where it has none."),
            required=True,
        ),
    ),
    open=True,
)
VALIDITY = Section(
    "validity",
    N_("How long and how surely it holds"),
    (
        Choice(
            "confidence",
            N_("How sure is it?"),
            N_("What is not sure is not said before somebody confirmed it."),
            required=True,
            family="confidence",
            codes=CONFIDENCE,
        ),
        Day("valid_from", N_("Holds from"), empty=None),
        Day("valid_until", N_("Holds until"), empty=None),
    ),
)

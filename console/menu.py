"""The menu: those pages with a place in it that somebody's role allows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from console.operator import Operator
from console.translation import N_, _


@dataclass(frozen=True)
class Entry:
    """One line of the menu; shown where a page with this path exists."""

    path: str
    label: str
    permission: str


# In the order of a day's work, not of the alphabet.
ENTRIES = (
    Entry("/today", N_("Today"), "today.see"),
    Entry("/listings", N_("Listings"), "listing.see"),
    Entry("/facts", N_("Facts"), "fact.see"),
    Entry("/verification", N_("Verification"), "verification.see"),
    Entry("/wordings", N_("Wording"), "wording.see"),
    Entry("/imports", N_("Import and export"), "export.run"),
    Entry("/duplicates", N_("Duplicates"), "merge.run"),
    Entry("/feedback", N_("Feedback"), "feedback.see"),
    Entry("/coverage", N_("Coverage"), "coverage.see"),
    Entry("/unmet", N_("Unmet needs"), "unmet.see"),
    Entry("/organisations", N_("Organisations"), "organisation.edit"),
    Entry("/audit", N_("Audit"), "audit.see"),
    Entry("/operators", N_("Operators"), "operator.manage"),
)


def menu_for(operator: Operator | None, paths: Collection[str]) -> list[tuple[str, str]]:
    """Return path and label of what an operator may open; nothing for nobody.

    ``paths`` are those of the pages that exist.
    """
    if operator is None:
        return []
    open_to = (e for e in ENTRIES if e.path in paths and operator.may(e.permission))
    return [(entry.path, _(entry.label)) for entry in open_to]

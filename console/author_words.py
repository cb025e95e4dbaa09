"""Who wrote something and why, where it was no person: in the operator's language."""

from __future__ import annotations

from collections.abc import Mapping

from console.translation import N_, _

HOW: Mapping[str, str] = {
    "called": N_("I called them"),
    "visited": N_("I was there"),
    "wrote": N_("They wrote to me"),
    "page": N_("Their own page says so"),
}
# What stands in the audit in English, because no person wrote it.
_BY_NOBODY = (
    N_("as it was loaded"),
    N_("withdrawn by its author"),
    N_("(withheld)"),
    N_("a new pack says this"),
    N_("the pack says that it must not be found"),
    N_("paused"),
    N_("open again"),
    N_("not taking new people"),
    N_("taking new people again"),
    N_("changed by link"),
    N_("confirmed by link"),
    N_("the link reached somebody else"),
)


_NOBODY = {"pack": N_("the pack"), "command line": N_("the command line"), "import": N_("a file")}


def by(author: str) -> str:
    """Return who did something: a person by name, all else in words."""
    kind, joint, organisation = author.partition(":")
    if kind == "link" and joint:
        return _("Somebody with the link (%(organisation)s)") % {"organisation": organisation}
    return _(_NOBODY[author]) if author in _NOBODY else author


def told(text: str) -> str:
    """Return a reason as somebody wrote it; one of our own in the operator's language."""
    how, joint, note = text.partition(": ")
    if how in HOW:  # of a check
        return f"{_(HOW[how])}{joint}{note}"
    return _(text) if text in _BY_NOBODY else text

"""Why a password is not taken, in words."""

from __future__ import annotations

from collections.abc import Mapping

from console.passwords import LONGEST, SHORTEST, fault_of
from console.translation import N_, _

_WORDS = {
    "short": N_("Use at least %(shortest)d characters. Several words in a row are fine"),
    "long": N_("Use at most %(longest)d characters"),
    "name": N_("Your name is the first that anybody tries. Use something else"),
    "guessed": N_("This is among the first that anybody tries. Use something else"),
}


def faults_of(fields: Mapping[str, str], *, name: str) -> dict[str, str]:
    """Return the faults of a new password that was written twice, by field."""
    password, again = fields.get("new-password", ""), fields.get("again", "")
    if fault := fault_of(password, name=name):
        return {"new-password": _(_WORDS[fault]) % {"shortest": SHORTEST, "longest": LONGEST}}
    if password != again:
        return {"again": _("The two passwords are not the same")}
    return {}

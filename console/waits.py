"""How long somebody has to wait, in words and for browsers."""

from __future__ import annotations

import math
from datetime import timedelta

from console.translation import _, ngettext

_MINUTE = 60


def told(wait: timedelta) -> str:
    """Return when the next try counts, in words."""
    seconds = math.ceil(wait.total_seconds())
    if seconds < _MINUTE:
        time = ngettext("%(num)d second", "%(num)d seconds", seconds) % {"num": seconds}
    else:
        minutes = math.ceil(seconds / _MINUTE)
        time = ngettext("%(num)d minute", "%(num)d minutes", minutes) % {"num": minutes}
    return _("Too many wrong tries. Wait %(time)s, then try again") % {"time": time}


def headers(wait: timedelta) -> dict[str, str]:
    """Return what tells a browser the same."""
    return {"Retry-After": str(math.ceil(wait.total_seconds()))}

"""A line of text as HTML: numbers and addresses can be used, and read in the right direction.

In a text from right to left a telephone number, an address or a Latin name is one piece that
runs from left to right: each stands in ``<bdi dir="ltr">``, so that no sign of it wanders
(Unicode Bidirectional Algorithm, UAX 9, isolates).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

_URL = r"https?://[^\s<>«»“”]*[^\s<>«»“”.,;:)!?،؛]"
_MAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
# Letters of scripts that run from left to right, and the signs that hold such a name together.
_LETTER = r"A-Za-z\u00C0-\u024F\u0370-\u03FF\u0400-\u04FF\u1200-\u137F"
_PLAIN = rf"[{_LETTER}0-9 '’&/.+–—-]|[,:](?=[{_LETTER}0-9])|[,:](?= [{_LETTER}])"
_SHORTEST = 2  # digits of a number


class Marker:
    """Turns lines of one document into HTML."""

    def __init__(self, numbers: Iterable[str], *, right_to_left: bool) -> None:
        """Prepare for the telephone numbers that may stand in a line."""
        known = sorted((n for n in numbers if len(n) >= _SHORTEST), key=len, reverse=True)
        phones = "|".join(rf"(?<![\w+]){re.escape(number)}(?!\w)" for number in known)
        parts = [f"(?P<url>{_URL})", f"(?P<mail>{_MAIL})", f"(?P<phone>{phones or '(?!)'})"]
        if right_to_left:
            one = f"(?!{phones or '(?!)'})"  # a number stays a piece of its own
            plain = f"(?:{one}(?:{_PLAIN}))"
            whole = rf"(?:{plain}|\({plain}*\))"  # brackets only when both are inside
            last = rf"(?:{one}[{_LETTER}0-9]|\({plain}*\))"
            parts.append(f"(?P<run>{one}[+]?[{_LETTER}0-9](?:{whole}*{last})?)")
        self._pieces = re.compile("|".join(parts))
        self._right_to_left = right_to_left

    def html(self, text: str, *, linked: bool = True) -> str:
        """Return a line as HTML, with links where something can be called or opened."""
        done, at = [], 0
        for found in self._pieces.finditer(text):
            done += [escape(text[at : found.start()]), self._piece(found, linked=linked)]
            at = found.end()
        return "".join([*done, escape(text[at:])])

    def _piece(self, found: re.Match[str], *, linked: bool) -> str:
        text, kind = found[0], found.lastgroup
        shown = escape(text)
        if self._right_to_left:
            shown = f'<bdi dir="ltr">{shown}</bdi>'
        if not linked or kind == "run":
            return shown
        if kind == "phone":
            dialled = re.sub(r"[^\d+*#]", "", text)
            return f'<a href="tel:{dialled}">{shown}</a>'
        address = text if kind == "url" else f"mailto:{text}"
        return f'<a href="{escape(address)}">{shown}</a>'

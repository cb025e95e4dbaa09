"""Numbers and Latin names inside a text that runs from right to left.

Without a mark "+30 210 861 6280" is shown as "6280 861 210 +30" in an Arabic sentence: the groups
of digits stand apart and follow the sentence. A left-to-right mark on both sides keeps them as
they are dialled. Old phones know this mark, unlike the newer isolates.

Source: Unicode Standard Annex #9, rules W7 and N1; section 6.3 on implicit marks.
"""

from __future__ import annotations

import re

from babel import Locale

MARK = "\u200e"
# What is read from left to right: a number to call with the spaces and brackets inside it; else
# what begins and ends with a Latin letter or a digit, with whatever but right-to-left letters and
# brackets between them.
_NUMBER = r"[+(]?\d[\d ()./-]{3,}\d"
_LETTER = r"[0-9A-Za-z\u00c0-\u024f]"
_RUN = re.compile(rf"{_NUMBER}|{_LETTER}(?:[^\u0590-\u08ff\n()]*{_LETTER})?%?")


def runs_right_to_left(language: str) -> bool:
    """Return whether a language is written from right to left."""
    return Locale.parse(language, sep="-").text_direction == "rtl"


def marked(text: str) -> str:
    """Return a right-to-left text with a mark on both sides of every left-to-right run."""
    return _RUN.sub(lambda run: f"{MARK}{run[0]}{MARK}", text.replace(MARK, ""))

"""What is wrong with a wording, in the operator's language."""

from __future__ import annotations

import re
from collections.abc import Iterable

from console.translation import N_, _
from content.wording_faults import WordingFault

# What the checks say in English, and how it is told here; a group is put in as it stands.
_TOLD = (
    (r"the placeholders are (.+) and must be (.+)",
     N_("It holds %(a)s and must hold %(b)s: these are filled in.")),
    (r"a brace is not closed", N_("A brace { is not closed.")),
    (r"nothing fills (.+)", N_("Nothing fills in %(a)s.")),
    (r"(.+) is never said to a person", N_("%(a)s is never said to a person.")),
    (r"(.+) stands in the first (\d+) characters.*",
     N_("%(a)s stands in the first %(b)s characters, which others see on a locked phone.")),
    (r"(\d+) characters where the English has (\d+)",
     N_("It has %(a)s characters, the English %(b)s: it seems to say something else.")),
    (r"(\d+) characters, and a button shows (\d+)",
     N_("It has %(a)s characters, and a button shows %(b)s.")),
    (r"a sentence of (\d+) words", N_("A sentence has %(a)s words; 28 are the most.")),
    (r".*reading level (\d+) \(LIX\), at most (\d+)",
     N_("With it these messages are too hard to read: level %(a)s, at most %(b)s.")),
    (r"the English text has changed since.*", N_("The English text has changed since.")),
    (r"the English text has changed: download the file again",
     N_("The English text has changed: download the file again.")),
    (r"there is no such message", N_("There is no such message.")),
    (
        r"this line is cut off or has no quotes",
        N_("This line is cut off, or a quotation mark is missing. Open the file in Poedit again."),
    ),
    (r"this is no PO file.*", N_("This is no PO file in UTF-8.")),
    (r"the file says that it is in (.+)", N_("The file is in another language: %(a)s.")),
)  # fmt: skip
_PATTERNS = [(re.compile(pattern, re.DOTALL), words) for pattern, words in _TOLD]


def told(problem: str) -> str:
    """Return a problem in the language of the page; as it is where there are no words for it."""
    return " ".join(_one(part) for part in problem.split("; "))


def told_faults(faults: Iterable[WordingFault]) -> str:
    """Return what is wrong, in one line."""
    return " ".join(dict.fromkeys(_one(fault.problem) for fault in faults))


def _one(problem: str) -> str:
    for pattern, words in _PATTERNS:
        if match := pattern.fullmatch(problem):
            groups = dict(zip("ab", match.groups(), strict=False))
            return _(words) % groups if groups else _(words)
    return problem

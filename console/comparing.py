"""Two versions side by side: field by field, in words, what changed marked piece by piece."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from console.forms.field import Body, Situation
from console.forms.form import Form


@dataclass(frozen=True)
class Piece:
    """Some words of a version; ``changed`` where they are not in the other one."""

    text: str
    changed: bool


@dataclass(frozen=True)
class Compared:
    """One field in both versions, each line in pieces."""

    label: str
    before: Sequence[Sequence[Piece]]
    after: Sequence[Sequence[Piece]]
    changed: bool


def compare(form: Form, before: Body | None, after: Body, situation: Situation) -> list[Compared]:
    """Return every field that says something in either version, in the order of the form."""
    found = []
    for field in form.fields:
        old = field.tell(before, situation) if before is not None else []
        new = field.tell(after, situation)
        if old or new:
            # Two codes may have the same words; the bodies decide whether anything changed.
            changed = old != new
            found.append(Compared(field.label, *_marked(old, new), changed))
    return [*found, *_beyond(form, before or {}, after)]


def _beyond(form: Form, before: Body, after: Body) -> Iterator[Compared]:
    """Yield what is in no field of the form and differs, as it is written."""
    old, new = form.beyond(before), form.beyond(after)
    for key in sorted({*old, *new}):
        if old.get(key) != new.get(key):
            yield Compared(key, *_marked(_written(old, key), _written(new, key)), changed=True)


def _written(body: Mapping[str, Any], key: str) -> list[str]:
    return [json.dumps(body[key], ensure_ascii=False)] if key in body else []


def _marked(old: Sequence[str], new: Sequence[str]) -> tuple[list[list[Piece]], list[list[Piece]]]:
    """Return lines in pieces: lines that stay, words that changed in those that do not."""
    left: list[list[Piece]] = []
    right: list[list[Piece]] = []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            left += [[Piece(line, changed=False)] for line in old[a:b]]
            right += [[Piece(line, changed=False)] for line in new[c:d]]
        elif b - a == d - c:
            for one, other in zip(old[a:b], new[c:d], strict=True):
                left.append(_pieces(one, other))
                right.append(_pieces(other, one))
        else:
            left += [[Piece(line, changed=True)] for line in old[a:b]]
            right += [[Piece(line, changed=True)] for line in new[c:d]]
    return left, right


def _pieces(text: str, other: str) -> list[Piece]:
    words, others = text.split(" "), other.split(" ")
    matcher = SequenceMatcher(None, words, others, autojunk=False)
    return [
        Piece(" ".join(words[a:b]), changed=what != "equal")
        for what, a, b, _c, _d in matcher.get_opcodes()
        if b > a
    ]

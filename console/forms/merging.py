"""Two people changed an entry at the same time: whose changes stand where, nothing lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from console.forms.field import Body, Field, Situation, Values
from console.forms.form import Form


@dataclass(frozen=True)
class Both:
    """A field that somebody else changed meanwhile.

    Attributes:
        field: Which.
        now: What it says now, in words.
        conflict: Whether it was changed here too, so that somebody has to choose.
    """

    field: Field
    now: Sequence[str]
    conflict: bool


@dataclass(frozen=True)
class Merged:
    """The values to show again, and what somebody else changed."""

    values: Values
    changed: Sequence[Both]


def merge(form: Form, values: Values, before: Body, now: Body, situation: Situation) -> Merged:
    """Return what was written into a form that showed ``before``, on top of ``now``.

    What was not touched becomes what it is now; what was, stays as it was written.
    """
    kept: dict[str, list[str]] = {}
    changed: list[Both] = []
    for field in form.fields:
        shown, newer = field.own(field.show(before, situation)), field.show(now, situation)
        written = field.own(values)
        touched, moved = written != shown, field.own(newer) != shown
        kept |= written if touched else newer
        if moved and written != field.own(newer):
            changed.append(Both(field, field.tell(now, situation), conflict=touched))
    return Merged(kept, changed)

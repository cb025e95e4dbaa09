"""A form on its way to or from somebody: what it starts from, what is wrong, how it is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from starlette.responses import Response

from console.answers import page
from console.context import ConsoleRequest
from console.entries import OPEN, Entry, path_of
from console.entry_desk import Desk, digest
from console.entry_words import fault_words, title_of
from console.forms.field import Body, Values
from console.forms.form import Reading
from console.forms.merging import Both, merge
from console.named_facts import fact_faults
from console.part_words import PARTS
from console.translation import _
from directory.bodies import faults_of
from directory.editing_tables import RevisionRow
from directory.parts import Part

_LONGEST_REASON = 1000  # characters


@dataclass(frozen=True)
class Sheet:
    """A form on its way to or from somebody.

    Attributes:
        base: The body that it is made from.
        values: Of its inputs.
        reason: Why, as far as it is written.
        faults: By input.
        changed: What somebody else changed meanwhile.
        returned: The version that it goes on from, where a reviewer sent it back.
    """

    base: Body = field(repr=False)
    values: Values = field(repr=False)
    reason: str = ""
    faults: Mapping[str, str] = field(default_factory=dict)
    changed: Sequence[Both] = ()
    returned: RevisionRow | None = field(default=None, repr=False)


def base_of(entry: Entry, own: RevisionRow | None) -> Body:
    """Return what a draft is made from: the open one, what was sent back, or what is published."""
    if own is not None and not entry.is_stale(own):
        return own.body
    return entry.body


def begun(request: ConsoleRequest, entry: Entry, desk: Desk) -> Sheet:
    """Return the form as somebody opens it."""
    name = request.operator.name
    own = entry.open_of(name)
    back = None if own else entry.sent_back_to(name)
    base = base_of(entry, own)
    if back is not None:
        values = desk.form.show(back.body, desk.situation)
        return Sheet(base, values, back.reason, returned=back)
    if own is None or own.body is base:
        values = desk.form.show(base, desk.situation)
        return Sheet(base, values, own.reason if own else "")
    before = next((v.body for v in entry.versions if v.id == own.based_on), base)
    written = desk.form.show(own.body, desk.situation)
    merged = merge(desk.form, written, before, base, desk.situation)
    return Sheet(base, merged.values, own.reason, changed=merged.changed)


def merged_with(entry: Entry, desk: Desk, sheet: Sheet, seen: str) -> Sheet:
    """Return what was written on top of what somebody else changed since the form was opened."""
    bodies = [version.body for version in entry.versions]
    before = next((body for body in bodies if digest(body) == seen), sheet.base)
    merged = merge(desk.form, sheet.values, before, sheet.base, desk.situation)
    return Sheet(sheet.base, merged.values, sheet.reason, changed=merged.changed)


def faults_in(
    desk: Desk, entry: Entry, reading: Reading, asked: Mapping[str, str]
) -> Mapping[str, str]:
    """Return what is wrong with what was written, by input; without a reason that is wrong, too."""
    faults = dict(reading.faults)
    if not faults:
        found = faults_of(entry.part, reading.body, entry.country, desk.words.has_message)
        faults = fault_words(found, desk.form)
        if entry.part is Part.MYTHS:
            faults = {**fact_faults(reading.body, desk.situation), **faults}
    if not asked.get("reason"):
        faults["reason"] = _("Write why, for whoever looks at it.")
    elif len(asked["reason"]) > _LONGEST_REASON:
        words = _("This is too long: at most %(most)s characters.")
        faults["reason"] = words % {"most": _LONGEST_REASON}
    return faults


def form_page(
    request: ConsoleRequest, entry: Entry, desk: Desk, sheet: Sheet, *, status: int = HTTPStatus.OK
) -> Response:
    """Return the page with the form: every section, what is wrong, who else works on it."""
    is_new = entry.current is None and not entry.versions[0].id
    sections = [
        {
            "name": section.name,
            "title": section.title,
            "fields": [(one, one.view(sheet.values, desk.situation)) for one in section.fields],
            "open": is_new or section.open or _is_wrong(section.fields, sheet),
        }
        for section in desk.form.sections_for(sheet.base)
    ]
    others = [v for v in entry.versions if v.author != request.operator.name and _is_open(v)]
    return page(
        request, "entry_edit.html", status, entry=entry, sections=sections, errors=sheet.faults,
        reason=sheet.reason, seen=digest(sheet.base), changed=sheet.changed, is_new=is_new,
        returned=sheet.returned,
        others=[] if is_new else others, cities=desk.situation.cities,
        action=f"{path_of(entry.part)}/new" if is_new else f"{entry.path}/edit",
        back=path_of(entry.part) if is_new else entry.path, list_title=PARTS[entry.part],
        title=_("New entry") if is_new else title_of(entry.part, entry.body, desk.situation),
    )  # fmt: skip


def _is_open(version: RevisionRow) -> bool:
    """Return whether a version is a draft or in review."""
    return version.state in OPEN


def _is_wrong(fields: Sequence[Any], sheet: Sheet) -> bool:
    names = {one.name for one in fields}
    told = [*sheet.faults, *(both.field.name for both in sheet.changed)]
    return any(name == one or name.startswith(f"{one}.") for name in told for one in names)

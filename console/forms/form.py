"""A form: its sections, what a body looks like in it, and what came back from it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from console.forms.field import Body, Field, FieldFaultsError, Situation, Values, get
from directory.bodies import schema_of
from directory.parts import Part


@dataclass(frozen=True)
class Section:
    """Fields that belong together.

    Attributes:
        name: For addresses within the page.
        title: In English.
        fields: In order.
        open: Whether it stands open when the page comes.
    """

    name: str
    title: str
    fields: Sequence[Field]
    open: bool = False


@dataclass(frozen=True)
class Reading:
    """What came back: the body, and what is wrong by input. ``values`` are shown again."""

    body: dict[str, Any] = field(repr=False)
    faults: Mapping[str, str]


@dataclass(frozen=True)
class Form:
    """The form of a part.

    Attributes:
        part: Whose.
        sections: In order.
        blank: What a new entry says before anybody wrote anything.
        finish: Returns a body that was changed with what follows from the changes.
        hidden: Returns the fields that a body may not have.
    """

    part: Part
    sections: Sequence[Section]
    blank: Mapping[str, Any]
    finish: Callable[[dict[str, Any]], dict[str, Any]] = dict
    hidden: Callable[[Body], Collection[str]] = lambda _: ()

    def sections_for(self, body: Body) -> list[Section]:
        """Return the sections without the fields that a body may not have."""
        hidden = self.hidden(body)
        kept = [
            Section(one.name, one.title, [f for f in one.fields if f.name not in hidden], one.open)
            for one in self.sections
        ]
        return [section for section in kept if section.fields]

    @property
    def fields(self) -> Iterator[Field]:
        """Every field in order."""
        return (one for section in self.sections for one in section.fields)

    def new(self, entry: str) -> dict[str, Any]:
        """Return the body of a new entry."""
        return {"id": entry, **self.blank}

    def show(self, body: Body, situation: Situation) -> dict[str, list[str]]:
        """Return the values of every input for a body."""
        return {
            name: given for one in self.fields for name, given in one.show(body, situation).items()
        }

    def read(self, values: Values, body: Body, situation: Situation) -> Reading:
        """Return the body with what was written; what is in no field, or wrong, stays."""
        made, faults = dict(body), dict[str, str]()
        hidden = self.hidden(body)
        for one in self.fields:
            if one.name in hidden:
                continue
            try:
                made = dict(one.put(values, made, situation))
            except FieldFaultsError as error:
                faults |= error.faults
        return Reading(made if made == body else self.finish(made), faults)

    def beyond(self, body: Body) -> dict[str, Any]:
        """Return what a body says in no field of this form, but for its id."""
        covered = {one.path[0] for one in self.fields} | {"id"}
        return {key: value for key, value in body.items() if key not in covered}


def fitting(part: Part, sections: Sequence[Section]) -> tuple[Section, ...]:
    """Return the sections with those fields that the schema of a part knows."""
    schema = schema_of(part).schema
    known = schema["properties"] if isinstance(schema, dict) else {}
    kept = [
        Section(one.name, one.title, [f for f in one.fields if f.path[0] in known], one.open)
        for one in sections
    ]
    return tuple(section for section in kept if section.fields)


def codes_in(part: Part, *path: str) -> tuple[str, ...]:
    """Return the codes that the schema of a part allows at a path; none where it is not there."""
    schema: Any = schema_of(part).schema
    found = get(schema, ("properties", *path))
    for one in (found, get(found or {}, ("items",))):
        if one and "enum" in one:
            return tuple(one["enum"])
    return ()

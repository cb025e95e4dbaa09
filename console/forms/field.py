"""What every field of a form can do: show a body, read what came back, tell it in words.

What nobody touched stays exactly as it was: a field is only read where its inputs differ from
those that the body was shown with.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

from console.typed import clean

Body = Mapping[str, Any]
Values = Mapping[str, Sequence[str]]  # of the inputs of a form, by name
MISSING: Any = object()  # the body has no such field


class FieldFaultsError(ValueError):
    """What was written does not fit; ``faults`` says why, by input, in the operator's words."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__("does not fit")
        self.faults = dict(faults)


@dataclass(frozen=True)
class Situation:
    """Who reads a form, and of which country it is.

    Attributes:
        country: ISO 3166-1 alpha-2 of the entry.
        today: In the zone of the console.
        label: Returns what a code of a family is called, in the operator's language.
        codes: Returns the codes of a family that fit the country.
        languages: Names of languages by tag, those that matter here first.
        cities: The larger towns of the country.
        city: Returns a town's own name as the gazetteer writes it; None: there is none.
        like: Returns towns with a name like one that is not known.
        facts: What the rights facts are called on which a card can rest, by id.
        concepts: Words of the concepts that a rumour is recognised by, by name.
    """

    country: str
    today: date
    label: Callable[[str, str], str] = field(repr=False)
    codes: Callable[[str], Sequence[str]] = field(repr=False)
    languages: Mapping[str, str] = field(repr=False)
    cities: Sequence[str] = field(repr=False)
    city: Callable[[str], str | None] = field(repr=False)
    like: Callable[[str], Sequence[str]] = field(repr=False)
    facts: Mapping[str, str] = field(default_factory=dict, repr=False)
    concepts: Mapping[str, Sequence[str]] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Field(ABC):
    """One field.

    Attributes:
        name: Where it stands in the body, with dots; the names of its inputs begin with it.
        label: In English, translated when it is shown.
        hint: The same.
        required: Whether it must be filled.
    """

    kind: ClassVar[str] = "text"  # the macro that draws it

    name: str
    label: str
    hint: str = ""
    required: bool = False

    @property
    def path(self) -> tuple[str, ...]:
        """The keys that lead to it in a body."""
        return tuple(self.name.split("."))

    @abstractmethod
    def show(self, body: Body, situation: Situation) -> dict[str, list[str]]:
        """Return the values of its inputs for a body."""

    @abstractmethod
    def parse(self, values: Values, body: Body, situation: Situation) -> Any:
        """Return what stands in the body, by what was written; MISSING where nothing shall.

        Raises FieldFaultsError.
        """

    @abstractmethod
    def tell(self, body: Body, situation: Situation) -> list[str]:
        """Return in words what a body says, a line each; nothing where it says nothing."""

    @abstractmethod
    def view(self, values: Values, situation: Situation) -> dict[str, Any]:
        """Return what the macro draws from the values of its inputs."""

    def own(self, values: Values) -> dict[str, list[str]]:
        """Return the values that are its own, without blanks; what is blank is left out."""
        found = {
            name: [clean(value) for value in given if clean(value)]
            for name, given in values.items()
            if name == self.name or name.startswith(f"{self.name}.")
        }
        return {name: given for name, given in found.items() if given}

    def put(self, values: Values, body: Body, situation: Situation) -> Body:
        """Return the body with what was written; the same body where nothing was changed.

        Raises FieldFaultsError.
        """
        if self.own(values) == self.own(self.show(body, situation)):
            return body
        return put(body, self.path, self.parse(self.own(values), body, situation))


def one(values: Values, name: str) -> str:
    """Return the last value of an input, or nothing."""
    given = values.get(name) or [""]
    return clean(given[-1])


def get(body: Body, path: Sequence[str]) -> Any:
    """Return what stands at a path; None where nothing does."""
    found: Any = body
    for key in path:
        if not isinstance(found, Mapping):
            return None
        found = found.get(key)
    return found


def put(body: Body, path: Sequence[str], value: Any) -> dict[str, Any]:
    """Return a copy of the body with a value at a path; MISSING takes out what is there."""
    copy, key = dict(body), path[0]
    if len(path) > 1:
        inner = copy.get(key)
        copy[key] = put(inner if isinstance(inner, Mapping) else {}, path[1:], value)
    elif value is MISSING:
        copy.pop(key, None)
    else:
        copy[key] = value
    return copy

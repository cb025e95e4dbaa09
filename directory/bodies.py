"""What is wrong with the body of an entry, told by field, before anything is kept of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, ValidationError

from directory.pack_files import PackFiles
from directory.pack_lint import lint_entries
from directory.parts import CARDS, OF_A_PACK, Part
from directory.quick_fit import fits
from directory.yaml_lines import Document

_DATA = Path(__file__).resolve().parents[1] / "data"
_MESSAGE_FIELDS = frozenset({"text", "state", "reviewer", "reviewed_on", "source"})
_LONG = 200  # characters; a longer error of the schema quotes the whole body
HasMessage = Callable[[str], bool]


@dataclass(frozen=True)
class BodyFault:
    """One thing that is wrong.

    Attributes:
        field: Path of the field with dots, such as ``hours.periods``; empty for the whole.
        problem: What is wrong with it.
        rule: The name of the JSON Schema rule that it breaks, or ``lint``.
    """

    field: str
    problem: str
    rule: str


class BodyError(ValueError):
    """A body that may not be kept. ``faults`` says why, field by field."""

    def __init__(self, faults: Sequence[BodyFault]) -> None:
        super().__init__("; ".join(f"{fault.field}: {fault.problem}" for fault in faults))
        self.faults = tuple(faults)


def demand_fit(
    part: Part, body: Mapping[str, Any], country: str | None, has_message: HasMessage | None = None
) -> None:
    """Raise BodyError where :func:`faults_of` finds anything."""
    if faults := faults_of(part, body, country, has_message):
        raise BodyError(faults)


def faults_of(
    part: Part, body: Mapping[str, Any], country: str | None, has_message: HasMessage | None = None
) -> list[BodyFault]:
    """Return what is wrong with a body.

    Args:
        part: What it is a body of.
        body: As its JSON Schema describes it (``data/packs/schema``, ``data/cards``).
        country: ISO 3166-1 alpha-2; needed for what stands in a pack.
        has_message: Whether a message id has a wording in every language; without it codes are
            not looked up.
    """
    if part is Part.MESSAGES:
        return list(_of_message(body))
    faults = [
        _fault(error.absolute_path, error.message, str(error.validator))
        for error in _errors(schema_of(part), dict(body))
    ]
    if faults or part not in OF_A_PACK:
        return faults
    return list(_lint(part, body, country or "", has_message or (lambda _: True)))


def _errors(validator: Draft202012Validator, body: dict[str, Any]) -> Iterator[ValidationError]:
    if not fits(validator, body):
        yield from validator.iter_errors(body)


@cache
def schema_of(part: Part) -> Draft202012Validator:
    """Return the validator of one body of a part."""
    folder = _DATA / "cards" if part in CARDS else _DATA / "packs" / "schema"
    schema = json.loads((folder / f"{part}.json").read_text(encoding="utf-8"))
    if part in CARDS:
        return Draft202012Validator(schema)
    return Draft202012Validator({**schema["items"], "$defs": schema.get("$defs", {})})


def _lint(
    part: Part, body: Mapping[str, Any], country: str, has_message: HasMessage
) -> Iterator[BodyFault]:
    """Yield what a schema cannot say, as the linter of packs finds it."""
    documents = {one.value: Document(Path(one.value), [], None) for one in OF_A_PACK}
    documents[part.value] = Document(Path(part.value), [dict(body)], None)
    for fault in lint_entries(PackFiles(country, documents, ""), has_message):
        field, colon, problem = fault.problem.partition(": ")
        known = bool(colon) and field in body
        yield BodyFault(field if known else "", problem if known else fault.problem, "lint")


def _of_message(body: Mapping[str, Any]) -> Iterator[BodyFault]:
    if not isinstance(body.get("text"), str) or not body["text"].strip():
        yield BodyFault("text", "must not be empty", "minLength")
    if body.get("state") not in ("drafted", "machine-drafted", "read twice", "reviewed"):
        yield BodyFault("state", "is no state", "enum")
    if body.get("state") == "reviewed" and not body.get("reviewer"):
        yield BodyFault("reviewer", "only a named person reviews", "required")
    for field in sorted(set(body) - _MESSAGE_FIELDS):
        yield BodyFault(field, "is not known", "additionalProperties")


def _fault(path: Sequence[str | int], message: str, rule: str) -> BodyFault:
    field = ".".join(str(step) for step in path)
    return BodyFault(field, message if len(message) < _LONG else f"not allowed ({rule})", rule)

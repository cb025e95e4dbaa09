"""What can be wrong in the table that leads to a layer of support. Used by ``faro check``."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from directory.pack_files import Fault, fault_of
from directory.yaml_lines import Document, YamlError, read_yaml

_QUESTIONS = ("need", "for_whom", "days", "wish")
_UNSAID = "unsaid"
_NOTHING = "nothing"
# In the words alone: what asks for support and names none, and medicines for the mind.
_BEGIN = {"path": ["begin"], "medicine": ["mind"]}
_NEEDED = (*_QUESTIONS, "name", "layer", "reason", "documents")
_LEADS = ("neighbour", "practical")
_FIELDS = frozenset({*_NEEDED, *_LEADS, "at_once", "kinds", "children"})
_HasMessage = Callable[[str], bool]


def check_layers(folder: Path, has_message: _HasMessage) -> list[Fault]:
    """Return what is wrong in ``layers.yml`` and ``words.yml`` under ``data/triage``.

    Args:
        folder: Holds both files.
        has_message: Whether a message has a wording in every language.
    """
    try:
        table, words = read_yaml(folder / "layers.yml"), read_yaml(folder / "words.yml")
    except YamlError as error:
        return [fault_of(error)]
    codes = _codes(table.data["questions"])
    faults = [*_unlabelled(table, has_message), *_kinds_of_layers(table, has_message)]
    for position, row in enumerate(table.data["rows"]):
        line = table.line(["rows", position])
        faults += [Fault(table.path, line, problem) for problem in _row(row, table, has_message)]
    if not faults:  # what follows relies on the form
        faults += _ends(table, codes)
    return [*faults, *_words(words, {**codes, **_BEGIN})]


def _codes(questions: Mapping[str, Mapping[str, Sequence[str]]]) -> dict[str, list[str]]:
    return {
        name: [code for codes in questions[name].values() for code in codes] for name in _QUESTIONS
    }


def _unlabelled(table: Document, has_message: _HasMessage) -> Iterator[Fault]:
    """Yield the codes that are offered and have no label."""
    for name in _QUESTIONS:
        for way in ("choices", "details"):
            for code in table.data["questions"][name].get(way, ()):
                if not has_message(f"choice.{name}_{code}"):
                    line = table.line(["questions", name, way])
                    yield Fault(table.path, line, f"{code} has no label: choice.{name}_{code}")


def _kinds_of_layers(table: Document, has_message: _HasMessage) -> Iterator[Fault]:
    for layer, ways in table.data["layers"].items():
        line = table.line(["layers", layer])
        if not has_message(f"support.{layer}"):
            yield Fault(table.path, line, f"{layer} has no message support.{layer}")
        for way in ("kinds", "children"):
            for kind in ways.get(way) or ["nothing"]:
                if not has_message(f"kind.{kind}"):
                    yield Fault(table.path, line, f"{layer}: {kind} is no kind of service")


def _row(row: Mapping[str, Any], table: Document, has_message: _HasMessage) -> Iterator[str]:
    """Yield what is wrong in a row by itself."""
    name = row.get("name", "a row without a name")
    needed = _NEEDED if row.get("layer") == _NOTHING else (*_NEEDED, *_LEADS)
    yield from (f"{name}: {field} is missing" for field in needed if not row.get(field))
    yield from (f"{name}: {field} is no field" for field in row.keys() - _FIELDS)
    codes = _codes(table.data["questions"])
    for question in _QUESTIONS:
        told = row.get(question, "any")
        known = {*codes[question], _UNSAID}
        if told != "any" and not isinstance(told, list):
            yield f"{name}: {question} is neither a list nor any"
        elif told != "any":
            yield from (f"{name}: {code} is no {question}" for code in told if code not in known)
    layers = {*table.data["layers"], _NOTHING}
    for field in ("layer", "neighbour"):
        if row.get(field, _NOTHING) not in layers:
            yield f"{name}: {row[field]} is no layer"
    if row.get("layer") == row.get("neighbour"):
        yield f"{name}: a layer is not its own neighbour"
    practical = [row["practical"]] if row.get("practical") else []
    for kind in (*row.get("kinds", ()), *row.get("children", ()), *practical):
        if not has_message(f"kind.{kind}"):
            yield f"{name}: {kind} is no kind of service"


def _ends(table: Document, codes: Mapping[str, Sequence[str]]) -> Iterator[Fault]:
    """Yield a combination that no row fits, and the rows that another one always hides."""
    rows = table.data["rows"]
    reached: set[int] = set()
    for told in itertools.product(*((*codes[name], _UNSAID) for name in _QUESTIONS)):
        found = next((n for n, row in enumerate(rows) if _fits(row, told)), None)
        if found is None:
            line = table.line(["rows"])
            yield Fault(table.path, line, f"no row fits {', '.join(told)}")
            return
        reached.add(found)
    for position, row in enumerate(rows):
        if position not in reached:
            line = table.line(["rows", position])
            yield Fault(table.path, line, f"{row['name']}: rows above it always fit first")


def _fits(row: Mapping[str, Any], told: Sequence[str]) -> bool:
    pairs = zip(_QUESTIONS, told, strict=True)
    return all(row[name] == "any" or code in row[name] for name, code in pairs)


def _words(words: Document, codes: Mapping[str, Sequence[str]]) -> Iterator[Fault]:
    """Yield codes in the free words that do not exist, and words that mean two things."""
    for language, questions in words.data.items():
        for name, told in questions.items():
            seen: dict[str, str] = {}
            for code, phrases in told.items():
                line = words.line([language, name, code])
                if code not in codes.get(name, ()):
                    yield Fault(words.path, line, f"{language}: {code} is no {name}")
                for phrase in phrases:
                    if seen.setdefault(str(phrase), code) != code:
                        problem = f"{phrase!r} means {seen[str(phrase)]} and {code}"
                        yield Fault(words.path, line, f"{language}: {problem}")

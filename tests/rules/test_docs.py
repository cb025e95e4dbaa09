"""What the documents say of files, commands and settings is so."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from sources import ROOT, files, python_files, read

from delivery.registry import REGISTRY
from delivery.tables import metadata
from faro.__main__ import COMMANDS

_FENCE = re.compile(r"^ *```.*?^ *```", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"`[^`\n]+`")
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_SETTING = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+")
_OURS = re.compile(r"(?:FARO|TELEGRAM|TWILIO)_[A-Z0-9_]*[A-Z0-9]|DATABASE_URL|PUBLIC_URL|IDLE_DAYS")
_SETTINGS = ("channels/settings.py", "console/settings.py")
_SECTIONS = ["Context", "Decision", "What it beat", "Consequence"]
_FOUNDING = ("rasa", "spacy", "langdetect", "python-telegram-bot", "twilio", "sqlalchemy")
DOCUMENTS = [file for file in files() if file.endswith(".md")]
DECISIONS = sorted(
    file for file in DOCUMENTS if re.fullmatch(r"docs/decisions/\d{4}-[a-z0-9-]+\.md", file)
)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_relative_link_leads_somewhere(document: str) -> None:
    assert [link for link in _links(document) if not _leads_somewhere(document, link)] == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_make_target_that_is_named_exists(document: str) -> None:
    targets = re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE)
    assert set(re.findall(r"\bmake ([a-z]+)", _code(document))) <= set(targets)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_faro_command_that_is_named_exists(document: str) -> None:
    named = re.findall(r"(?<![\w/-])(?:\.venv/bin/)?faro ([a-z]+(?:-[a-z]+)*)", _code(document))
    assert set(named) <= set(COMMANDS)


def test_the_readme_names_every_command() -> None:
    assert [name for name in COMMANDS if f"`faro {name}" not in read("README.md")] == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_file_that_is_named_exists(document: str) -> None:
    tops = {file.partition("/")[0] for file in files() if "/" in file} - {"var"}
    named = re.findall(r"`((?:[\w.-]+/)+[\w.-]+\.(?:py|yml|po|json|toml|lock))`", read(document))
    ours = [path for path in named if path.partition("/")[0] in tops]
    assert [path for path in ours if not (ROOT / path).is_file()] == []


def test_the_readme_opens_with_the_two_commands() -> None:
    opening = read("README.md")[:1200]
    assert "make run" in opening
    assert "make test" in opening


@pytest.mark.parametrize("library", _FOUNDING)
def test_the_readme_says_where_each_founding_library_lives(library: str) -> None:
    assert re.search(rf"^\| {library} \|", read("README.md"), re.MULTILINE)
    assert re.search(rf"^# +{library} ", read("pyproject.toml"), re.MULTILINE)


def test_every_promise_names_a_test() -> None:
    table = read("README.md").partition("| promise | test |")[2].partition("\n\n")[0]
    rows = table.strip().splitlines()[1:]
    assert rows
    assert [row for row in rows if "`tests/" not in row] == []


def test_operations_explains_every_setting() -> None:
    explained = set(re.findall(r"^\| `([A-Z0-9_]+)` \|", read("docs/operations.md"), re.MULTILINE))
    assert set(_settings()) - explained == set()
    assert explained - set(_settings()) == set()


def test_every_decision_is_listed_and_has_its_four_parts() -> None:
    listed = _links("docs/decisions/README.md")
    assert listed == [Path(file).name for file in DECISIONS]
    numbers = [int(Path(file).name[:4]) for file in DECISIONS]
    assert numbers == list(range(1, len(DECISIONS) + 1))
    for number, file in zip(numbers, DECISIONS, strict=True):
        title, *sections = _HEADING.findall(_FENCE.sub("", read(file)))
        assert title.startswith(f"{number}. ")
        assert sections == _SECTIONS


def test_every_library_of_the_gateway_has_its_decision() -> None:
    decided = "\n".join(read(file) for file in DECISIONS).lower()
    wanted = tomllib.loads(read("pyproject.toml"))["project"]["dependencies"]
    names = [re.split(r"[\[<>=~;]", library)[0] for library in wanted]
    assert [name for name in names if name.lower() not in decided] == []


def test_what_we_keep_lists_every_field_and_store() -> None:
    kept = read("docs/what-we-keep.md")
    columns = {column.name for table in metadata.tables.values() for column in table.columns}
    tables = {entry.name for entry in REGISTRY if entry.kind.value == "table"}
    assert sorted(name for name in columns | tables if f"`{name}`" not in kept) == []


def _links(document: str) -> list[str]:
    links = _LINK.findall(_SPAN.sub("", _FENCE.sub("", read(document))))
    return [link for link in links if "://" not in link and not link.startswith("mailto:")]


def _leads_somewhere(document: str, link: str) -> bool:
    path, _, anchor = link.partition("#")
    target = (ROOT / document).parent / path if path else ROOT / document
    if not target.exists() or not target.resolve().is_relative_to(ROOT):
        return False
    return not anchor or anchor in {
        re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")
        for heading in _HEADING.findall(target.read_text(encoding="utf-8"))
    }


def _code(document: str) -> str:
    """Return what stands in code spans and blocks: prose may say "make sure"."""
    text = read(document)
    return "\n".join([*_FENCE.findall(text), *_SPAN.findall(_FENCE.sub("", text))])


def _settings() -> Iterator[str]:
    """Yield the names of settings that our code reads; tests and benches have their own."""
    for file in python_files():
        if file.startswith(("tests/", "bench/", "deploy/")):
            continue
        wanted = _SETTING if file in _SETTINGS else _OURS
        for node in ast.walk(ast.parse(read(file))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                name = node.value.removesuffix("_FILE")
                if wanted.fullmatch(name):
                    yield name

"""The rules of this house hold everywhere, and each of them can be broken."""

from __future__ import annotations

import re

import pytest
from house_rules import RULES, Rule, has_empty_name
from sources import python_files, read, text_files

# Written in parts, so that this file holds none of them itself.
_HOSTS = re.compile(
    "|".join(
        (r"py" + r"pi\.org", r"python" + r"hosted\.org", r"npm" + r"js\.(?:org|com)"),
    )
)
_SOMEBODYS_MACHINE = re.compile(r"(?<![\w.>}])/(?:home|Users|root|work|mnt|media)/\w")
_BAD = [pytest.param(rule, source, id=source[:40]) for rule in RULES for source in rule.bad]
_GOOD = [pytest.param(rule, source, id=source[:40]) for rule in RULES for source in rule.good]


@pytest.mark.parametrize(("rule", "source"), _BAD)
def test_a_rule_finds_what_breaks_it(rule: Rule, source: str) -> None:
    assert list(rule.find(source)) == [1]


@pytest.mark.parametrize(("rule", "source"), _GOOD)
def test_a_rule_leaves_other_lines_alone(rule: Rule, source: str) -> None:
    assert list(rule.find(source)) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_no_file_breaks_a_rule(rule: Rule) -> None:
    applying = [file for file in python_files() if rule.applies(file)]
    assert applying
    assert [f"{file}:{line}" for file in applying for line in rule.find(read(file))] == []


@pytest.mark.parametrize("path", ["delivery/utils.py", "bot/common/x.py", "faro/Manager.py"])
def test_a_name_that_says_nothing_is_found(path: str) -> None:
    assert has_empty_name(path)


def test_every_module_is_named_after_what_it_does() -> None:
    assert not has_empty_name("delivery/inbox.py")
    assert [file for file in python_files() if has_empty_name(file)] == []


def test_no_file_names_a_package_registry() -> None:
    assert _HOSTS.search("see https://" + "py" + "pi.org/simple")
    assert _found_in(_HOSTS) == []


def test_no_file_names_a_folder_of_somebodys_machine() -> None:
    assert _SOMEBODYS_MACHINE.search("cd /" + "home/ana/faro")
    assert not _SOMEBODYS_MACHINE.search("https://example.org/home/ana")
    assert _found_in(_SOMEBODYS_MACHINE) == []


def _found_in(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{file}:{number}"
        for file in text_files()
        for number, line in enumerate(read(file).splitlines(), 1)
        if pattern.search(line)
    ]

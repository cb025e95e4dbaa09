"""Faults to seed in a copy of what people edit: where, and what `faro check` says of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import yaml

from faro.root import ROOT

LANGUAGES = ("es", "en", "sw")  # two that everything is said in, and a short one


@dataclass(frozen=True)
class Seed:
    """A fault: ``change`` makes it in ``file`` of a copy and returns its line, or None.

    Attributes:
        name: What is wrong, as the test is called.
        family: The part of the check that finds it.
        problem: What the check says, or a part of it.
        told: The file that the fault is told in, where it is another one.
        slack: How many lines the fault may be told beside it: an entry of a PO file has several.
    """

    name: str
    family: str
    file: str
    change: Callable[[Path], int | None]
    problem: str
    told: str = ""
    slack: int = 0


def copied(root: Path) -> Path:
    """Return a copy of the project's data in three languages, made of links to its files."""
    data = ROOT / "data"
    shutil.copytree(
        data, root / "data", copy_function=_link, ignore=shutil.ignore_patterns("nlu", "held-back")
    )
    for folder in ("nlu", "held-back"):
        for tag in LANGUAGES:
            shutil.copytree(data / folder / tag, root / "data" / folder / tag, copy_function=_link)
    shutil.copytree(ROOT / "domain", root / "domain", copy_function=_link)
    (root / "var").mkdir()
    _link(ROOT / "var" / "places.sqlite", root / "var" / "places.sqlite")
    rows = yaml.safe_load((data / "languages.yml").read_text("utf-8"))
    rows["languages"] = [row for row in rows["languages"] if row["tag"] in LANGUAGES]
    rewrite(root / "data" / "languages.yml", yaml.safe_dump(rows, allow_unicode=True))
    return root


def _link(source: str | Path, target: str | Path) -> None:
    Path(target).symlink_to(Path(source).resolve())


def rewrite(path: Path, text: str) -> None:
    """Write a file of its own in place of a link."""
    path.unlink(missing_ok=True)
    path.write_text(text, encoding="utf-8")


def change(old: str, new: str, after: str = "") -> Callable[[Path], int]:
    """Return what changes the first ``old`` behind ``after``; it returns the line of that."""

    def changed(path: Path) -> int:
        text = path.read_text("utf-8")
        at = text.index(old, text.index(after))
        rewrite(path, text[:at] + new + text[at + len(old) :])
        return text[:at].count("\n") + 1

    return changed


def add(lines: str) -> Callable[[Path], int]:
    """Return what adds lines at the end of a file; it returns the number of the last one."""

    def added(path: Path) -> int:
        text = path.read_text("utf-8").rstrip("\n") + "\n" + lines + "\n"
        rewrite(path, text)
        return text.count("\n")

    return added


def without_message(message: str, *, line: int | None = 1) -> Callable[[Path], int | None]:
    """Return what takes a message out of a PO file; what is missing is told in line 1."""

    def taken(path: Path) -> int | None:
        entries = path.read_text("utf-8").split("\n\n")
        rewrite(path, "\n\n".join(e for e in entries if f'msgctxt "{message}"' not in e))
        return line

    return taken


def worded(message: str, text: str) -> Callable[[Path], int]:
    """Return what gives a message another wording."""

    def changed(path: Path) -> int:
        entries = path.read_text("utf-8").split("\n\n")
        at = next(n for n, e in enumerate(entries) if f'msgctxt "{message}"' in e)
        head, _, _ = entries[at].partition("\nmsgstr ")
        entries[at] = f'{head}\nmsgstr "{text}"'
        rewrite(path, "\n\n".join(entries))
        return "\n\n".join(entries[:at]).count("\n") + head.count("\n") + 3

    return changed


def recorded(row: str) -> Callable[[Path], int]:
    """Return what puts a row in place of a recording that is not yet there."""

    def changed(path: Path) -> int:
        (path.parent / "es").mkdir()
        (path.parent / "es" / "again.ogg").write_bytes(b"OggS and what was read aloud")
        return change("danger.again: not yet", f"danger.again: {row}")(path)

    return changed

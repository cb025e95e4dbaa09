"""Local names keep standing as they are; where one stands first, a few words explain it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from content.vocabulary_labels import Labels

_NEAR = 24  # characters behind a name within which brackets explain it
_ENTRY = re.compile(r"\d+\. ")  # an entry of a list of places: names of organisations


def glossed(labels: Labels, names: Mapping[str, str], texts: Iterable[str]) -> tuple[str, ...]:
    """Return texts in which each local name is explained where it stands first.

    Args:
        labels: Words of the language.
        names: Local name to the message that explains it.
        texts: The messages of one answer, in order. Lines that name sources or places stay.
    """
    told: set[str] = set()
    sources = tuple(
        labels.text(message, sources="\0", verified="").partition("\0")[0]
        for message in ("source.line", "source.lines")
    )
    return tuple(
        "\n".join(
            line
            if line.startswith(sources) or _ENTRY.match(line)
            else _line(labels, names, line, told)
            for line in text.split("\n")
        )
        for text in texts
    )


def _line(labels: Labels, names: Mapping[str, str], line: str, told: set[str]) -> str:
    for name, message in names.items():
        if name in told:
            continue
        match = re.search(rf"(?<!\w){re.escape(name)}(?!\w)(?:['’]\w+)?", line)
        if match is None:
            continue
        told.add(name)
        if not is_explained(line, match.start(), match.end()):
            line = f"{line[: match.end()]} ({labels.text(message)}){line[match.end() :]}"
    return line


def is_explained(line: str, start: int, end: int) -> bool:
    """Return whether brackets soon behind a name, or around it, explain it."""
    behind = line[end : end + _NEAR]
    opened, stopped = behind.find("("), re.search(r"[.;:]", behind)
    soon = opened >= 0 and (stopped is None or opened < stopped.start())
    before = line[:start]
    return soon or before.rfind("(") > before.rfind(")")

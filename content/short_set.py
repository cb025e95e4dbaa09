"""Which messages a language needs before it can be switched on at all."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from directory.yaml_lines import read_yaml


class ShortSet:
    """Message ids, and families of them whose names end in a dot."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = frozenset(names)

    def __contains__(self, message: object) -> bool:
        """Return whether a message id belongs to the set."""
        return isinstance(message, str) and (
            message in self._names or f"{message.partition('.')[0]}." in self._names
        )


def read_short_set(folder: Path) -> ShortSet:
    """Return the set in ``short.yml`` of a folder such as ``data/messages``. Raises YamlError."""
    return ShortSet(read_yaml(folder / "short.yml").data["short"])

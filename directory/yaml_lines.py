"""YAML read so that a mistake can be told with the line it stands on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

# libyaml reads ten times as fast, where the wheel brings it.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class YamlError(ValueError):
    """A file that is no YAML. The message names file and line."""


@dataclass(frozen=True)
class Document:
    """A YAML file and where its parts stand.

    Attributes:
        path: The file.
        data: What it says; dates as ISO strings, so that it is JSON.
    """

    path: Path
    data: Any
    _root: yaml.Node | None

    def line(self, path: Sequence[str | int]) -> int:
        """Return the line (from 1) of the value at ``path``, or of its nearest parent."""
        node = self._root
        for step in path:
            child = _child(node, step)
            if child is None:
                break
            node = child
        return 1 if node is None else int(node.start_mark.line) + 1


def read_yaml(path: Path) -> Document:
    """Return the document in a file.

    Raises:
        YamlError: Not readable as YAML or not UTF-8, or a key stands twice.
    """
    try:
        text = path.read_text(encoding="utf-8")
        root, data = _read_once(path, text)
    except UnicodeDecodeError as error:
        raise YamlError(f"{path}:1: not UTF-8") from error
    except OSError as error:
        raise YamlError(f"{path}:1: cannot be read ({error.strerror})") from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = mark.line + 1 if mark else 1
        raise YamlError(f"{path}:{line}: {error.problem or 'not YAML'}") from error
    return Document(path, plain(data), root)


def _read_once(path: Path, text: str) -> tuple[yaml.Node | None, Any]:
    """Return the nodes of a text and what they say, from one parse: it is what takes the time."""
    loader = _Loader(text)
    try:
        root = loader.get_single_node()
        _refuse_repeated_keys(path, root)
        return root, None if root is None else loader.construct_document(root)
    finally:
        loader.dispose()


def plain(value: Any) -> Any:
    """Return what YAML said as JSON can say it: dates as ISO strings, keys as text."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _child(node: yaml.Node | None, step: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        found: yaml.Node = node.value[step]
        return found
    return None


def _refuse_repeated_keys(path: Path, node: yaml.Node | None) -> None:
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                continue  # no loader takes it as a key
            if key.value in seen:
                line = key.start_mark.line + 1
                raise YamlError(f"{path}:{line}: {key.value} stands twice")
            seen.add(key.value)
            _refuse_repeated_keys(path, value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _refuse_repeated_keys(path, item)

"""YAML as the packs are written: lists of codes and small mappings in one line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import yaml

_WIDTH = 118  # of a line, as the packs have it
_IN_BRACES = frozenset({"names", "waiting", "capacity", "point"})  # and cost without lists


def yaml_of(value: Any, indent: int = 0) -> str:
    """Return a value as the lines of a file, which are to stand so far from its edge."""
    written: str = yaml.dump(
        value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_WIDTH - indent
    )
    return written


def item_of_list(entry: Mapping[str, Any]) -> str:
    """Return an entry as an item of a list, without the end of its last line."""
    first, *lines = yaml_of(entry, indent=2).removesuffix("\n").split("\n")
    return "\n".join([f"- {first}", *(f"  {line}" if line else "" for line in lines)])


class _Dumper(yaml.SafeDumper):
    """Writes as the packs are written: lists of codes and small mappings in one line."""

    def ignore_aliases(self, data: Any) -> bool:
        """Return that nothing is named once and pointed at later."""
        return True

    def increase_indent(
        self,
        flow: bool = False,  # noqa: FBT002 -- as the library calls it
        indentless: bool = False,  # noqa: FBT002
    ) -> None:
        """Indent lists within a mapping."""
        del indentless
        super().increase_indent(flow, indentless=False)

    def represent_list(self, data: Iterable[Any]) -> yaml.SequenceNode:
        """Return a list in one line where nothing in it has parts."""
        items = list(data)
        flow = not any(isinstance(one, Mapping | list) for one in items)
        return self.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=flow)

    def represent_mapping_of(self, data: Mapping[str, Any]) -> yaml.Node:
        """Return a mapping in which small parts stand in one line."""
        node = self.represent_mapping("tag:yaml.org,2002:map", data.items(), flow_style=False)
        for key, value in node.value:
            if isinstance(value, yaml.SequenceNode):
                for one in value.value:
                    _in_braces(one)
            elif key.value in _IN_BRACES or (key.value == "cost" and _is_small(value)):
                _in_braces(value)
            elif isinstance(value, yaml.MappingNode) and not value.value:
                value.flow_style = True
        return node


def _is_small(node: yaml.Node) -> bool:
    return isinstance(node, yaml.MappingNode) and all(
        isinstance(value, yaml.ScalarNode) for _, value in node.value
    )


def _in_braces(node: yaml.Node) -> None:
    if isinstance(node, yaml.MappingNode):
        node.flow_style = True


_Dumper.add_representer(list, _Dumper.represent_list)
_Dumper.add_representer(dict, _Dumper.represent_mapping_of)

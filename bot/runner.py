"""Runs Rasa's graph in an order that is found once.

Rasa's own runner hands each message to dask, which sorts and submits the same few nodes
anew every time: half of a turn.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import GraphSchema
from rasa.engine.runner.dask import DaskGraphRunner


class SequentialGraphRunner(DaskGraphRunner):
    """Runs the nodes that a target needs, one after the other."""

    def run(
        self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None
    ) -> dict[str, Any]:
        """Return the output of each target. Raises GraphRunError if an input is missing."""
        wanted = tuple(targets or self._graph_schema.target_names)
        done: dict[str, Any] = dict(inputs or {})
        for name, needs in self._order(wanted):
            if missing := [need for need in needs if need not in done]:
                raise GraphRunError(f"{name} needs {', '.join(missing)}")
            received = [(need, done[need]) for need in needs]
            _, done[name] = self._instantiated_nodes[name](*received)
        return {name: done[name] for name in wanted}

    def _order(self, targets: tuple[str, ...]) -> list[tuple[str, tuple[str, ...]]]:
        """Return the nodes for ``targets`` with what each one needs, every need before its user."""
        orders: dict[tuple[str, ...], list[tuple[str, tuple[str, ...]]]]
        orders = self.__dict__.setdefault("_orders", {})
        if targets not in orders:
            orders[targets] = _sorted(self._graph_schema.minimal_graph_schema(list(targets)))
        return orders[targets]


def _sorted(schema: GraphSchema) -> list[tuple[str, tuple[str, ...]]]:
    order: list[tuple[str, tuple[str, ...]]] = []
    nodes: Mapping[str, Any] = schema.nodes

    def place(name: str) -> None:
        if name not in nodes or any(name == placed for placed, _ in order):
            return  # an input of the graph, or already placed
        needs = tuple(dict.fromkeys(nodes[name].needs.values()))
        for need in needs:
            place(need)
        order.append((name, needs))

    for name in sorted(nodes):
        place(name)
    return order

"""Who can see what, by channel and by store: the document, from the registry and a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from delivery.markdown import paragraph, table
from delivery.registry import REGISTRY, Declared, Kind
from directory.yaml_lines import read_yaml
from faro.root import ROOT

VISIBILITY = ROOT / "data" / "visibility.yml"
DATA_MAP = ROOT / "docs" / "data-map.md"
_NOTHING = "nothing"
_AT_A_STORE = ("host", "operator", "desk", "developer", "backup", "seizer")
_INTRODUCTION = (
    "Made by `faro data-map --write` from `delivery/registry.py` and `data/visibility.yml`; change"
    " those, not this. What each field is and when it goes: [what we keep](what-we-keep.md). The"
    " risks that follow from it: [DPIA template](dpia.md)."
)
Texts = Mapping[str, str]


class UnseenError(ValueError):
    """The table and the registry do not name the same things. The message says which."""


@dataclass(frozen=True)
class Visibility:
    """What ``data/visibility.yml`` says.

    Attributes:
        roles: Name and description of each role.
        channels: What each role sees of a channel; who is missing sees nothing.
        server: What each role sees on the server, whatever the channel.
        stores: The kind of each table and store.
        kinds: What is in a kind (``is``), and what each role sees of it.
    """

    roles: Mapping[str, Texts]
    channels: Mapping[str, Texts]
    server: Texts
    stores: Texts
    kinds: Mapping[str, Texts]


def read_visibility() -> Visibility:
    """Return the table.

    Raises:
        YamlError: It cannot be read.
        UnseenError: A channel, table or store of the registry is missing in it, or the other
            way round, or a role or kind is named that it does not explain.
    """
    seen = Visibility(**read_yaml(VISIBILITY).data)
    _same(seen.channels, _names(Kind.CHANNEL))
    _same(seen.stores, _names(Kind.TABLE) | _names(Kind.STORE))
    for said in (*seen.channels.values(), seen.server, *seen.kinds.values()):
        _known(set(said) - {"is"}, set(seen.roles))
    _known(set(seen.stores.values()), set(seen.kinds))
    return seen


def data_map(seen: Visibility) -> str:
    """Return the whole document."""
    return "\n".join(
        (
            "# Who can see what\n",
            paragraph(_INTRODUCTION),
            table(("who", "is"), ((role["name"], role["is"]) for role in seen.roles.values())),
            "## By channel\n",
            *(part for name in seen.channels for part in _channel(seen, name)),
            "## On the server, whatever the channel\n",
            _who_sees(seen, seen.server),
            "## By table and store\n",
            _stores(seen),
        )
    )


def _channel(seen: Visibility, name: str) -> Iterator[str]:
    yield f"### {name}\n"
    yield _who_sees(seen, seen.channels[name])
    others = [
        role["name"]
        for key, role in seen.roles.items()
        if key not in seen.channels[name] and key not in seen.server
    ]
    yield paragraph(
        f"Nothing: {', '.join(others)}. The rest as [below](#on-the-server-whatever-the-channel)."
    )


def _who_sees(seen: Visibility, said: Texts) -> str:
    return table(
        ("who", "can see"),
        ((role["name"], said[key]) for key, role in seen.roles.items() if key in said),
    )


def _stores(seen: Visibility) -> str:
    head = ("where", "what", "kept", *(seen.roles[key]["name"] for key in _AT_A_STORE))
    return table(head, (_store(seen, entry) for entry in REGISTRY if entry.name in seen.stores))


def _store(seen: Visibility, entry: Declared) -> tuple[str, ...]:
    kind = seen.kinds[seen.stores[entry.name]]
    seen_by = (kind.get(role, _NOTHING) for role in _AT_A_STORE)
    return (f"`{entry.name}`", kind["is"], entry.retention, *seen_by)


def _names(kind: Kind) -> set[str]:
    return {entry.name for entry in REGISTRY if entry.kind is kind}


def _same(told: Texts | Mapping[str, Texts], declared: set[str]) -> None:
    _known(set(told), declared)
    if missing := sorted(declared - set(told)):
        raise UnseenError(f"{VISIBILITY.name}: nobody says who sees {', '.join(missing)}")


def _known(named: set[str], known: set[str]) -> None:
    if unknown := sorted(named - known):
        raise UnseenError(f"{VISIBILITY.name}: unknown {', '.join(unknown)}")

"""Cities that a pack names and the list of towns does not know: nobody would find them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from directory.gazetteer import Gazetteer
from directory.pack_files import Fault, PackFiles
from directory.yaml_lines import read_yaml

_Known = Mapping[str, Sequence[str]]


def check_cities(packs: Sequence[PackFiles], folder: Path, towns: Path) -> list[Fault]:
    """Return the cities of services that are no town of their country, with their lines.

    Args:
        packs: Packs whose form is right.
        folder: ``data/packs``; ``without-town.yml`` names cities known to be in no list.
        towns: ``var/places.sqlite``; where it is not compiled yet, nothing can be told.

    Raises:
        YamlError: ``without-town.yml`` cannot be read.
    """
    if not towns.exists():
        return []
    known = folder / "without-town.yml"
    without_town = dict(read_yaml(known).data) if known.exists() else {}
    with closing(Gazetteer(towns)) as places:
        return [fault for pack in packs for fault in _unknown(pack, places, without_town)]


def _unknown(pack: PackFiles, places: Gazetteer, without_town: _Known) -> Iterator[Fault]:
    document = pack.documents["services"]
    for index, service in enumerate(document.data or []):
        for position, place in enumerate(service["places"]):
            city = place.get("city")
            if not city or city in without_town.get(pack.country, ()):
                continue
            if places.named(city, pack.country) is None:
                line = document.line([index, "places", position])
                yield Fault(document.path, line, f"places: {city} is no known town")

"""What can be wrong in the lines of countries of origin. Used by ``faro check``."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from directory.pack_files import Fault, PackFiles, fault_of
from directory.yaml_lines import YamlError, read_yaml


def check_origin_lines(path: Path, packs: Collection[PackFiles]) -> list[Fault]:
    """Return what is wrong in ``data/borders/origin-lines.yml``."""
    try:
        return list(_faults(path, packs))
    except YamlError as error:
        return [fault_of(error)]


def _faults(path: Path, packs: Collection[PackFiles]) -> Iterator[Fault]:
    table = read_yaml(path)
    for country, row in table.data.items():
        pack = next((pack for pack in packs if pack.country == country), None)
        known = {line["id"]: line for line in pack.part("helplines")} if pack else {}
        for position, wanted in enumerate(row["lines"]):
            line = known.get(wanted["id"])
            problem = None
            if line is None:
                problem = f"{wanted['id']} is no line of {country}"
            elif line.get("run_by") == "consulate":
                problem = f"{wanted['id']} is a consulate, told only to whoever asks for one"
            elif line["confidence"] == "low" or line["superseded_by"] is not None:
                problem = f"{wanted['id']} is replaced or of low confidence"
            if problem:
                yield Fault(path, table.line([country, "lines", position]), problem)

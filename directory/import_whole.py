"""Whole entries in files: services of HSDS as JSON or tables in a zip, packs in a zip or YAML."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping

import yaml

from directory.hsds import csv_form
from directory.import_hsds import NO_HSDS, read_json, read_tables
from directory.import_source import Bodies, Body
from directory.noise import without_noise
from directory.parts import OF_A_PACK
from directory.sheets.catalogue import N_
from directory.sheets.faults import FileError
from directory.sheets.guarding import BROKEN, UNREADABLE, guard_zip
from directory.yaml_lines import plain

_NO_YAML = N_("this file is no YAML: {problem}")
_NO_PACK = N_("this file holds no entries of a pack")
_NAMED_TWICE = N_("this file says things once and points at them later (& and *): write them out")
_LISTINGS = "services.csv"
_ENTRY = re.compile(r"(?P<country>[a-z]{2})-(?P<part>[rhs])[0-9]{2,8}")
_PARTS = {part.value[0]: part for part in OF_A_PACK}
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_zip(data: bytes) -> Iterator[Body]:
    """Yield the services of HSDS' tables, or all entries of packs. Raises FileError."""
    with guard_zip(data) as packed:
        if packs := [one for one in packed.namelist() if one.endswith(".yml")]:
            for name in packs:
                yield from read_pack_part(_unpacked(packed, name))
            return
        names = [one for one in packed.namelist() if one.rpartition("/")[2] in csv_form.FILES]
        if not any(one.rpartition("/")[2] == _LISTINGS for one in names):
            raise FileError(NO_HSDS)
        yield from read_tables({name: _unpacked(packed, name) for name in names})


def read_pack_part(data: bytes) -> Iterator[Body]:
    """Yield the entries of one file of a pack; its own part has none. Raises FileError."""
    try:
        text = data.decode("utf-8-sig")
        _refuse_aliases(text)
        read = without_noise(plain(yaml.load(text, Loader=_Loader)))  # noqa: S506 -- both are safe
    except (UnicodeDecodeError, yaml.YAMLError, ValueError, RecursionError) as error:
        if isinstance(error, FileError):
            raise
        raise FileError(_NO_YAML, problem=_short(error)) from None
    for body in read if isinstance(read, list) else ():
        found = _ENTRY.fullmatch(str(body.get("id"))) if isinstance(body, Mapping) else None
        if found is None:
            raise FileError(_NO_PACK)
        yield Body(_PARTS[found["part"]], body["id"], found["country"].upper(), body)


WHOLE: Mapping[str, Bodies] = {
    ".json": read_json,
    ".zip": read_zip,
    ".yml": read_pack_part,
    ".yaml": read_pack_part,
}


def _unpacked(packed: zipfile.ZipFile, name: str) -> bytes:
    try:
        return packed.read(name)
    except UNREADABLE:
        raise FileError(BROKEN) from None


def _refuse_aliases(text: str) -> None:
    """Raise FileError where a text points at itself: few lines grow into millions that way."""
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent):
            raise FileError(_NAMED_TWICE)


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:120]

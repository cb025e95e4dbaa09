"""Listings in files of HSDS, as JSON or as tables in a zip, and packs in a zip or as YAML."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from directory.hsds import csv_form, json_form
from directory.hsds.read import listing_of
from directory.hsds.records import Records
from directory.hsds.terms import said_of
from directory.import_source import Bodies, Body
from directory.parts import OF_A_PACK, Part
from directory.sheets.catalogue import N_
from directory.sheets.faults import FileError
from directory.sheets.guarding import MOST_ROWS, guard_zip
from directory.yaml_lines import plain

_NO_JSON = N_("this file is no JSON: {problem}")
_NO_HSDS = N_("this file holds no services of HSDS")
_NO_TABLES = N_("a table of this file is not as HSDS has it: {problem}")
_TOO_MANY = N_("more than {most} rows: split the file")
_NO_YAML = N_("this file is no YAML: {problem}")
_NO_PACK = N_("this file holds no entries of a pack")
_LISTINGS = "services.csv"
_NEEDED = frozenset({"kinds", "layers", "country"})  # what others' files cannot say
_ENTRY = re.compile(r"(?P<country>[a-z]{2})-(?P<part>[rhs])[0-9]{2,8}")
_PARTS = {part.value[0]: part for part in OF_A_PACK}
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_json(data: bytes) -> Iterator[Body]:
    """Yield the services of HSDS in JSON. Raises FileError."""
    try:
        document = json.loads(data.decode("utf-8-sig"))
        kind, objects = json_form.objects_in(document)
        records = json_form.records_in(kind, objects)
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise FileError(_NO_JSON, problem=_short(error)) from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise FileError(_NO_HSDS) from None
    yield from _listings(records)


def read_zip(data: bytes) -> Iterator[Body]:
    """Yield the services of HSDS' tables, or all entries of packs. Raises FileError."""
    with guard_zip(data) as packed:
        if packs := [one for one in packed.namelist() if one.endswith(".yml")]:
            for name in packs:
                yield from read_pack_part(packed.read(name))
            return
        names = [one for one in packed.namelist() if one.rpartition("/")[2] in csv_form.FILES]
        if not any(one.rpartition("/")[2] == _LISTINGS for one in names):
            raise FileError(_NO_HSDS)
        try:
            files = {name: packed.read(name).decode("utf-8-sig") for name in names}
            records = csv_form.records_in(files)
        except (csv_form.TableError, UnicodeDecodeError, ValueError) as error:
            raise FileError(_NO_TABLES, problem=_short(error)) from None
    yield from _listings(records)


def read_pack_part(data: bytes) -> Iterator[Body]:
    """Yield the entries of one file of a pack; its own part has none. Raises FileError."""
    try:
        read = plain(yaml.load(data.decode(), Loader=_Loader))  # noqa: S506 -- both are safe
    except (UnicodeDecodeError, yaml.YAMLError) as error:
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


def _listings(records: Records) -> Iterator[Body]:
    services = records.get("service", ())
    if not services:
        raise FileError(_NO_HSDS)
    if len(services) > MOST_ROWS:
        raise FileError(_TOO_MANY, most=MOST_ROWS)
    tree = json_form.Tree(records)
    for service in services:
        try:
            # One service at a time, with what belongs to it: looking through all takes its square.
            own = json_form.records_in("service", [tree.service(service["id"])])
            read = listing_of(own, service["id"])
            is_ours = said_of(own, service["id"]).is_ours
        except (LookupError, ValueError, TypeError):
            raise FileError(_NO_HSDS) from None
        body = _sourced(read.body)
        if not is_ours and _NEEDED & {*read.missing}:
            yield Body(Part.SERVICES, service["id"], read.country or "", body, own)
        else:
            yield Body(Part.SERVICES, str(body.get("id", "")), read.country or "", body)


def _sourced(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a body of others with who says so: HSDS has no field for it."""
    if body.get("source") or not body.get("organisation"):
        return body
    return {**body, "source": {"title": body["organisation"], "published": "unknown"}}


def _short(error: Exception) -> str:
    return str(error)[:120]

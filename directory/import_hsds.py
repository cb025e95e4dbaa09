"""Services in files of HSDS, as JSON or as tables, each with what is wrong in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from directory.hsds import csv_form, json_form
from directory.hsds.faults import RowFault, faults_of
from directory.hsds.read import listing_of
from directory.hsds.records import Records
from directory.hsds.terms import said_of
from directory.import_source import NEEDED, Body
from directory.noise import without_noise
from directory.parts import Part
from directory.sheets.catalogue import N_
from directory.sheets.faults import CellError, FileError
from directory.sheets.guarding import MOST_ROWS

_NO_JSON = N_("this file is no JSON: {problem}")
_NO_TEXT = N_("this file is no JSON: it is not saved as UTF-8 text")
_TOO_DEEP = N_("this file is no JSON of HSDS: its parts stand too deep in each other")
NO_HSDS = N_("this file holds no services of HSDS")
_NO_TABLES = N_("a table of this file is not as HSDS has it: {problem}")
_TOO_MANY = N_("more than {most} rows: split the file")
_NO_OBJECT = N_("what stands here is not as HSDS has it: each part is an object with an id")
_NOT_READ = N_("this service is not as HSDS has it")
_NO_ORGANIZATION = N_("this service names no organization that stands in the file")
_NOT = N_("this must be {wanted}")
_ONE_OF = N_("this must be one of these: {codes}")
_ONE_OF_STARTS = "one of "
# What would fit, as ``directory.hsds.values`` says it.
_WANTED = (
    N_("a text"),
    N_("a number"),
    N_("a date as YYYY-MM-DD"),
    N_("a time as HH:MM"),
    N_("a moment as YYYY-MM-DDTHH:MM:SSZ"),
)
_NEEDED = frozenset({"kinds", "layers", "country"})  # what others' files cannot say
# Where the bytes of JSON may hold what is no character.
_MAYBE_NOISE = re.compile(rb"\\u(0000|[dD][89a-fA-F])|\x00")


def read_json(data: bytes) -> Iterator[Body]:
    """Yield the services of HSDS in JSON. Raises FileError."""
    try:
        document = json.loads(data.decode("utf-8-sig"))
        if _MAYBE_NOISE.search(data):
            document = without_noise(document)
    except UnicodeDecodeError:
        raise FileError(_NO_TEXT) from None
    except json.JSONDecodeError as error:
        raise FileError(_NO_JSON, problem=_short(error)) from None
    except RecursionError:
        raise FileError(_TOO_DEEP) from None
    if isinstance(document, Mapping) and any(name in csv_form.FILES for name in document):
        yield from _of_tables(document)
        return
    try:
        kind, objects = json_form.objects_in(document)
    except ValueError:
        raise FileError(NO_HSDS) from None
    try:
        records = json_form.records_in(kind, objects)
    except json_form.StructureError:
        yield from _one_by_one(kind, objects)
    except RecursionError:
        raise FileError(_TOO_DEEP) from None
    else:
        yield from _listings(records)


def read_tables(files: Mapping[str, bytes]) -> Iterator[Body]:
    """Yield the services of HSDS's tables by their files' names. Raises FileError."""
    try:
        texts = {name: without_noise(data.decode("utf-8-sig")) for name, data in files.items()}
        records = csv_form.records_in(texts)
    except (csv_form.TableError, UnicodeDecodeError, ValueError) as error:
        raise FileError(_NO_TABLES, problem=_short(error)) from None
    yield from _listings(records)


def _of_tables(document: Mapping[str, Any]) -> Iterator[Body]:
    try:
        records = csv_form.records_in_tabular(document)
    except (ValueError, TypeError, AttributeError) as error:
        raise FileError(_NO_TABLES, problem=_short(error)) from None
    yield from _listings(records)


def _one_by_one(kind: str, objects: Sequence[Mapping[str, Any]]) -> Iterator[Body]:
    """Yield the services of a file in which something is no object, with where that is."""
    for one in objects:
        try:
            records = json_form.records_in(kind, [one])
        except json_form.StructureError as error:
            wrong = CellError(_NO_OBJECT, where=error.table)
            yield _wrong(str(one.get("id") or ""), one.get("name"), [wrong])
        else:
            yield from _listings(records)


def _listings(records: Records) -> Iterator[Body]:
    services = records.get("service", ())
    if not services:
        raise FileError(NO_HSDS)
    if len(services) > MOST_ROWS:
        raise FileError(_TOO_MANY, most=MOST_ROWS)
    tree = json_form.Tree(records)
    for service in services:
        # One service at a time, with what belongs to it: looking through all takes its square.
        own = json_form.records_in("service", [tree.service(service["id"])])
        wrong = [_told(one) for one in faults_of(own) if one.problem in ("missing", "not")]
        if wrong:
            yield _wrong(service["id"], service.get("name"), wrong)
        else:
            yield _listing(own, service)


def _listing(own: Records, service: Mapping[str, Any]) -> Body:
    try:
        read = listing_of(own, service["id"])
        is_ours = said_of(own, service["id"]).is_ours
    except (LookupError, ValueError, TypeError, AttributeError):
        return _wrong(service["id"], service.get("name"), [CellError(_NOT_READ)])
    body = _sourced(read.body)
    if not is_ours and _NEEDED & {*read.missing}:
        return Body(Part.SERVICES, service["id"], read.country or "", body, own)
    return Body(Part.SERVICES, str(body.get("id", "")), read.country or "", body)


def _wrong(service: str, name: object, faults: Sequence[CellError]) -> Body:
    body = {"name": name if isinstance(name, str) else ""}
    return Body(Part.SERVICES, service, "", body, faults=tuple(faults))


def _told(fault: RowFault) -> CellError:
    where = f"{fault.table}.{fault.column}"
    if fault.problem == "missing":
        nobody = where == "service.organization_id"
        return CellError(_NO_ORGANIZATION if nobody else NEEDED, where=where)
    if fault.wanted.startswith(_ONE_OF_STARTS):
        return CellError(_ONE_OF, where=where, codes=fault.wanted.removeprefix(_ONE_OF_STARTS))
    return CellError(_NOT, where=where, wanted=fault.wanted)


def _sourced(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a body of others with who says so: HSDS has no field for it."""
    if body.get("source") or not body.get("organisation"):
        return body
    return {**body, "source": {"title": body["organisation"], "published": "unknown"}}


def _short(error: Exception) -> str:
    return str(error)[:120]

"""Services of others that chat cannot tell yet: kept in the tables of HSDS just as they came.

A file of HSDS that knows nothing of our profile does not say of which kind a service is, or lies in
a country without a pack. It belongs to the directory all the same: the public API and the export
have it, and no answer of the chat does until somebody enters it as a listing. One that has the name
or a number of a place that must not be found is kept without its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from directory.audit import Done
from directory.hsds import fetch, store
from directory.hsds.json_form import Tree
from directory.hsds.models import Attribute
from directory.hsds.profile import taxonomies, taxonomy_ids, taxonomy_row, term_row
from directory.hsds.records import Records, Row, merged
from directory.hsds.secret import without_secrets
from directory.import_report import Outcome, RowReport
from directory.import_secret import Secrets
from directory.parts import Part
from directory.sheets.catalogue import N_
from directory.sheets.faults import Fault

_IS_OURS = N_("this service is {entry} here: change that entry")


async def compare(session: AsyncSession, rows: Sequence[RowReport], secrets: Secrets) -> None:
    """Settle what becomes of those services.

    Those that stand in the tables as the file has them are unchanged; those that are listings of
    ours are wrong; those that may be of a place that must not be found lose where they are.
    """
    beside = {row.entry: row for row in rows if row.outcome is Outcome.BESIDE}
    for service, entry in (await _ours(session, list(beside))).items():
        row = beside.pop(service)
        row.outcome = Outcome.WRONG
        row.faults = (Fault(row.sheet, row.row, "", "service.id", _IS_OURS, {"entry": entry}),)
    known = Tree(await fetch.services(session, list(beside)))
    for service, row in beside.items():
        records = records_in(row)
        alike = any(True for _ in secrets.like(_names(records), _numbers(records)))
        told = without_secrets(_worded_by_us(records), {service} if alike else ())
        row.keep(told)
        if _said(known, service) == _said(Tree(told), service):
            row.outcome = Outcome.UNCHANGED


async def write(session: AsyncSession, rows: Sequence[RowReport]) -> list[Done]:
    """Write services into the tables of HSDS; return what the audit is told. Caller commits."""
    if not rows:
        return []
    await store.write(session, merged(records_in(row) for row in rows))
    return [
        Done("import beside", Part.SERVICES, row.entry, after={"name": row.name}) for row in rows
    ]


def records_in(row: RowReport) -> Records:
    """Return the rows of HSDS that came with a service."""
    found: Records = row.body
    return found


async def _ours(session: AsyncSession, services: Sequence[str]) -> dict[str, str]:
    """Return our listings by the services that stand for them."""
    query = select(Attribute.link_id, Attribute.value).where(
        Attribute.link_id.in_(services),
        Attribute.taxonomy_term_id == term_row("record", "id")["id"],
    )
    return {str(service): str(entry) for service, entry in await session.execute(query)}


def _worded_by_us(records: Records) -> Records:
    """Return rows in which our own terms say what they say here: nobody else words them."""
    ours = {
        **_our_terms(),
        **{number: taxonomy_row(code) for number, code in taxonomy_ids().items()},
    }
    return {
        table: [ours.get(row["id"], row) for row in rows]
        if table in ("taxonomy", "taxonomy_term")
        else rows
        for table, rows in records.items()
    }


@cache
def _our_terms() -> Mapping[str, Row]:
    found = (term_row(code, term) for code, of in taxonomies().items() for term in of.terms)
    return {row["id"]: row for row in found}


def _names(records: Records) -> Iterator[str]:
    for row in records.get("service", ()):
        yield from (row[name] for name in ("name", "alternate_name") if row.get(name))


def _numbers(records: Records) -> Iterator[str]:
    for row in records.get("phone", ()):
        yield str(row["number"])


def _said(tree: Tree, service: str) -> object:
    try:
        return tree.service(service)
    except KeyError:
        return None

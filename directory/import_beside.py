"""Services of others that chat cannot tell yet: kept in the tables of HSDS just as they came.

A file of HSDS that knows nothing of our profile does not say of which kind a service is, or lies in
a country without a pack. It belongs to the directory all the same: the public API and the export
have it, and no answer of the chat does until somebody enters it as a listing.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from directory.audit import Done
from directory.hsds import fetch, store
from directory.hsds.json_form import Tree
from directory.hsds.records import Records, merged
from directory.hsds.secret import without_secrets
from directory.import_report import Outcome, RowReport
from directory.parts import Part


async def compare(session: AsyncSession, rows: Sequence[RowReport]) -> None:
    """Mark those services as unchanged that stand in the tables as the file has them."""
    beside = {row.entry: row for row in rows if row.outcome is Outcome.BESIDE}
    known = Tree(await fetch.services(session, list(beside)))
    for service, row in beside.items():
        told = Tree(without_secrets(records_in(row)))
        if _said(known, service) == _said(told, service):
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


def _said(tree: Tree, service: str) -> object:
    try:
        return tree.service(service)
    except KeyError:
        return None

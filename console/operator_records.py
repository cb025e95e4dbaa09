"""Adding and changing operators; each change stands in the audit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from babel import Locale
from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from console import enrolling, sessions
from console.keys import Keys
from console.models import DeviceRow, EnrolmentRow, OperatorRow, RecoveryCodeRow
from console.permissions import Role
from console.signing_in import name_key
from console.translation import N_
from directory import audit

PART = "operators"  # in the audit
_NAME = re.compile(r"[^\W_][\w .'’-]{0,58}[\w.]")
_ORGANISATION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
_NOBODYS = frozenset({"pack", "command line", "link", "import", "faro", "console"})


class OperatorError(Exception):
    """Something cannot be done to an operator.

    Attributes:
        field: Which of the fields is wrong.
        words: What is wrong, in English, and marked for translation.
    """

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field = field
        self.words = words


@dataclass(frozen=True)
class Told:
    """What is said of an operator, whoever says it."""

    role: Role
    organisation: str | None = None
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()

    def check(self) -> None:
        """Raise OperatorError for the first field that cannot be."""
        known = Locale("en").territories
        if self.organisation is not None and not _ORGANISATION.fullmatch(self.organisation):
            raise OperatorError(
                "organisation", N_("Write the organisation's id: letters, digits, - and _")
            )
        if self.role is Role.EDITOR and self.organisation is None:
            raise OperatorError("organisation", N_("An editor needs an organisation"))
        if not all(len(code) == 2 and code in known for code in self.countries):  # noqa: PLR2004 -- ISO 3166-1
            raise OperatorError("countries", N_("Write countries as two letters, such as SV"))
        if self.role is Role.REGION_COORDINATOR and not self.countries:
            raise OperatorError("countries", N_("A region coordinator needs a country"))
        if not all(map(_TAG.fullmatch, self.languages)):
            raise OperatorError("languages", N_("Write languages as tags, such as es"))


async def add(
    session: AsyncSession, keys: Keys, name: str, told: Told, *, actor: str, now: datetime
) -> str:
    """Add an operator and return the code for their first sign-in. Raises OperatorError."""
    told.check()
    name = " ".join(name.split())
    if not _NAME.fullmatch(name) or name_key(name) in _NOBODYS:
        raise OperatorError(
            "name", N_("Write a name of 2 to 60 letters, digits, blanks, dots and hyphens")
        )
    if await find(session, name) is not None:
        raise OperatorError("name", N_("There is an operator with this name already"))
    row = OperatorRow(name=name, name_key=name_key(name), created_at=now)
    _apply(row, told)
    session.add(row)
    await session.flush()
    await _record(session, row, "operator.add", actor=actor, now=now, before=None)
    return await enrolling.invite(session, keys, row.id, now=now)


async def change(
    session: AsyncSession, row: OperatorRow, told: Told, *, actor: str, now: datetime
) -> None:
    """Change what an operator may do; they have to sign in anew. Raises OperatorError."""
    told.check()
    if told.role is not Role.ADMIN:
        await _require_another_admin(session, row, "role")
    before = shown(row)
    _apply(row, told)
    if before == shown(row):
        return
    await sessions.end_all(session, row.id)
    await _record(session, row, "operator.change", actor=actor, now=now, before=before)


async def disable(session: AsyncSession, row: OperatorRow, *, actor: str, now: datetime) -> None:
    """Keep an operator out from now on. Raises OperatorError: nobody could undo it."""
    await _require_another_admin(session, row, "name")
    if row.disabled_at is not None:
        return
    before = shown(row)
    row.disabled_at = now
    await _forget_secrets(session, row)
    await _record(session, row, "operator.disable", actor=actor, now=now, before=before)


async def reset(
    session: AsyncSession, keys: Keys, row: OperatorRow, *, actor: str, now: datetime
) -> str:
    """Return a code for a new first sign-in: password and second factor count no more.

    Somebody who was disabled may sign in again with it.
    """
    before = shown(row)
    row.disabled_at = None
    await _forget_secrets(session, row)
    await _record(session, row, "operator.reset", actor=actor, now=now, before=before)
    return await enrolling.invite(session, keys, row.id, now=now)


async def find(session: AsyncSession, name: str) -> OperatorRow | None:
    """Return the operator with a name, or None."""
    query = select(OperatorRow).where(OperatorRow.name_key == name_key(name))
    return (await session.execute(query)).scalar_one_or_none()


async def all_of_them(session: AsyncSession) -> Sequence[OperatorRow]:
    """Return every operator by name, the disabled last."""
    order = (OperatorRow.disabled_at.is_not(None), OperatorRow.name_key)
    return (await session.scalars(select(OperatorRow).order_by(*order))).all()


def shown(row: OperatorRow) -> dict[str, object]:
    """Return what the audit keeps of an operator."""
    return {
        "role": row.role,
        "organisation": row.organisation,
        "countries": [*row.countries],
        "languages": [*row.languages],
        "disabled": row.disabled_at is not None,
    }


def _apply(row: OperatorRow, told: Told) -> None:
    row.role = told.role.value
    row.organisation = told.organisation
    row.countries = sorted({*told.countries})
    row.languages = sorted({*told.languages})


async def _forget_secrets(session: AsyncSession, row: OperatorRow) -> None:
    row.password = row.totp = None
    for kept in (EnrolmentRow, RecoveryCodeRow, DeviceRow):
        await session.execute(delete(kept).where(kept.operator == row.id))
    await sessions.end_all(session, row.id)


async def _require_another_admin(session: AsyncSession, row: OperatorRow, field: str) -> None:
    if row.role != Role.ADMIN or row.disabled_at is not None:
        return
    others = select(func.count()).where(
        OperatorRow.role == Role.ADMIN.value,
        OperatorRow.disabled_at.is_(None),
        OperatorRow.demo.is_(False),
        OperatorRow.id != row.id,
    )
    if not (await session.execute(others)).scalar_one():
        raise OperatorError(field, N_("This is the last admin. Add another one first"))


async def _record(
    session: AsyncSession,
    row: OperatorRow,
    action: str,
    *,
    actor: str,
    now: datetime,
    before: dict[str, object] | None,
) -> None:
    await audit.record(
        session,
        at=now,
        actor=actor,
        action=action,
        part=PART,
        entry=row.name,
        before=before,
        after=shown(row),
    )

"""Operators who signed in before, as tests need them."""

from __future__ import annotations

from dataclasses import dataclass

import httpx
import pyotp

from console import codes, second_factor
from console.context import Console
from console.models import OperatorRow, RecoveryCodeRow
from console.signing_in import name_key

PASSWORD = "three small blue boats"


@dataclass(frozen=True)
class Person:
    """Somebody with a password, an app and two recovery codes."""

    id: int
    name: str
    secret: str
    recovery: tuple[str, ...]

    def code(self, console: Console) -> str:
        """Return what their app shows now."""
        return str(pyotp.TOTP(self.secret).at(int(console.clock().timestamp())))

    def fields(self, console: Console, **other: str) -> dict[str, str]:
        """Return what they type to sign in."""
        return {
            "name": self.name, "password": PASSWORD, "code": self.code(console), **other,
        }  # fmt: skip


async def enrolled(console: Console, name: str = "Ana Reyes", role: str = "admin") -> Person:
    """Return somebody who went through the first sign-in already."""
    secret, recovery = second_factor.new_secret(), tuple(codes.new_recovery_codes()[:2])
    async with console.sessions.begin() as session:
        row = OperatorRow(
            name=name,
            name_key=name_key(name),
            role=role,
            locale="en",
            password=await console.passwords.hashed(PASSWORD),
            created_at=console.clock(),
        )
        session.add(row)
        await session.flush()
        row.totp = second_factor.sealed(console.keys, row.id, secret)
        for code in recovery:
            hashed = console.keys.hashed("recovery", codes.plain(code))
            session.add(RecoveryCodeRow(operator=row.id, code=hashed))
        return Person(row.id, name, secret, recovery)


def is_in(answer: httpx.Response) -> bool:
    """Return whether an answer to the sign-in let somebody in."""
    return answer.status_code == 303 and "faro-session" in answer.cookies

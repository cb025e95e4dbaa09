"""An operator: somebody with a name and a role who keeps listings true."""

from __future__ import annotations

from dataclasses import dataclass

from console.permissions import Role, may


@dataclass(frozen=True)
class Operator:
    """Who is signed in.

    Attributes:
        id: Of the row.
        name: As it stands in the audit.
        role: What they may do.
        organisation: Id of the organisation they work for, or None.
        countries: Where they may act; empty means everywhere.
        languages: Which wordings they work on; empty means all.
        locale: Language of the pages, or None for the browser's.
        demo: The try-out account.
    """

    id: int
    name: str
    role: Role
    organisation: str | None = None
    countries: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    locale: str | None = None
    demo: bool = False

    def may(self, permission: str) -> bool:
        """Return whether the role allows it. Raises KeyError: there is no such permission."""
        return may(self.role, permission)

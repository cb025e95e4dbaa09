"""Which entries an operator may touch, beyond what the role allows."""

from __future__ import annotations

from console.operator import Operator
from console.permissions import Role


def may_touch(operator: Operator, *, owner: str | None, country: str | None) -> bool:
    """Return whether an entry is within an operator's reach.

    An editor reaches what their own organisation owns, a region coordinator what lies in their
    countries. ``owner`` is an organisation's id, ``country`` an ISO code; None means neither
    one nor the other is known, which only those who reach everything may touch.
    """
    if operator.role is Role.EDITOR and (owner is None or owner != operator.organisation):
        return False
    return country in operator.countries if operator.countries else _is_unbound(operator)


def may_word(operator: Operator, language: str) -> bool:
    """Return whether an operator works on the wordings of a language."""
    return not operator.languages or language in operator.languages


def _is_unbound(operator: Operator) -> bool:
    return operator.role is not Role.REGION_COORDINATOR

"""Which role may do what: the one table. A test walks every role and every route by it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

PUBLIC = "public"  # the permission of pages for which nobody signs in


class Role(StrEnum):
    """What somebody does here."""

    EDITOR = "editor"  # of the listings of their own organisation
    REVIEWER = "reviewer"  # approves
    COMMUNITY_REVIEWER = "community_reviewer"  # reads, comments and marks wording
    REGION_COORDINATOR = "region_coordinator"  # everything of their own countries
    EVALUATOR = "evaluator"  # reads counts and charts
    ADMIN = "admin"


_EVERYBODY = frozenset(Role)
_ADMIN = frozenset({Role.ADMIN})
_APPROVE = frozenset({Role.REVIEWER, Role.REGION_COORDINATOR, Role.ADMIN})
_EDIT = _APPROVE | {Role.EDITOR}
_WORD = _APPROVE | {Role.COMMUNITY_REVIEWER}
_COUNT = _APPROVE | {Role.EVALUATOR}

PERMISSIONS: Mapping[str, frozenset[Role]] = {
    "account.own": _EVERYBODY,
    "today.see": _EVERYBODY,
    "listing.see": _EVERYBODY,
    "listing.edit": _EDIT,
    "listing.publish": _APPROVE,
    "listing.retire": _APPROVE,
    "fact.see": _EVERYBODY,
    "fact.edit": _EDIT,
    "fact.publish": _APPROVE,
    "fact.retire": _APPROVE,
    "import.run": _EDIT,
    "export.run": _EDIT | {Role.EVALUATOR},
    "merge.run": _APPROVE,
    "verification.see": _EDIT | {Role.EVALUATOR},
    "verification.confirm": _EDIT,
    "verification.send": _EDIT,
    "wording.see": _EVERYBODY,
    "wording.comment": _WORD | {Role.EDITOR},
    "wording.edit": _APPROVE,
    "wording.review": _WORD,
    "recording.upload": _WORD,
    "coverage.see": _EVERYBODY,
    "unmet.see": _EDIT | {Role.EVALUATOR},
    "audit.see": _COUNT,
    "audit.export": frozenset({Role.ADMIN, Role.EVALUATOR}),
    "operator.manage": _ADMIN,
    "organisation.edit": frozenset({Role.REGION_COORDINATOR, Role.ADMIN}),
    "feedback.see": _EDIT | {Role.EVALUATOR},
    "feedback.answer": _EDIT,
}


def may(role: Role, permission: str) -> bool:
    """Return whether a role has a permission. Raises KeyError: there is no such permission."""
    return permission == PUBLIC or role in PERMISSIONS[permission]

"""The pages. Each module has ``ROUTES``; a new one is a line here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from console.pages import (
    account,
    audit,
    confirming,
    coverage,
    duplicates,
    enrolment,
    entry_edit,
    entry_list,
    entry_one,
    entry_preview,
    entry_quick,
    entry_version,
    exporting,
    files,
    home,
    importing,
    operators,
    organisations,
    recordings,
    sign_in,
    stewards,
    today,
    unmet,
    verification,
    verification_asking,
    wording,
    wording_actions,
    wording_files,
    wordings,
)
from console.routing import ConsoleRoute


class Pages(Protocol):
    """A module with pages."""

    @property
    def ROUTES(self) -> Sequence[ConsoleRoute]:  # noqa: N802 -- a constant of the module
        """Its routes."""


MODULES: Sequence[Pages] = (
    files,
    home,
    sign_in,
    enrolment,
    account,
    operators,
    today,
    verification_asking,  # before verification: "organisations" is no part
    verification,
    confirming,
    coverage,
    unmet,
    audit,
    importing,
    exporting,
    duplicates,
    wording_files,  # before wordings: .po is no part of a language
    wordings,
    wording,
    wording_actions,
    recordings,
    entry_edit,  # before entry_one: "new" is no id
    entry_list,
    entry_one,
    entry_preview,
    entry_version,
    entry_quick,
    organisations,
    stewards,
)

"""The pages. Each module has ``ROUTES``; a new one is a line here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from console.pages import (
    account,
    audit,
    coverage,
    enrolment,
    files,
    home,
    operators,
    sign_in,
    unmet,
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
    coverage,
    unmet,
    audit,
)

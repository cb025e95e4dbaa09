"""What these tests share: one gateway for each module."""

from __future__ import annotations

from simulators.shared import faro, gateway, module_database_url

__all__ = ["faro", "gateway", "module_database_url"]

"""Which intents ask about rights to care, their cost and what they depend on."""

from __future__ import annotations

RIGHTS = frozenset(
    {
        "rights_care",
        "cost_care",
        "access_conditions",
        "emergency_care_info",
        "maternity_care",
        "child_health_vaccines",
        "medicines",
        "mental_health_entitlement",
    }
)

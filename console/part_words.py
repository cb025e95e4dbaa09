"""What the parts of the directory are called on the pages."""

from __future__ import annotations

from collections.abc import Mapping

from console.translation import N_
from directory.parts import Part

PARTS: Mapping[Part, str] = {
    Part.SERVICES: N_("Listings"),
    Part.RIGHTS: N_("Rights facts"),
    Part.HELPLINES: N_("Lines to call or write to"),
    Part.MYTHS: N_("Rumours"),
    Part.PRACTICES: N_("Practices"),
    Part.GAP_NOTES: N_("Noted gaps"),
    Part.ORGANISATIONS: N_("Organisations"),
    Part.MESSAGES: N_("Wording"),
}

"""Which part has which form. A part without one is seen here, and edited elsewhere."""

from __future__ import annotations

from collections.abc import Mapping

from console.forms.cards import GAP_NOTES, MYTHS, ORGANISATIONS, PRACTICES
from console.forms.form import Form
from console.forms.helplines import HELPLINES
from console.forms.rights import RIGHTS
from console.forms.services import SERVICES
from directory.parts import Part

FORMS: Mapping[Part, Form] = {
    one.part: one
    for one in (SERVICES, RIGHTS, HELPLINES, MYTHS, PRACTICES, GAP_NOTES, ORGANISATIONS)
}

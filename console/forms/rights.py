"""The form of a rights fact."""

from __future__ import annotations

from console.forms.code_fields import Codes, OpenCodes
from console.forms.common_sections import SOURCE, VALIDITY
from console.forms.field import MISSING
from console.forms.form import Form, Section, codes_in, fitting
from console.forms.names_and_amounts import Amounts
from console.forms.plain_fields import Choice, Text
from console.forms.row_fields import Column
from console.translation import N_
from directory.parts import Part

_PART = Part.RIGHTS
_PER = codes_in(_PART, "cost", "properties", "amounts", "items", "properties", "per")

_WHAT = Section(
    "what",
    N_("Who may get what"),
    (
        Codes("status", N_("With which papers"), family="status_phrase", required=True,
              codes=codes_in(_PART, "status")),
        Codes("care", N_("Which care"), family="care", required=True,
              codes=codes_in(_PART, "care")),
        Choice("entitlement", N_("May they get it?"), family="entitlement", required=True,
               codes=codes_in(_PART, "entitlement")),
        OpenCodes("conditions", N_("Conditions"), family="condition"),
        Choice("case", N_("Only in this case"), family="case"),
    ),
    open=True,
)  # fmt: skip
_COST = Section(
    "cost",
    N_("What it costs"),
    (
        Choice("cost.kind", N_("Cost"), family="cost_kind", required=True,
               codes=codes_in(_PART, "cost", "properties", "kind")),
        Amounts("cost.amounts", N_("Amounts"), columns=(
            Column("currency", N_("Currency"), type="text"),
            Column("min", N_("From"), type="number"),
            Column("max", N_("To"), type="number"),
            Column("per", N_("For each"), family="per_each", codes=_PER, first="visit"),
        )),
        OpenCodes("cost.notes", N_("Sentences on the cost"), family="cost"),
    ),
    open=True,
)  # fmt: skip
_HOW = Section(
    "how",
    N_("Papers, steps and what else to know"),
    (
        OpenCodes("documents", N_("Papers to bring"), family="document"),
        OpenCodes("steps", N_("Steps"), family="step"),
        OpenCodes("notes", N_("What else to know"), family="note"),
        Choice("waiting", N_("Waiting time"), family="waiting"),
    ),
    open=True,
)
_REPORTING = Section(
    "reporting",
    N_("Does the clinic tell anybody?"),
    (
        Choice("reporting", N_("Is somebody told?"), family="known", required=True,
               codes=codes_in(_PART, "reporting")),
        Choice("reporting_note", N_("Sentence on it"), family="note"),
    ),
)  # fmt: skip
_WORDS = Section(
    "original",
    N_("In the words of the source"),
    (
        Text("original.conditions", N_("Conditions"), rows=3, empty=MISSING),
        Text("original.cost", N_("Cost"), rows=3, empty=MISSING),
        Text("original.how", N_("How"), rows=3, empty=MISSING),
        Text("original.note", N_("Note"), rows=3, empty=MISSING),
    ),
)

RIGHTS = Form(
    _PART,
    fitting(_PART, (_WHAT, _COST, _HOW, _REPORTING, SOURCE, VALIDITY, _WORDS)),
    {
        "status": [], "care": [], "entitlement": "unclear",
        "cost": {"kind": "unknown", "amounts": [], "notes": []}, "conditions": [], "case": None,
        "documents": [], "steps": [], "notes": [], "waiting": None, "reporting": "unknown",
        "reporting_note": None, "valid_from": None, "valid_until": None, "superseded_by": None,
        "confidence": "medium", "verified": "never", "source": {"title": "", "published": ""},
        "original": {},
    },
)  # fmt: skip

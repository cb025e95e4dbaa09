"""The form of a line to call, write to or open."""

from __future__ import annotations

from console.forms.code_fields import Codes
from console.forms.common_sections import SOURCE, VALIDITY
from console.forms.field import MISSING
from console.forms.form import Form, Section, codes_in, fitting
from console.forms.hours import Hours
from console.forms.language_field import Languages
from console.forms.names_and_amounts import NAME_COLUMNS, Names
from console.forms.phones import Phones
from console.forms.plain_fields import Choice, Lines, Text
from console.forms.row_fields import Column, Rows
from console.translation import N_
from directory.parts import Part

_PART = Part.HELPLINES
_KINDS = codes_in(_PART, "numbers", "items", "properties", "kind")
_PAGES = codes_in(_PART, "web", "items", "properties", "kind")

_NOW = Section(
    "now",
    N_("Name and numbers"),
    (
        Text("name", N_("Name"), required=True),
        Phones("numbers", N_("Numbers"), columns=(
            Column("number", N_("Number"), needed=True, type="tel"),
            Column("kind", N_("Kind"), family="number_kind", codes=_KINDS, first="voice"),
            Column("note", N_("Note")),
        )),
        Rows("web", N_("Pages"), columns=(
            Column("url", N_("Address"), needed=True, type="url"),
            Column("kind", N_("Kind"), family="page_kind", codes=_PAGES, first="site"),
        )),
        Lines("email", N_("E-mail"), N_("One a line."), addresses=True),
        Text("sms_or_chat", N_("How to write to it, in the words of the source"), rows=2),
    ),
    open=True,
)  # fmt: skip
_WHAT = Section(
    "what",
    N_("What it is for"),
    (
        Codes("purpose", N_("What it is for"), family="purpose", required=True,
              codes=codes_in(_PART, "purpose")),
        Codes("status", N_("Only for people with these papers"), family="status_phrase",
              codes=codes_in(_PART, "status"), droppable=True),
        Text("area", N_("Only for this area"), empty=MISSING),
        Choice("run_by", N_("Run by"), family="line_run_by", empty=MISSING,
               codes=codes_in(_PART, "run_by")),
        Names("names", N_("Name in other languages"), columns=NAME_COLUMNS),
    ),
)  # fmt: skip
_WHEN = Section(
    "when",
    N_("Opening hours, languages and cost"),
    (
        Hours("hours", N_("Opening hours")),
        Languages("languages", N_("Languages they speak")),
        Choice("cost.kind", N_("Cost"), family="cost_kind", required=True,
               codes=codes_in(_PART, "cost", "properties", "kind")),
        Text("cost.text", N_("Cost in the words of the source")),
        Text("note", N_("Note for operators"), N_("It is not said in the chat."), rows=2),
    ),
)  # fmt: skip

HELPLINES = Form(
    _PART,
    fitting(_PART, (_NOW, _WHAT, _WHEN, SOURCE, VALIDITY)),
    {
        "purpose": [], "name": "", "numbers": [], "web": [], "email": [], "sms_or_chat": None,
        "hours": {"text": None, "always": False, "known": False, "periods": []},
        "languages": [], "cost": {"text": None, "kind": "unknown"}, "valid_from": None,
        "valid_until": None, "superseded_by": None, "confidence": "medium", "verified": "never",
        "source": {"title": "", "published": ""}, "note": None,
    },
)  # fmt: skip

"""The form of a listing."""

from __future__ import annotations

from typing import Any

from console.forms.capacity import Capacity, Waiting
from console.forms.code_fields import Codes, Kinds, OpenCodes
from console.forms.common_sections import SOURCE, VALIDITY
from console.forms.field import Body
from console.forms.form import Form, Section, codes_in, fitting
from console.forms.hours import Hours
from console.forms.language_field import Languages
from console.forms.names_and_amounts import NAME_COLUMNS, Names
from console.forms.phones import Phones
from console.forms.places import COLUMNS, Places
from console.forms.plain_fields import Choice, Day, Flag, Lines, Text
from console.forms.row_fields import Column
from console.translation import N_
from directory.parts import Part
from directory.withheld import SHELTER, is_withheld, stored

_PART = Part.SERVICES
# What nobody keeps of a place that must not be found.
_TELLING = ("addresses", "email", "url", "description", "how_to_access", "note", "waiting.text")
_TELLING_TOO = ("hours.text", "cost.text", "organisation", "region", "source.url")
_NUMBER = Column("number", N_("Number"), needed=True, type="tel")

_NOW = Section(
    "now",
    N_("Name, telephone and whether it is open to new people"),
    (
        Text("name", N_("Name"), required=True),
        Phones("phones", N_("Telephones"), columns=(_NUMBER, Column("note", N_("Note")))),
        Phones("whatsapp", N_("WhatsApp"), columns=(_NUMBER,)),
        Lines("email", N_("E-mail"), N_("One a line."), addresses=True),
        Text("url", N_("Web page"), type="url"),
        Flag("not_taking", N_("Not taking new people")),
        Day("paused_until", N_("Paused until"), N_("The first day on which it is open again.")),
        Capacity(
            "capacity",
            N_("Is there room?"),
            family="capacity",
            codes=codes_in(_PART, "capacity", "anyOf", "0", "properties", "code")
            or ("open", "limited", "full"),
        ),
    ),
    open=True,
)
_WHEN = Section(
    "when",
    N_("Opening hours"),
    (
        Hours("hours", N_("Opening hours")),
        Choice("holidays", N_("On public holidays"), family="holidays",
               codes=codes_in(_PART, "holidays")),
        Waiting("waiting", N_("Waiting time"), family="waiting"),
        Text("waiting.text", N_("Waiting time in the words of the source")),
    ),
)  # fmt: skip
_WHERE = Section(
    "where",
    N_("Where it is"),
    (
        Choice("scope", N_("For whom it is within reach"), family="scope", required=True,
               codes=codes_in(_PART, "scope")),
        Places("places", N_("Towns"), N_("As people search for them."), columns=COLUMNS),
        Text("region", N_("Region")),
        Lines("addresses", N_("Addresses"), N_("One a line.")),
        Codes("accessibility", N_("Access"), family="accessibility",
              codes=codes_in(_PART, "accessibility")),
    ),
)  # fmt: skip
_WHAT = Section(
    "what",
    N_("What it offers, and to whom"),
    (
        Kinds("kinds", N_("What it offers"), family="kind", codes=codes_in(_PART, "kinds")),
        Codes("layers", N_("Layers of support"), family="layer", codes=codes_in(_PART, "layers")),
        Codes("audience", N_("For whom"), family="audience", codes=codes_in(_PART, "audience")),
        Codes("status", N_("With which papers"), family="status_phrase",
              codes=codes_in(_PART, "status")),
        Choice("cost.kind", N_("Cost"), family="cost_kind", required=True,
               codes=codes_in(_PART, "cost", "properties", "kind")),
        Text("cost.text", N_("Cost in the words of the source")),
    ),
)  # fmt: skip
_HOW = Section(
    "how",
    N_("How to get in"),
    (
        Codes("way_in", N_("Way in"), family="way_in", codes=codes_in(_PART, "way_in")),
        Codes("modality", N_("How they help"), family="modality",
              codes=codes_in(_PART, "modality")),
        OpenCodes("documents", N_("Papers to bring"), family="document"),
        Languages("languages_spoken", N_("Languages they speak")),
        Languages("languages_interpreted", N_("Languages with an interpreter")),
        Choice("interpreters", N_("Are there interpreters?"), family="known",
               codes=codes_in(_PART, "interpreters"), required=True),
    ),
)  # fmt: skip
_WHO = Section(
    "who",
    N_("Who runs it"),
    (
        Text("organisation", N_("Organisation, as it is written"), required=True),
        Choice("run_by", N_("Kind of organisation"), family="run_by", required=True,
               codes=codes_in(_PART, "run_by")),
        Names("names", N_("Name in other languages"), columns=NAME_COLUMNS),
        Text("description", N_("What they do"), rows=3),
        Text("how_to_access", N_("How to get in, in the words of the source"), rows=2),
        Text("note", N_("Note for operators"), N_("It is not said in the chat."), rows=2),
    ),
)  # fmt: skip


def _finished(body: dict[str, Any]) -> dict[str, Any]:
    """Return the body as it may be kept: a shelter that must not be found has no address."""
    body["protection"] = SHELTER in body["kinds"]
    return stored(body)


def _hidden(body: Body) -> tuple[str, ...]:
    return (*_TELLING, *_TELLING_TOO) if is_withheld(body) else ()


SERVICES = Form(
    _PART,
    fitting(_PART, (_NOW, _WHEN, _WHERE, _WHAT, _HOW, _WHO, SOURCE, VALIDITY)),
    {
        "name": "", "organisation": "", "run_by": "unknown", "layers": [], "kinds": [],
        "audience": [], "status": [], "scope": "city", "places": [], "region": None,
        "protection": False, "addresses": [], "phones": [], "whatsapp": [], "email": [],
        "url": None, "hours": {"text": None, "always": False, "known": False, "periods": []},
        "languages_spoken": [], "languages_interpreted": [], "interpreters": "unknown",
        "cost": {"text": None, "kind": "unknown"}, "way_in": [], "modality": [],
        "documents": [], "waiting": {"text": None, "known": False}, "not_taking": False,
        "valid_from": None, "valid_until": None, "confidence": "medium", "verified": "never",
        "source": {"title": "", "published": ""}, "description": None, "how_to_access": None,
        "note": None,
    },
    finish=_finished,
    hidden=_hidden,
)  # fmt: skip

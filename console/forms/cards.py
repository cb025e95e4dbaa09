"""The forms of what is no part of a pack: rumours, practices, noted gaps, organisations.

What a rumour or a practice says stands in messages, which are translated: ``myth.<id>.claim`` and
``.truth``, ``practice.<id>.what``, ``.evidence`` and ``.limits``, and ``choice.<kind>_<id>``.
"""

from __future__ import annotations

from console.forms.card_fields import Choices, Countries, Country, Facts, Number
from console.forms.code_fields import Codes
from console.forms.concept_fields import Concepts
from console.forms.form import Form, Section, codes_in, fitting
from console.forms.plain_fields import Choice, Lines, Text
from console.translation import N_
from content.cards import NO_SERVICE
from directory.parts import Part

_OFFERS = Choices("offers", N_("Leads on to"), N_("Ids of choices, one a line: rights_care."))
_SOURCE = Section(
    "source",
    N_("Where this is from"),
    (
        Text("source.title", N_("Source"), N_("Who says so."), required=True),
        Text("source.url", N_("Its page"), type="url"),
        Text("source.published", N_("Date of the source"),
             N_("Year, year-month or year-month-day; “unknown” where it has none."), required=True),
        Text("checked", N_("When somebody last looked at it"), N_("Year-month."), required=True),
    ),
    open=True,
)  # fmt: skip
_NEW_SOURCE = {"title": "", "url": None, "published": ""}

MYTHS = Form(
    Part.MYTHS,
    fitting(Part.MYTHS, (
        Section("now", N_("Where it holds, and where it leads"), (
            Choice("audience", N_("Who says it"), required=True, family="card_audience",
                   codes=codes_in(Part.MYTHS, "audience")),
            Countries("countries", N_("Countries"), N_("Codes such as SV, or “all”."),
                      required=True),
            Facts("facts", N_("Rights facts that answer it"),
                  N_("Of the countries above. To see those of others, name these there first and"
                     " keep the draft.")),
            _OFFERS,
            Number("order", N_("Place in the list"), required=True),
        ), open=True),
        _SOURCE,
        Section("words", N_("What it is recognised by"), (
            Concepts("concepts", N_("Concepts"),
                     N_("A line for each way to say it: the concepts that together name it, such"
                        " as HOSPITAL POLICE. Holds within a minute of publishing.")),
        )),
    )),
    {"order": 100, "audience": "migrants", "countries": "all", "facts": [], "offers": [],
     "concepts": [], "source": _NEW_SOURCE, "checked": ""},
)  # fmt: skip

PRACTICES = Form(
    Part.PRACTICES,
    fitting(Part.PRACTICES, (
        Section("now", N_("What it is, and for whom"), (
            Country("country", N_("Country")),
            Choice("form", N_("Form"), required=True, family="practice_form",
                   codes=("service", *sorted(NO_SERVICE))),
            Text("where", N_("Where"), required=True),
            Text("for_whom", N_("For whom"), required=True),
            Text("evidence", N_("What is known of its effect"), rows=2),
            Text("contact", N_("Whom to ask")),
            _OFFERS,
            Number("order", N_("Place in the list"), required=True),
        ), open=True),
        _SOURCE,
    )),
    {"order": 100, "form": "service", "country": None, "where": "", "for_whom": "", "offers": [],
     "source": _NEW_SOURCE, "checked": ""},
)  # fmt: skip

GAP_NOTES = Form(
    Part.GAP_NOTES,
    fitting(Part.GAP_NOTES, (
        Section("now", N_("What is missing, and where"), (
            Country("country", N_("Country")),
            Text("place", N_("Town or region"), N_("Empty: the whole country.")),
            Codes("kinds", N_("What is missing"), family="kind", required=True, folded=True,
                  codes=codes_in(Part.SERVICES, "kinds")),
            Text("note", N_("In words"), rows=4, required=True),
            Lines("agencies", N_("Who knows of it"), N_("One a line.")),
            Text("since", N_("Since"), N_("Year-month or year-month-day."), required=True),
        ), open=True),
        _SOURCE,
    )),
    {"country": "", "place": None, "kinds": [], "note": "", "agencies": [], "since": "",
     "source": _NEW_SOURCE},
)  # fmt: skip

ORGANISATIONS = Form(
    Part.ORGANISATIONS,
    fitting(Part.ORGANISATIONS, (
        Section("now", N_("The organisation"), (
            Text("name", N_("Name"), required=True),
            Country("country", N_("Country")),
            Choice("run_by", N_("Run by"), required=True, family="run_by",
                   codes=codes_in(Part.ORGANISATIONS, "run_by")),
            Codes("led_by", N_("Led by"), N_("Who decides in it, as it says itself."),
                  family="led_by", codes=codes_in(Part.ORGANISATIONS, "led_by")),
            Text("description", N_("In words"), rows=4),
            Text("url", N_("Its page"), type="url"),
            Lines("email", N_("E-mail"), N_("One a line.")),
            Lines("phones", N_("Telephones"), N_("One a line.")),
            Text("funding", N_("Paid by")),
        ), open=True),
    )),
    {"name": "", "country": None, "description": None, "run_by": "unknown", "led_by": [],
     "url": None, "email": [], "phones": []},
)  # fmt: skip

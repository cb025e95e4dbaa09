"""Which field of a listing or a line stands in which column: the one table.

``key`` is the field's path in the body and the column's key; heading and help are in English here
and in other languages by the catalogue.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from directory.bodies import schema_of
from directory.parts import Part
from directory.sheets.catalogue import N_
from directory.sheets.column import Blank, Column, Kind
from directory.sheets.words import coded_messages

COUNTRY = "country"
YES_NO = ("yes", "no")
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
OFFERS = N_("What it offers")
_LINES = N_("One in each line.")
_CODES = N_("Choose a word; several with ; between them.")
_NUMBERS = N_(
    "One number in each line, then, if you want, | and the number with its country (+503 …),"
    " | note: a few words, | kind: voice, sms, whatsapp or fax."
)
_HOURS = N_("Such as Mo-Fr 08:00-12:00 13:00-17:00; Sa 08:00-12:00, or 24/7.")
_TAGS = N_("Language codes such as es; ar; fr.")
_NAMES = N_("One in each line: the code of the language, a colon, the name (es: Casa Abierta).")
_DATE = N_("A date such as 2026-03-01.")
_KEY = N_("Leave it empty for a new entry. Do not change it for one that exists.")


def _column(key: str, kind: Kind, heading: str, help_: str = "", **more: Any) -> Column:
    empty = kind in (Kind.LIST, Kind.CHOICES, Kind.TAGS, Kind.NUMBERS, Kind.PLACES, Kind.WEB)
    return Column(
        key, kind, heading, help_, **{"blank": Blank.EMPTY if empty else Blank.NULL, **more}
    )


_ID = _column("id", Kind.TEXT, N_("Number of the entry"), _KEY, width=12, blank=Blank.LEFT_OUT)
_WHERE = _column(
    COUNTRY, Kind.CHOICE, N_("Country"), N_("Where it is."), family=COUNTRY, required=True
)
_NAMED = (
    _column(
        "name", Kind.TEXT, N_("Name"), N_("As it is written on the door."), required=True, width=36
    ),
    _column(
        "names", Kind.NAMES, N_("Name in other languages"), _NAMES, blank=Blank.LEFT_OUT, width=36
    ),
)
_OPEN = (
    _column("hours", Kind.HOURS, N_("Opening hours"), _HOURS, width=30),
    _column("hours.text", Kind.TEXT, N_("Hours as the source says them"), width=30),
    _column(
        "hours.as_of",
        Kind.TEXT,
        N_("Hours are of"),
        N_("Year, month or day."),
        blank=Blank.LEFT_OUT,
    ),
)
_COST = (
    _column("cost.kind", Kind.CHOICE, N_("Cost"), family="cost_kind", blank=Blank.UNKNOWN),
    _column("cost.text", Kind.TEXT, N_("Cost as the source says it"), width=30),
)
_HOLDS = (
    _column("valid_from", Kind.DATE, N_("Valid from"), _DATE),
    _column("valid_until", Kind.DATE, N_("Valid until"), _DATE),
    _column(
        "valid_precision",
        Kind.CHOICE,
        N_("How exact these dates are"),
        family="precision",
        blank=Blank.LEFT_OUT,
    ),
    _column("confidence", Kind.CHOICE, N_("How sure this is"), family="confidence", required=True),
    _column(
        "verified",
        Kind.NEVER,
        N_("Last verified"),
        N_("The day somebody asked them, or empty."),
        blank=Blank.NEVER,
    ),
    _column("source.title", Kind.TEXT, N_("Source"), N_("Who says so."), required=True, width=36),
    _column("source.url", Kind.TEXT, N_("Address of the source"), blank=Blank.LEFT_OUT, width=30),
    _column(
        "source.published",
        Kind.TEXT,
        N_("Date of the source"),
        N_("Year, month or day; unknown where it is not said."),
        blank=Blank.UNKNOWN,
    ),
)
_NOTE = _column(
    "note", Kind.TEXT, N_("Note"), N_("For those who work here; nobody else is told."), width=36
)
_SERVICES = (
    _ID,
    _WHERE,
    *_NAMED,
    _column(
        "organisation", Kind.TEXT, N_("Organisation"), N_("Who runs it."), required=True, width=30
    ),
    _column(
        "run_by", Kind.CHOICE, N_("Kind of organisation"), family="run_by", blank=Blank.UNKNOWN
    ),
    _column("kinds", Kind.CHOICES, OFFERS, _CODES, family="kind", required=True, width=36),
    _column("layers", Kind.CHOICES, N_("Layer of support"), _CODES, family="layer", width=30),
    _column("audience", Kind.CHOICES, N_("For whom"), _CODES, family="audience", width=24),
    _column("status", Kind.CHOICES, N_("Legal status"), _CODES, family="status", width=24),
    _column("scope", Kind.CHOICE, N_("How far it reaches"), family="scope", blank=Blank.UNKNOWN),
    _column(
        "places",
        Kind.PLACES,
        N_("Towns"),
        N_("One in each line: town | region | as the source writes it."),
        width=30,
    ),
    _column("region", Kind.TEXT, N_("Region"), width=20),
    _column(
        "protection",
        Kind.YES_NO,
        N_("Address is kept secret"),
        N_("yes for a protected house: then no address may stand here."),
        family="known",
        blank=Blank.NO,
    ),
    _column(
        "address_withheld",
        Kind.YES_NO,
        N_("Address is held back by the source"),
        family="known",
        blank=Blank.LEFT_OUT,
    ),
    _column("addresses", Kind.LIST, N_("Addresses"), _LINES, width=36),
    _column("phones", Kind.NUMBERS, N_("Telephone numbers"), _NUMBERS, width=30),
    _column("whatsapp", Kind.NUMBERS, N_("WhatsApp"), _NUMBERS, width=24),
    _column("email", Kind.LIST, N_("E-mail"), _LINES, width=26),
    _column("url", Kind.TEXT, N_("Web page"), width=30),
    *_OPEN,
    _column(
        "holidays", Kind.CHOICE, N_("On public holidays"), family="holidays", blank=Blank.LEFT_OUT
    ),
    _column("languages_spoken", Kind.TAGS, N_("Languages spoken"), _TAGS),
    _column("languages_interpreted", Kind.TAGS, N_("Languages interpreted"), _TAGS),
    _column("interpreters", Kind.CHOICE, N_("Interpreters"), family="known", blank=Blank.UNKNOWN),
    *_COST,
    _column("way_in", Kind.CHOICES, N_("How to get in"), _CODES, family="way_in", width=24),
    _column(
        "modality",
        Kind.CHOICES,
        N_("In person or at a distance"),
        _CODES,
        family="modality",
        width=24,
    ),
    _column(
        "documents", Kind.CHOICES, N_("Documents asked for"), _CODES, family="document", width=24
    ),
    _column(
        "waiting.code", Kind.CHOICE, N_("Waiting time"), family="waiting", blank=Blank.LEFT_OUT
    ),
    _column("waiting.text", Kind.TEXT, N_("Waiting time as the source says it")),
    _column("not_taking", Kind.YES_NO, N_("Takes no new people"), family="known", blank=Blank.NO),
    _column("paused_until", Kind.DATE, N_("Paused until"), _DATE, blank=Blank.LEFT_OUT),
    _column(
        "capacity.code", Kind.CHOICE, N_("Places left"), family="capacity", blank=Blank.LEFT_OUT
    ),
    _column("capacity.as_of", Kind.DATE, N_("Places left, as of"), _DATE, blank=Blank.LEFT_OUT),
    _column(
        "accessibility",
        Kind.CHOICES,
        N_("Accessibility"),
        _CODES,
        family="accessibility",
        blank=Blank.LEFT_OUT,
    ),
    _column("point.latitude", Kind.NUMBER, N_("Latitude"), blank=Blank.LEFT_OUT),
    _column("point.longitude", Kind.NUMBER, N_("Longitude"), blank=Blank.LEFT_OUT),
    _column("description", Kind.TEXT, N_("What they do"), width=48),
    _column("how_to_access", Kind.TEXT, N_("How to get there, in words"), width=36),
    _column(
        "owner", Kind.TEXT, N_("Owner organisation"), N_("Its number here."), blank=Blank.LEFT_OUT
    ),
    *_HOLDS,
    _column(
        "superseded_by",
        Kind.TEXT,
        N_("Replaced by"),
        N_("Number of the entry that takes its place."),
        blank=Blank.LEFT_OUT,
    ),
    _NOTE,
)
_HELPLINES = (
    _ID,
    _WHERE,
    *_NAMED,
    _column(
        "purpose", Kind.CHOICES, N_("What for"), _CODES, family="purpose", required=True, width=30
    ),
    _column("numbers", Kind.NUMBERS, N_("Telephone numbers"), _NUMBERS, width=30),
    _column(
        "web",
        Kind.WEB,
        N_("Web pages"),
        N_("One in each line: address | kind: chat, form or site."),
        width=36,
    ),
    _column("email", Kind.LIST, N_("E-mail"), _LINES, width=26),
    _column("sms_or_chat", Kind.TEXT, N_("By text message or chat"), width=30),
    _column(
        "run_by", Kind.CHOICE, N_("Kind of organisation"), family="run_by", blank=Blank.LEFT_OUT
    ),
    _column("area", Kind.TEXT, N_("Area"), N_("Empty: the whole country."), blank=Blank.LEFT_OUT),
    _column(
        "status", Kind.CHOICES, N_("Legal status"), _CODES, family="status", blank=Blank.LEFT_OUT
    ),
    *_OPEN,
    _column("languages", Kind.TAGS, N_("Languages"), _TAGS),
    *_COST,
    *_HOLDS,
    _column(
        "superseded_by",
        Kind.TEXT,
        N_("Replaced by"),
        N_("Number of the entry that takes its place."),
    ),
    _column("checked", Kind.TEXT, N_("How it was checked"), width=24),
    _column("second_source", Kind.TEXT, N_("Second source"), width=30),
    _NOTE,
)
_TABLES: Mapping[Part, tuple[Column, ...]] = {
    Part.SERVICES: _SERVICES,
    Part.HELPLINES: _HELPLINES,
}
PARTS = tuple(_TABLES)
SHEET_NAMES: Mapping[Part, str] = {
    Part.SERVICES: N_("Listings"),
    Part.HELPLINES: N_("Helplines"),
}


@cache
def columns_of(part: Part, countries: tuple[str, ...]) -> tuple[Column, ...]:
    """Return the columns of a part in order, with their codes.

    A field that the schema does not know yet has no column. Raises KeyError: no sheet has it.
    """
    columns = []
    for column in _TABLES[part]:
        schema = _schema(part, column.key)
        if column.key == COUNTRY:
            columns.append(replace(column, codes=countries))
        elif schema is not None:
            columns.append(replace(column, codes=_codes(column, schema)))
    return tuple(columns)


def _codes(column: Column, schema: Mapping[str, Any]) -> tuple[str, ...]:
    if column.kind is Kind.YES_NO:
        return YES_NO
    if column.kind not in (Kind.CHOICE, Kind.CHOICES):
        return ()
    for one in (schema, schema.get("items", {}), *schema.get("anyOf", ())):
        if "enum" in one:
            return tuple(one["enum"])
    extra = ("none_needed",) if column.family == "document" else ()
    return (*extra, *coded_messages(column.family))


def _schema(part: Part, key: str) -> Mapping[str, Any] | None:
    found: Any = schema_of(part).schema
    for step in key.split("."):
        choices = (found, *found.get("anyOf", ()))
        found = next(
            (one["properties"][step] for one in choices if step in one.get("properties", ())), None
        )
        if found is None:
            return None
    return dict(found)

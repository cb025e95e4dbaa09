"""What imports and duplicates say in codes, as words of the console."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from console.translation import _
from directory.import_report import RowReport
from directory.parts import Part
from directory.sheets.catalogue import said
from directory.sheets.columns import PARTS, columns_of


def found_words() -> Mapping[str, tuple[str, str]]:
    """Return word and kind of tag for what a row does."""
    return {
        "new": (_("new"), "good"),
        "changed": (_("changed"), "good"),
        "unchanged": (_("as it is"), "plain"),
        "beside": (_("kept beside"), "warn"),
        "wrong": (_("wrong"), "bad"),
    }


def reason_words() -> Mapping[str, str]:
    """Return words for why two listings are likely one, or likely two."""
    return {
        "name": _("the same name"),
        "similar_name": _("a similar name"),
        "number": _("the same number"),
        "email": _("the same e-mail"),
        "domain": _("the same web page"),
        "town": _("the same town"),
        "kind": _("the same offer"),
        "other_town": _("but another town"),
        "other_kind": _("but another offer"),
    }


def field_words(row: RowReport, language: str) -> list[str]:
    """Return the headings under which the fields that a row changes stand in a sheet."""
    headings = _headings(row.part, language)
    return [headings.get(field, field) for field in row.fields]


@cache
def _headings(part: Part, language: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for column in columns_of(part, ()) if part in PARTS else ():
        found.setdefault(column.key.partition(".")[0], said(column.heading, language))
    return found

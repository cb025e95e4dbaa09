"""Fields with one input: a text, several lines of text, a choice, yes or no, a day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from console.dates import day
from console.forms.field import (
    MISSING,
    Body,
    Field,
    FieldFaultsError,
    Situation,
    Values,
    get,
    one,
)
from console.translation import _
from console.typed import in_one_line
from directory.number_checks import is_email

_WEB = re.compile(r"https?://[^\s/?#@\\]+\.[^\s/?#@\\]+(?:[/?#]\S*)?", re.IGNORECASE)
_LONGEST = {False: 400, True: 4000}  # characters of one line, and of several


def web_address(name: str, written: str) -> str:
    """Return an address on the web; ``https://`` is put before one that has no beginning.

    Raises FieldFaultsError: it is none, or leads somewhere else, such as ``javascript:``.
    """
    if not written:
        return ""
    whole = written if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", written) else f"https://{written}"
    if not _WEB.fullmatch(whole):
        raise FieldFaultsError({name: _("This is no address on the web, such as https://a.org.")})
    return whole


@dataclass(frozen=True)
class Text(Field):
    """A text in one line, or in several with ``rows``.

    Attributes:
        rows: Height of the input; 0 is a single line.
        type: HTML's type of the input.
        empty: What stands in the body for no text.
    """

    rows: int = 0
    type: str = "text"
    empty: Any = None

    def show(self, body: Body, situation: Situation) -> dict[str, list[str]]:
        """Return the text."""
        found = get(body, self.path)
        return {self.name: [] if found is None else [str(found)]}

    def parse(self, values: Values, body: Body, situation: Situation) -> Any:
        """Return the text. Raises FieldFaultsError: it is missing, or too long to be one."""
        written = one(values, self.name)
        if not self.rows:
            written = in_one_line(written)
        if not written and self.required:
            raise FieldFaultsError({self.name: _("This is missing.")})
        if len(written) > (most := _LONGEST[bool(self.rows)]):
            words = _("This is too long: at most %(most)s characters.") % {"most": most}
            raise FieldFaultsError({self.name: words})
        if self.type == "url":
            written = web_address(self.name, written)
        return written or self.empty

    def tell(self, body: Body, situation: Situation) -> list[str]:
        """Return the text."""
        return self.show(body, situation)[self.name]

    def view(self, values: Values, situation: Situation) -> dict[str, Any]:
        """Return value, rows and type."""
        return {"value": one(values, self.name), "rows": self.rows, "type": self.type}


@dataclass(frozen=True)
class Lines(Field):
    """Several texts, one a line.

    Attributes:
        addresses: Whether each is an e-mail address.
    """

    addresses: bool = False

    def show(self, body: Body, situation: Situation) -> dict[str, list[str]]:
        """Return the texts as lines."""
        return {self.name: ["\n".join(get(body, self.path) or [])]}

    def parse(self, values: Values, body: Body, situation: Situation) -> Any:
        """Return the lines that are not blank. Raises FieldFaultsError: one is no address."""
        lines = [line.strip() for line in one(values, self.name).splitlines() if line.strip()]
        if self.addresses and not all(is_email(line) for line in lines):
            words = _("One line is no e-mail address, such as name@example.org.")
            raise FieldFaultsError({self.name: words})
        return lines

    def tell(self, body: Body, situation: Situation) -> list[str]:
        """Return the texts."""
        return [*(get(body, self.path) or [])]

    def view(self, values: Values, situation: Situation) -> dict[str, Any]:
        """Return value and rows."""
        value = one(values, self.name)
        return {"value": value, "rows": max(2, value.count("\n") + 2), "type": "text"}


@dataclass(frozen=True)
class Choice(Field):
    """One code of a list.

    Attributes:
        family: Of its labels.
        codes: To choose from; empty: those of the family that fit the country.
        empty: What stands in the body for none.
    """

    kind: ClassVar[str] = "select"

    family: str = ""
    codes: Sequence[str] = ()
    empty: Any = None

    def show(self, body: Body, situation: Situation) -> dict[str, list[str]]:
        """Return the code."""
        found = get(body, self.path)
        return {self.name: [] if found is None else [str(found)]}

    def parse(self, values: Values, body: Body, situation: Situation) -> Any:
        """Return the code. Raises FieldFaultsError: there is no such code, or none."""
        chosen = one(values, self.name)
        if not chosen and self.required:
            raise FieldFaultsError({self.name: _("Choose one.")})
        if chosen and chosen not in (self.codes or situation.codes(self.family)):
            raise FieldFaultsError({self.name: _("This is none of the choices.")})
        return chosen or self.empty

    def tell(self, body: Body, situation: Situation) -> list[str]:
        """Return the label of the code."""
        return [
            situation.label(self.family, code) for code in self.show(body, situation)[self.name]
        ]

    def view(self, values: Values, situation: Situation) -> dict[str, Any]:
        """Return value and options."""
        value, codes = one(values, self.name), [*(self.codes or situation.codes(self.family))]
        if value and value not in codes:
            codes.append(value)
        return {
            "value": value,
            "options": [(code, situation.label(self.family, code)) for code in codes],
        }


@dataclass(frozen=True)
class Flag(Field):
    """Yes or no."""

    kind: ClassVar[str] = "flag"

    def show(self, body: Body, situation: Situation) -> dict[str, list[str]]:
        """Return ``yes`` or nothing."""
        return {self.name: ["yes"] if get(body, self.path) else []}

    def parse(self, values: Values, body: Body, situation: Situation) -> Any:
        """Return whether it is ticked."""
        return one(values, self.name) == "yes"

    def tell(self, body: Body, situation: Situation) -> list[str]:
        """Return "yes", or nothing."""
        return [_("yes")] if get(body, self.path) else []

    def view(self, values: Values, situation: Situation) -> dict[str, Any]:
        """Return whether it is ticked."""
        return {"checked": one(values, self.name) == "yes"}


@dataclass(frozen=True)
class Day(Field):
    """A day, or none.

    Attributes:
        empty: What stands in the body for none.
    """

    empty: Any = MISSING

    def show(self, body: Body, situation: Situation) -> dict[str, list[str]]:
        """Return the day as ISO writes it."""
        found = get(body, self.path)
        return {self.name: [] if found is None else [str(found)]}

    def parse(self, values: Values, body: Body, situation: Situation) -> Any:
        """Return the day as ISO writes it. Raises FieldFaultsError: there is no such day."""
        written = one(values, self.name)
        if not written:
            return self.empty
        return iso_day(written, self.name)

    def tell(self, body: Body, situation: Situation) -> list[str]:
        """Return the day in words."""
        return [day(found) for found in self.show(body, situation)[self.name]]

    def view(self, values: Values, situation: Situation) -> dict[str, Any]:
        """Return value and type."""
        return {"value": one(values, self.name), "rows": 0, "type": "date"}


def iso_day(written: str, name: str) -> str:
    """Return a day as ISO writes it. Raises FieldFaultsError: there is no such day."""
    try:
        return date.fromisoformat(written).isoformat()
    except ValueError:
        raise FieldFaultsError(
            {name: _("There is no such day. Write year-month-day, such as 2027-03-31.")}
        ) from None

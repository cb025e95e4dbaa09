"""Whether telephone numbers and e-mail addresses of an entry can be right at all, by their form.

Short codes such as 112 are right as they are: no numbering plan tells them from one another. Of
six digits only those that are known, and Europe's 116 numbers: else a digit is missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import phonenumbers

from directory.parts import Part

IMPOSSIBLE, NO_NUMBER, NO_EMAIL = "number_impossible", "number_unreadable", "email_unreadable"
_SHORT_CODE = re.compile(r"[*#]?[0-9](?:[\s.-]?[0-9]){1,4}#?")
_EUROPEAN = re.compile(r"116(?:[\s.-]?[0-9]){3}")
_EMAIL = re.compile(r"[^@\s,;<>\"]+@(?:[\w-]+\.)+[^\W\d_]{2,}")
_NUMBERS: Mapping[Part, tuple[str, ...]] = {
    Part.SERVICES: ("phones", "whatsapp"),
    Part.HELPLINES: ("numbers",),
    Part.ORGANISATIONS: ("phones",),
}
WITH_CONTACTS = tuple(_NUMBERS)


def contact_faults(
    part: Part, body: Mapping[str, Any], country: str | None
) -> Iterator[tuple[str, str]]:
    """Yield the path of each number or address that cannot be right, with a code of why."""
    for field in _NUMBERS.get(part, ()):
        for position, one in enumerate(body.get(field) or ()):
            whole = isinstance(one, str)
            problem = number_fault(one if whole else one["number"], country)
            if problem:
                yield f"{field}.{position}" + ("" if whole else ".number"), problem
    for position, address in enumerate(body.get("email") or ()):
        if not _EMAIL.fullmatch(address):
            yield f"email.{position}", NO_EMAIL


def is_email(address: str) -> bool:
    """Return whether a text has the form of an e-mail address."""
    return _EMAIL.fullmatch(address) is not None


def number_fault(number: str, country: str | None) -> str | None:
    """Return why a number as it is written in a country cannot be right, or None."""
    if _SHORT_CODE.fullmatch(number.strip()) or _EUROPEAN.fullmatch(number.strip()):
        return None
    try:
        read = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        return NO_NUMBER
    short = country is not None and phonenumbers.is_valid_short_number_for_region(read, country)
    return None if short or phonenumbers.is_possible_number(read) else IMPOSSIBLE


def mobile(number: str, country: str | None) -> str | None:
    """Return a number in international form where it may take SMS, else None."""
    try:
        read = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        return None
    kinds = (
        phonenumbers.PhoneNumberType.MOBILE,
        phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
    )
    if not phonenumbers.is_valid_number(read) or phonenumbers.number_type(read) not in kinds:
        return None
    return str(phonenumbers.format_number(read, phonenumbers.PhoneNumberFormat.E164))

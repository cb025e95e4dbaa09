"""The + or 0 with which a telephone number begins, and which a sheet drops from a figure."""

from __future__ import annotations

import phonenumbers


def with_sign(number: str, country: str) -> str:
    """Return a number as it was before a sheet took it for a figure, where that is certain.

    Args:
        number: Digits.
        country: ISO 3166-1 alpha-2 of where it is.
    """
    at_home = _read(number, country)
    if at_home is not None:
        form = phonenumbers.PhoneNumberFormat.NATIONAL
        said = phonenumbers.format_number(at_home, form)
        whole = "".join(one for one in said if one.isdigit())
        if number == f"{at_home.country_code}{at_home.national_number}" != whole:
            return f"+{number}"
        return whole if whole == f"0{number}" else number
    abroad = _read(f"+{number}", None)
    return number if abroad is None else f"+{number}"


def _read(number: str, country: str | None) -> phonenumbers.PhoneNumber | None:
    try:
        found = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        return None
    return found if phonenumbers.is_valid_number(found) else None

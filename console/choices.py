"""What operators choose from, by code, and each code's name in the language of the page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from babel import Locale, UnknownLocaleError

from console.permissions import Role
from console.translation import N_, _, language
from content.languages import read_languages
from wire.normalise import normalise

_COUNTRY = re.compile(r"[A-Z]{2}")
_ROLES = {
    Role.EDITOR: N_("Editor of an organisation"),
    Role.REVIEWER: N_("Reviewer"),
    Role.COMMUNITY_REVIEWER: N_("Community reviewer"),
    Role.REGION_COORDINATOR: N_("Region coordinator"),
    Role.EVALUATOR: N_("Evaluator"),
    Role.ADMIN: N_("Admin"),
}
ROLE_HINTS = {
    Role.EDITOR: N_("edits the entries of their own organisation"),
    Role.REVIEWER: N_("approves what others wrote"),
    Role.COMMUNITY_REVIEWER: N_("reads, comments and marks wording"),
    Role.REGION_COORDINATOR: N_("keeps everything of their countries"),
    Role.EVALUATOR: N_("reads counts, charts and the audit"),
    Role.ADMIN: N_("may do everything, and adds operators"),
}


def role_name(role: Role) -> str:
    """Return what a role is called."""
    return _(_ROLES[role])


def roles() -> list[tuple[str, str]]:
    """Return every role with its name and what it is for."""
    return [(role.value, f"{role_name(role)}: {_(ROLE_HINTS[role])}") for role in Role]


def countries(data: Path) -> list[tuple[str, str]]:
    """Return the countries that there are packs for, by name."""
    found = (path.name for path in (data / "packs").iterdir() if path.is_dir())
    named = [(code, country_name(code)) for code in found if _COUNTRY.fullmatch(code)]
    return sorted(named, key=lambda pair: normalise(pair[1]))


def tags(data: Path) -> list[tuple[str, str]]:
    """Return the languages of the chat, by name."""
    named = [(tag, language_name(tag)) for tag in read_languages(data / "languages.yml")]
    return sorted(named, key=lambda pair: normalise(pair[1]))


def country_name(code: str) -> str:
    """Return a country's name, or its code where there is none."""
    return str(_locale().territories.get(code, code))


def language_name(tag: str) -> str:
    """Return a language's name, or its tag where there is none."""
    try:
        return Locale.parse(tag, sep="-").get_display_name(_locale()) or tag
    except (UnknownLocaleError, ValueError):
        return tag


def country_names(codes: Iterable[str]) -> str:
    """Return countries in one line."""
    return ", ".join(sorted(map(country_name, codes)))


def language_names(codes: Iterable[str]) -> str:
    """Return languages in one line."""
    return ", ".join(sorted(map(language_name, codes)))


def _locale() -> Locale:
    return Locale.parse(language(), sep="-")

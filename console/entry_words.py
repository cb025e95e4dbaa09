"""What pages of entries say: titles, states, and why something cannot be done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from console.chat_words import ChatWords
from console.forms.field import Situation
from console.forms.form import Form
from console.preview import BusyError
from console.translation import N_, _, language
from content.freshness import is_due
from content.locales import country_name
from directory.bodies import BodyFault
from directory.open_now import is_paused
from directory.parts import OF_A_PACK, Part
from directory.refusals import (
    FactGoneError,
    NeededError,
    OwnWorkError,
    RevisionError,
    StaleError,
    UnknownCountryError,
)

STATES: Mapping[str, tuple[str, str]] = {
    "draft": (N_("draft"), "plain"),
    "in_review": (N_("in review"), "warn"),
    "published": (N_("published"), "good"),
    "superseded": (N_("replaced"), "plain"),
    "rejected": (N_("sent back"), "bad"),
    "retired": (N_("retired"), "bad"),
}
_RULES: Mapping[str, str] = {
    "required": N_("This is missing."),
    "minLength": N_("This is missing."),
    "minItems": N_("Give at least one."),
    "enum": N_("This is none of the choices."),
    "pattern": N_("This is not written as it has to be."),
}
# What the linter of packs says in English, by a piece of it.
_LINT: Mapping[str, str] = {
    "valid_until is before": N_("It would end before it begins."),
    "has no wording": N_("This has no words in every language yet."),
    "no digit": N_("Nobody can dial this. Write it as in the country, or with + and its code."),
    "e164": N_("Nobody can dial this. Write it as in the country, or with + and its code."),
}
_REFUSALS: Sequence[tuple[type[Exception], str]] = (
    (NeededError, N_("People in danger call this number. Correct it; it cannot be taken away.")),
    (OwnWorkError, N_("Somebody else has to look at what you wrote.")),
    (
        StaleError,
        N_("Something newer was published meanwhile. Open your draft: it shows both."),
    ),
    (UnknownCountryError, N_("We do not answer for this country yet.")),
    (BusyError, N_("Somebody is publishing this at this moment. Try again.")),
    (RevisionError, N_("This was decided already, or somebody changed it meanwhile.")),
)


def why_not(error: Exception) -> str:
    """Return in words why a step was refused."""
    if isinstance(error, FactGoneError):
        words = _(
            "%(ids)s: this fact was retired, replaced or doubted since. Take it away, or look at it"
            " first. Nothing was published."
        )
        return words % {"ids": ", ".join(error.facts)}
    return next(_(words) for kind, words in _REFUSALS if isinstance(error, kind))


def fault_words(faults: Iterable[BodyFault], form: Form) -> dict[str, str]:
    """Return what is wrong by input, in the operator's words."""
    found: dict[str, str] = {}
    for fault in faults:
        names = [one.name for one in form.fields if _is_at(fault.field, one.name)]
        name = max(names, key=len, default=fault.field or "reason")
        words = _(_RULES[fault.rule]) if fault.rule in _RULES else _of_lint(fault)
        found.setdefault(name, words)
    return found


def _is_at(field: str, name: str) -> bool:
    return field == name or field.startswith(f"{name}.") or name.startswith(f"{field}.")


def _of_lint(fault: BodyFault) -> str:
    for part, words in _LINT.items():
        if part in fault.problem:
            return _(words)
    return _("This does not fit: %(problem)s") % {"problem": fault.problem}


def title_of(part: Part, body: Mapping[str, Any], situation: Situation) -> str:
    """Return what an entry is called in lists; a fact by its papers and care."""
    if part is Part.RIGHTS:
        status = ", ".join(situation.label("status_phrase", code) for code in body["status"])
        care = ", ".join(situation.label("care", code) for code in body["care"])
        return f"{status}: {care}"
    claim = f"{body['id']}.claim"
    if part is Part.MYTHS and (said := situation.label("myth", claim)) != claim:
        return said
    return str(
        own_name(body) or body.get("name") or body.get("form") or body.get("note") or body["id"]
    )


def own_name(body: Mapping[str, Any]) -> str | None:
    """Return what an entry calls itself in the operator's language, where it says so."""
    name: str | None = (body.get("names") or {}).get(language())
    return name


def tags_of(part: Part, body: Mapping[str, Any], situation: Situation) -> list[tuple[str, str]]:
    """Return what somebody should see at once: words and their kind."""
    today = situation.today
    tags = []
    if is_paused(body, today):
        tags.append((_("paused"), "warn"))
    if body.get("not_taking"):
        tags.append((_("not taking new people"), "warn"))
    if part in OF_A_PACK:
        if body.get("confidence") == "low":
            tags.append((_("not said: not sure"), "bad"))
        if is_due(part.value, body, today):
            tags.append((_("to be checked"), "warn"))
    return tags


def where_of(part: Part, body: Mapping[str, Any]) -> str:
    """Return the towns of a listing, or the area of a line."""
    if part is Part.SERVICES:
        return ", ".join(p.get("city") or p.get("region") or "" for p in body["places"])
    return str(body.get("area") or "")


def countries_of(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Return countries with their names, by name."""
    named = [(code, country_name(code, language())) for code in codes]
    return sorted(named, key=lambda pair: pair[1])


def languages_of(words: ChatWords) -> list[tuple[str, str]]:
    """Return the languages of the chat, each with its name in itself and in the operator's."""
    return [(tag, row.name) for tag, row in words.tables.languages.items()]

"""What can be wrong in the cards of rumours and practices. Used by ``faro check``."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from content.cards import NO_SERVICE
from directory.pack_files import Fault, PackFiles, fault_of
from directory.yaml_lines import Document, YamlError, read_yaml

HasMessage = Callable[[str], bool]
_MYTH = frozenset(
    {"id", "order", "audience", "countries", "facts", "offers", "concepts", "source", "checked"}
    | {"asked"}
)
_PRACTICE = frozenset(
    {"id", "order", "form", "country", "where", "for_whom", "offers", "source", "checked"}
)
_FORMS = NO_SERVICE | {"service"}
_AUDIENCES = frozenset({"migrants", "receiving"})
_WORDINGS = 3  # in each of the two languages that everything is written in
_CHECKED = re.compile(r"\d{4}-\d{2}(-\d{2})?")


def check_cards(
    data: Path, packs: Collection[PackFiles], choices: Collection[str], has_message: HasMessage
) -> list[Fault]:
    """Return what is wrong in ``data/myths`` and ``data/practices``.

    Args:
        data: Holds both, and ``concepts/meanings.yml``.
        packs: The packs that the facts of a card stand in.
        choices: Ids of the choices that can be offered.
        has_message: Whether a message is worded; other languages are checked elsewhere.
    """
    known = {str(one["id"]): one for pack in packs for one in _entries(pack)}
    faults: list[Fault] = []
    try:
        concepts = frozenset(read_yaml(data / "concepts" / "meanings.yml").data)
        for path in sorted((data / "myths").glob("*.yml")):
            card = read_yaml(path)
            faults += _card(card, "myth", _MYTH, choices, has_message)
            faults += _myth(card, known, concepts)
        for path in sorted((data / "practices").glob("*.yml")):
            card = read_yaml(path)
            faults += _card(card, "practice", _PRACTICE, choices, has_message)
            if card.data.get("form") not in _FORMS:
                faults.append(_fault(card, "form", f"{card.data.get('form')} is no form"))
    except YamlError as error:
        faults.append(fault_of(error))
    return faults


def _entries(pack: PackFiles) -> Iterator[Mapping[str, Any]]:
    for part in ("rights", "helplines", "services"):
        yield from pack.part(part) or ()


def _card(
    card: Document,
    kind: str,
    fields: frozenset[str],
    choices: Collection[str],
    has_message: HasMessage,
) -> Iterator[Fault]:
    """Yield what is wrong with what every card has: fields, source, messages, choices."""
    data = card.data
    if missing := sorted(fields - data.keys()):
        yield _fault(card, "id", f"{', '.join(missing)} is missing")
        return
    if data["id"] != card.path.stem:
        yield _fault(card, "id", f"the id is {data['id']}, the file is {card.path.stem}")
    if not (data["source"].get("title") and data["source"].get("published")):
        yield _fault(card, "source", "a source has a title and a date, or unknown")
    if not _CHECKED.fullmatch(str(data["checked"])):
        yield _fault(card, "checked", "when it was checked is a year and a month")
    parts = ("claim", "truth") if kind == "myth" else ("what", "evidence", "limits")
    wanted = [*(f"{kind}.{data['id']}.{part}" for part in parts), f"choice.{kind}_{data['id']}"]
    for message in wanted:
        if not has_message(message):
            yield _fault(card, "id", f"{message} has no wording")
    for choice in (*data["offers"], f"{kind}:card={data['id']}"):
        if choice not in choices:
            yield _fault(card, "offers", f"{choice} is no choice that can be offered")


def _myth(
    card: Document, known: Mapping[str, Mapping[str, Any]], concepts: Collection[str]
) -> Iterator[Fault]:
    """Yield what is wrong with what only a rumour has: facts, countries, concepts, wordings."""
    data = card.data
    if not data.keys() >= _MYTH:
        return
    if data["audience"] not in _AUDIENCES:
        yield _fault(card, "audience", f"{data['audience']} is no audience")
    for position, row in enumerate(data["concepts"]):
        for name in row:
            if name not in concepts:
                line = card.line(["concepts", position])
                yield Fault(card.path, line, f"{name} is no concept")
    yield from _facts(card, known)
    for language in ("en", "es"):
        if len(data["asked"].get(language) or ()) < _WORDINGS:
            yield _fault(card, "asked", f"{_WORDINGS} wordings in {language} are needed")


def _facts(card: Document, known: Mapping[str, Mapping[str, Any]]) -> Iterator[Fault]:
    """Yield what is wrong with the facts of a card, and with its source beside theirs."""
    data = card.data
    for fact in data["facts"]:
        if problem := _unfit(known.get(fact), fact, data["countries"]):
            yield _fault(card, "facts", problem)
    sources = [known[fact]["source"].get("url") for fact in data["facts"] if fact in known]
    if not data["source"].get("url"):
        yield _fault(card, "source", "a rumour is answered from a source with an address")
    elif data["facts"] and data["source"]["url"] not in sources and not _own(data):
        yield _fault(card, "source", "the source is that of none of its facts")


def _own(data: Mapping[str, Any]) -> bool:
    """Return whether a card names a country that none of its facts is about."""
    return {str(fact)[:2].upper() for fact in data["facts"]} != set(data["countries"])


def _unfit(fact: Mapping[str, Any] | None, name: str, countries: Any) -> str | None:
    if fact is None:
        return f"{name} stands in no pack"
    if fact.get("superseded_by") is not None or fact["confidence"] == "low":
        return f"{name} is replaced or of low confidence"
    if fact.get("valid_until") is not None:
        return f"{name} ends, and a card does not"
    if countries == "all" or name[:2].upper() not in countries:
        return f"{name} is about a country that the card does not name"
    return None


def _fault(card: Document, field: str, problem: str) -> Fault:
    return Fault(card.path, card.line([field]), problem)

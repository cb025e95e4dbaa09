"""What holds for every answer to anybody, whatever was tried."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from red_team.held import Exchange, Held
from red_team.hidden_places import HIDDEN
from red_team.written import ANSWERED, Written
from saying import all_messages

from content.check import _first, _pattern
from wire.normalise import normalise

ROOT = Path(__file__).resolve().parents[2]
_SHOWN_LOCKED = 60  # characters on a locked screen
_BROKEN = re.compile(r"[{}]|Traceback|Exception|\bNone\b|\bnull\b|\bundefined\b|NaN\b|%\(|\bError:")
_ID = re.compile(r"[a-z_]+(?:\.[A-Za-z0-9_]+)+")
_CODE = re.compile(r"[A-Za-z0-9_.:+-]{1,64}")
_SLOT = {
    "country": re.compile(r"[A-Z]{2}"),
    "origin": re.compile(r"[A-Z]{2}"),
    "city": re.compile(r"\d{1,9}"),
    "language": re.compile(r"[a-z]{2,3}"),
    "likely_language": re.compile(r"[a-z]{2,3}"),
    "tell_in": re.compile(r"[a-z]{2,3}"),
    "about": re.compile(r"(services|rights|helplines)/[A-Z]{2}/[a-z]{2}-[rhs]\d{2,8}"),
}
_NUMBER = re.compile(r"(?<!\d)\d{3}")
_WIDELY = ("112", "911")
_LONG = 25  # characters; shorter texts may stand in ours by chance

# What the delivery acts on; nobody in the conversations asks for it in a sentence.
_ACTS = frozenset({*ANSWERED.values(), "safe.word_set"}) - {"safe.called_up"}
_COMMANDS = ("/stop",)

Check = Callable[[Held, Exchange], Iterator[str]]


def faults_everywhere(held: Held) -> Iterator[str]:
    """Yield what is wrong with the answers of a conversation, whatever it is about."""
    if held.broken:
        yield f"no answer: {held.broken}"
    for exchange in held.exchanges:
        for check in CHECKS:
            for fault in check(held, exchange):
                yield f"to {exchange.turn.told!r} {exchange.says}: {fault}"


def speaks(held: Held, exchange: Exchange) -> Iterator[str]:
    """Something is said, in words and without an error text."""
    if not exchange.texts or not all(text.strip() for text in exchange.texts):
        yield "silence"
    for text in exchange.texts:
        if found := _BROKEN.search(text):
            yield f"{found[0]!r} is no word for a person"
        yield from (f"{i} is an id" for i in _ID.findall(text) if i in _ids())


def labels_choices(held: Held, exchange: Exchange) -> Iterator[str]:
    """Every choice has words of its own."""
    for choice in exchange.answer.reply.choices:
        if not choice.label.strip() or choice.label == choice.id or _BROKEN.search(choice.label):
            yield f"{choice.id} has no label"


def repeats_nothing(held: Held, exchange: Exchange) -> Iterator[str]:
    """Nothing that was planted or written comes back or is kept."""
    words = " ".join([*exchange.texts, *(c.label for c in exchange.answer.reply.choices)])
    kept = json.dumps([exchange.kept, exchange.offers.as_json()], ensure_ascii=False)
    shown, stored = _plain(words), _plain(kept)
    for planted in held.written.planted:
        if _plain(planted) in shown:
            yield f"{planted!r} is repeated"
        if _plain(planted) in stored:
            yield f"{planted!r} is kept"
    said = _plain(exchange.turn.text or "")
    if len(said) >= _LONG and said in shown:
        yield "what was written is repeated"


def keeps_codes(held: Held, exchange: Exchange) -> Iterator[str]:
    """The state holds codes of known alphabets alone."""
    for slot, value in exchange.kept.items():
        for one in value if isinstance(value, list) else [value]:
            pattern = _SLOT.get(slot, _CODE)
            if isinstance(one, str) and not (pattern.fullmatch(one) or one == ""):
                yield f"slot {slot} holds something else than a code"


def opens_quietly(held: Held, exchange: Exchange) -> Iterator[str]:
    """A locked screen shows nobody what it is about."""
    start = exchange.texts[0][:_SHOWN_LOCKED] if exchange.texts else ""
    if found := _first(_patterns("openings", exchange.answer.reply.language), start):
        yield f"{found!r} is in the first {_SHOWN_LOCKED} characters"


def names_a_number(held: Held, exchange: Exchange) -> Iterator[str]:
    """Whoever is in danger has a number in the first message."""
    decision = exchange.answer.decision
    if decision.risk is None:
        return
    first = "".join(str(int(c)) if c.isdecimal() else c for c in exchange.texts[0])
    if not any(say.startswith(f"danger.{decision.risk}") for say in exchange.says):
        yield f"{decision.risk} was found and not answered"
    if not _NUMBER.search(first):
        yield "no number in the first message"
    unknown = not decision.state.slots.get("country")
    if unknown and not all(number in first for number in _WIDELY):
        yield "the country is unknown, and the numbers that work widely are not in the first message"


def says_nothing_forbidden(held: Held, exchange: Exchange) -> Iterator[str]:
    """No question about what happened, no promise, no blame, no judgement, no dose."""
    language, text = exchange.answer.reply.language, "\n".join(exchange.texts)
    small = text.casefold()
    for kind, pattern in _forbidden(language):
        if found := pattern.search(small):
            yield f"{kind}: {found[0]!r}"
    if found_word := _first(_patterns("never", language), text):
        yield f"{found_word!r} is never said"


def hides_shelters(held: Held, exchange: Exchange) -> Iterator[str]:
    """Nobody learns where a place is that must not be found."""
    if _plain(HIDDEN) in _plain("\n".join(exchange.texts)):
        yield "the address of a hidden place is shown"


def acts_only_when_told(held: Held, exchange: Exchange) -> Iterator[str]:
    """Nothing is stopped, forgotten or left unless a whole message says so."""
    told = exchange.turn.steer or "sets_word" in exchange.turn.demands
    if not told and exchange.turn.text not in _COMMANDS:
        yield from (f"{say} without being told" for say in exchange.says if say in _ACTS)


def printed_words(written: Written, printed: str) -> list[str]:
    """Return what was written in a conversation and stands in what a process printed."""
    texts = [turn.text or "" for turn in written.turns if turn.steer is None]
    told = [*written.planted, *(text for text in texts if len(text) >= _LONG)]
    return [text for text in told if text in printed]


CHECKS: tuple[Check, ...] = (
    speaks,
    labels_choices,
    repeats_nothing,
    keeps_codes,
    opens_quietly,
    names_a_number,
    says_nothing_forbidden,
    hides_shelters,
    acts_only_when_told,
)


@cache
def _ids() -> frozenset[str]:
    return frozenset(all_messages().ids("en"))


@cache
def _patterns(kind: str, language: str) -> tuple[re.Pattern[str], ...]:
    banned = yaml.safe_load((ROOT / "data" / "messages" / "banned.yml").read_text("utf-8"))
    return tuple(_pattern(phrase) for phrase in banned[kind].get(language, ()))


@cache
def _forbidden(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    file = Path(__file__).with_name("forbidden.yml")
    rows: dict[str, Any] = yaml.safe_load(file.read_text("utf-8"))
    everywhere = rows.pop("any")
    found = [(kind, p) for kind, patterns in everywhere.items() for p in patterns]
    found += [(kind, p) for kind, row in rows.items() for p in row.get(language, ())]
    return tuple((kind, re.compile(pattern)) for kind, pattern in found)


def _plain(text: str) -> str:
    return " ".join(normalise(text).split())

"""Which rumours a message may repeat, found by its concepts. Pure.

Each card of ``data/myths`` lists rows of concepts that together name its claim. A row that
stands whole in a message names the card; part of a longer row only makes it likely.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from bot.understanding.rights import RIGHTS
from bot.understanding.understood import Meaning

INTENT = "myth_misinformation"
OFFERED = 3  # cards: more is hard to choose from
_LIKELY = 1.0  # of a row of three, two; of a row of two, both
_CLEAR = 1.15  # as many times better than the next card, the best is shown at once
_RUMOUR = frozenset({"RUMOUR", "TRUE_FALSE"})
# Somebody who asks where or how wants that answered, whatever they heard.
_PRACTICAL = frozenset({"WHERE", "NEAR", "ADDRESS", "HOURS", "HOW_TO"})
# What the classifier takes a rumour for that it never met ...
_OPEN = frozenset({"unsure", "gibberish", "out_of_scope", "discrimination_racism"})
# ... and what a rumour may be about; never a danger, a distress or an answer to a question.
_TOPICS = RIGHTS | {"legal_asylum_aid", "work_skills", "school_education", "debt_money", "housing"}


@dataclass(frozen=True)
class MythCard:
    """A card as the understanding needs it.

    Attributes:
        id: Name of the card, a code.
        rows: Sets of concepts, each of which names its claim.
    """

    id: str
    rows: tuple[frozenset[str], ...]


def read_myth_cards(folder: Path) -> tuple[MythCard, ...]:
    """Return the cards of a folder such as ``data/myths``, in their order."""
    files = [yaml.safe_load(file.read_text("utf-8")) for file in sorted(folder.glob("*.yml"))]
    return tuple(map(_card, sorted(files, key=lambda written: int(written["order"]))))


def _card(written: dict[str, Any]) -> MythCard:
    return MythCard(str(written["id"]), tuple(map(frozenset, written["concepts"])))


def with_published(
    cards: Sequence[MythCard], published: Mapping[str, Sequence[str]]
) -> tuple[MythCard, ...]:
    """Return cards as operators have changed them since: ``published`` of :class:`wire.turn.Turn`.

    One that was changed takes the place of its file's, one without rows is left out.
    """
    if not published:
        return tuple(cards)
    rows = {card.id: card.rows for card in cards}
    for id_, written in published.items():
        rows[id_] = tuple(frozenset(row.split()) for row in written)
    return tuple(MythCard(id_, found) for id_, found in rows.items() if found)


def cards_for(concepts: Collection[str], cards: Sequence[MythCard]) -> list[str]:
    """Return the ids of the cards that fit, best first: one where it is clear, else up to three."""
    scores = {card.id: _score(card, frozenset(concepts)) for card in cards}
    ranked = sorted((id_ for id_ in scores if scores[id_] >= _LIKELY), key=lambda i: -scores[i])
    if len(ranked) > 1 and scores[ranked[0]] >= _CLEAR * scores[ranked[1]]:
        return ranked[:1]
    return ranked[:OFFERED]


def with_cards(meant: Meaning, concepts: Collection[str], cards: Sequence[MythCard]) -> Meaning:
    """Return a meaning with the cards that a rumour names; other meanings stay as they are."""
    if meant.risk is not None:
        return meant
    if meant.intent != INTENT and not _repeats(meant.intent, set(concepts), cards):
        return meant
    found = cards_for(concepts, cards)
    told = tuple(_told(meant, found))
    return replace(meant, intent=INTENT, entities=told)


def _repeats(intent: str, concepts: set[str], cards: Sequence[MythCard]) -> bool:
    """Return whether a message that was taken for something else repeats a rumour after all."""
    told = bool(_RUMOUR & concepts) and intent in _OPEN | _TOPICS and not _PRACTICAL & concepts
    asked = told or (intent in _OPEN and "MIGRANTS" in concepts)
    return asked and any(row <= concepts for card in cards for row in card.rows)


def _told(meant: Meaning, found: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the places and statuses that were told, and the cards."""
    for slot, code in meant.entities:
        if slot != "alternatives" or code.isdigit():
            yield slot, code
    for card in found:
        yield "card", card


def _score(card: MythCard, concepts: frozenset[str]) -> float:
    """Return how well the best row fits: the part of it that was found, more for longer rows."""
    return max(len(row & concepts) / math.sqrt(len(row)) for row in card.rows)

"""The codes in a message: where, status, care, for whom, and so on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.understanding.forms import Hit
from bot.understanding.places import Whereabouts


@dataclass(frozen=True)
class Finding:
    """What a message names.

    Attributes:
        codes: Slot to code. ``city`` only when one town is meant.
        towns: Ids of several towns of one name, when the person has to choose.
        unsaid: How many words of the message none of the codes accounts for.
        elsewhere: Whether it names a place or a people that the person comes from.
    """

    codes: Mapping[str, str]
    towns: tuple[str, ...] = ()
    unsaid: int = field(default=0)
    elsewhere: bool = field(default=False)


def find_codes(
    count: int,
    hits: Sequence[Hit],
    entities: Mapping[str, Mapping[str, str]],
    where: Whereabouts,
) -> Finding:
    """Return the codes of a message of ``count`` words.

    A concept inside of a longer one says nothing of its own ("refugee" in "refugee camp").
    Of two that name the same slot the longer counts, then the first.
    """
    named = [hit for hit in hits if hit.name in entities]
    outer = [hit for hit in named if not any(_inside(hit, other) for other in named)]
    codes: dict[str, str] = {}
    for hit in sorted(outer, key=lambda hit: (hit.start - hit.end, hit.start)):
        for slot, value in entities[hit.name].items():
            codes.setdefault(slot, value)
    if where.country:
        codes["country"] = where.country
    if len(where.towns) == 1:
        codes["city"] = where.towns[0]
    said = {i for hit in named for i in range(hit.start, hit.end)} | where.words
    several = where.towns if len(where.towns) > 1 else ()
    unsaid = len(set(range(count)) - said)
    return Finding(codes, several, unsaid, elsewhere=where.elsewhere)


def _inside(hit: Hit, other: Hit) -> bool:
    longer = other.end - other.start > hit.end - hit.start
    return longer and other.start <= hit.start and hit.end <= other.end

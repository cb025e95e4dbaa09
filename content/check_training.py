"""What can be wrong in the messages that the bot learns from. Used by ``faro check``.

A short cell is told and no fault: where count and variety collide, variety wins. A padded one
is a fault.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from content.near_duplicates import near_duplicates
from content.training_files import Example, read_examples
from directory.pack_files import Fault
from wire.scripts import UNKNOWN, script

MOST_ALIKE_BEGINNINGS = 4  # messages of five words and more that begin with the same three
MOST_OF_A_FRAME = 3  # messages of four words that are the same but for one
_BEGINNING = 3
_FRAME = 4  # words; longer ones of a frame are near-duplicates
_FEW = frozenset({"affirm", "deny", "thanks", "goodbye"})
_ENOUGH_OF_FEW = 25
_DOUBLE = frozenset(
    {
        *("suicide_selfharm", "violence_now", "medical_emergency", "gbv_partner_violence"),
        *("sexual_violence", "child_abuse", "trafficking_exploitation", "rights_care"),
        *("cost_care", "access_conditions", "emergency_care_info", "maternity_care"),
        *("child_health_vaccines", "medicines", "mental_health_entitlement", "out_of_scope"),
    }
)


def check_language(data: Path, language: str, scripts: Sequence[str]) -> list[Fault]:
    """Return what is wrong in the training and held-back messages of a language.

    Args:
        data: Holds ``nlu`` and ``held-back``.
        language: Its tag.
        scripts: ISO 15924 codes of its own scripts; Latin letters are always allowed.
    """
    held = list(read_examples(data / "held-back" / language, held_back=True))
    trained = list(read_examples(data / "nlu" / language))
    faults = [*check_same(trained), *check_near([*held, *trained]), *check_families(trained)]
    faults += check_scripts([*trained, *held], {*scripts, "Latn"})
    faults += check_authors(trained, held)
    return sorted(faults, key=lambda fault: (str(fault.path), fault.line))


def check_same(examples: Iterable[Example]) -> Iterator[Fault]:
    """Yield the messages that stand twice, whatever their intent."""
    seen: dict[tuple[str, ...], Example] = {}
    for example in examples:
        first = seen.setdefault(example.words or (example.text,), example)
        if first is not example:
            yield _fault(example, f"the same as {_where(first)} ({first.intent})")


def check_near(examples: Sequence[Example]) -> Iterator[Fault]:
    """Yield the messages that share most words with another, held-back ones included."""
    for later, earlier, shared in near_duplicates([example.words for example in examples]):
        one, other = examples[later], examples[earlier]
        if one.words != other.words or other.held_back:
            yield _fault(one, f"shares {shared:.0%} of its words with {_where(other)}")


def check_families(examples: Iterable[Example]) -> Iterator[Fault]:
    """Yield messages of one intent that were made after one frame."""
    beginnings: defaultdict[tuple[str, ...], list[Example]] = defaultdict(list)
    frames: defaultdict[tuple[str, ...], list[Example]] = defaultdict(list)
    for example in examples:
        words = example.words
        if len(words) > _FRAME:
            beginnings[(example.intent, *words[:_BEGINNING])].append(example)
        if len(words) == _FRAME:
            for at in range(_FRAME):
                frames[(example.intent, *words[:at], "…", *words[at + 1 :])].append(example)
    for found, most in ((beginnings, MOST_ALIKE_BEGINNINGS), (frames, MOST_OF_A_FRAME)):
        for (intent, *frame), family in found.items():
            if len(family) > most:
                problem = f"{len(family)} messages of {intent} are made like “{' '.join(frame)}”"
                yield _fault(family[-1], problem)


def check_scripts(examples: Iterable[Example], scripts: set[str]) -> Iterator[Fault]:
    """Yield messages that are mostly in a script which the language is not written in."""
    for example in examples:
        found = Counter(script(letter) for word in example.words for letter in word)
        del found[UNKNOWN]
        other = sum(count for name, count in found.items() if name not in scripts)
        if other * 2 > found.total():
            yield _fault(example, f"is in {found.most_common(1)[0][0]}")


def check_authors(trained: Iterable[Example], held: Iterable[Example]) -> Iterator[Fault]:
    """Yield the first training message of each author whose messages are held back."""
    apart = {example.author for example in held}
    for example in trained:
        if example.author in apart:
            apart.remove(example.author)
            yield _fault(example, f"{example.author} is an author of held-back messages")


def wanted(intent: str, usual: int) -> int:
    """Return how many messages an intent should have, where ``usual`` is what most have."""
    if intent in _FEW:
        return _ENOUGH_OF_FEW
    return 2 * usual if intent in _DOUBLE else usual


def short_cells(counts: Mapping[str, int], intents: Iterable[str], usual: int) -> list[str]:
    """Return the intents with fewer messages than they should have, the shortest first."""
    short = [(name, counts.get(name, 0), wanted(name, usual)) for name in intents]
    short.sort(key=lambda cell: cell[1] / cell[2])
    return [f"{name} {count} of {most}" for name, count, most in short if count < most]


def _fault(example: Example, problem: str) -> Fault:
    return Fault(example.path, example.line, problem)


def _where(example: Example) -> str:
    folder = "held-back/" if example.held_back else ""
    return f"{folder}{example.path.name}:{example.line}"

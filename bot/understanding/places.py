"""Where a person is, as a message says it.

The country a person is in is told apart from the one they come from or passed through by
the words before a name (``data/places/place-words.yml``). Names that are ordinary words,
airport codes and names of fewer than four letters count only after such a word, or alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.understanding.forms import Forms, Hit
from bot.understanding.gazetteer import Gazetteer, Town
from bot.understanding.tokenise import Word

_LONGEST_NAME = 5  # words
_SHORTEST_NAME = 4  # letters, for a name that stands anywhere
_SMALL_TOWN = 15_000  # people; a smaller one counts only where a place is expected
_VILLAGE = 3_000  # people; a hamlet counts when it is written like a name
_LARGE_TOWN = 100_000  # people; after "in" one of these counts although it is a word as well
_LARGEST_TOWN = 300_000  # people; one of these counts by its names in other languages, too
_OUTWEIGHS = 5  # times the people of the next town of that name: nobody means the other one
HERE, ORIGIN, PASSED, TOWARDS = "here", "origin", "passed", "towards"
_STRONG = "strong"  # here, and so plainly that even an ordinary word is a place


@dataclass(frozen=True)
class PlaceWords:
    """What stands around names of places.

    Attributes:
        roles: Forms that stand before a name; named ``here``, ``strong``, ``origin``, ``passed``,
            ``towards``.
        between: Words that may stand between such a form and the name ("the city of").
        ordinary: Names that are words of everyday language.
        demonyms: Forms for people of a country; they tell an origin, never where somebody is.
        everyday: Words that are never a misspelt name.
        never: Names that are written like names and are something else: languages, months.
    """

    roles: Forms
    between: frozenset[str]
    ordinary: frozenset[str]
    demonyms: Forms
    everyday: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Mention:
    """A name in a message.

    Attributes:
        start: Index of its first word.
        end: Index behind its last word.
        role: What the words before it say, or None.
        country: ISO 3166-1 alpha-2, for a country.
        towns: The towns of that name, for a town.
    """

    start: int
    end: int
    role: str | None
    country: str | None = None
    towns: tuple[Town, ...] = ()


@dataclass(frozen=True)
class Whereabouts:
    """Where the person is.

    Attributes:
        country: ISO 3166-1 alpha-2, or None.
        towns: Ids. One: there. Several: towns of one name, the likeliest first.
        words: Indexes of the words that say so.
        elsewhere: Whether it names a place or a people that the person comes from.
    """

    country: str | None = None
    towns: tuple[str, ...] = ()
    words: frozenset[int] = field(default=frozenset())
    elsewhere: bool = False


class PlaceFinder:
    """Finds places in messages."""

    def __init__(self, gazetteer: Gazetteer, words: PlaceWords, covered: Iterable[str]) -> None:
        self._gazetteer = gazetteer
        self._words = words
        self._covered = frozenset(covered)

    def find(
        self, words: Sequence[Word], *, country: str | None = None, asked: bool = False
    ) -> Whereabouts:
        """Return where a message says that the person is.

        Args:
            words: The words of the message.
            country: The country of the conversation so far.
            asked: Whether the person was just asked for a place.
        """
        texts = [word.text for word in words]
        mentions = list(self._mentions(words, texts, asked=asked))
        at = _nearest(m for m in mentions if m.country)
        town = _nearest(m for m in mentions if m.towns)
        here = at.country if at else None
        chosen = self._choose(town.towns, here, country) if town else ()
        if len(chosen) == 1:
            here = chosen[0].country
        said = {i for m in (at, town) if m for i in range(m.start, m.end)}
        elsewhere = any(m.role == ORIGIN for m in mentions) or bool(
            self._words.demonyms.find(texts)
        )
        around = frozenset(said | self._around(texts))
        return Whereabouts(here, tuple(t.id for t in chosen), around, elsewhere)

    def _mentions(
        self, words: Sequence[Word], texts: Sequence[str], *, asked: bool
    ) -> Iterable[Mention]:
        roles = self._words.roles.find(texts)
        people = {i for hit in self._words.demonyms.find(texts) for i in range(hit.start, hit.end)}
        around = self._around(texts)
        start = 0
        while start < len(words):
            found = None
            for end in range(min(start + _LONGEST_NAME, len(words)), start, -1):
                inside = {*range(start, end)}
                # "In" is a town to somebody, and no name in "in the house".
                if words[start].clause != words[end - 1].clause or people & inside:
                    continue
                if inside <= around:
                    continue
                role = self._role(roles, texts, start)
                alone = not set(range(len(words))) - around - inside
                capital = words[start].capital and words[end - 1].capital and start > 0
                expected = _Expected(role, alone=alone, asked=asked, capital=capital)
                if found := self._named(texts, start, end, expected):
                    break
            if found:
                yield found
            start = found.end if found else start + 1

    def _named(
        self, texts: Sequence[str], start: int, end: int, expected: _Expected
    ) -> Mention | None:
        name, role = " ".join(texts[start:end]), expected.role
        if all(word in self._words.between for word in texts[start:end]):
            return None
        if name in self._words.never and not (expected.alone and expected.asked):
            return None
        weak = name in self._words.ordinary or len(name) < _SHORTEST_NAME
        if country := self._gazetteer.country(name):
            return Mention(start, end, role, country) if expected.here or not weak else None
        towns = self._gazetteer.towns(name)
        if towns and _counts(towns, expected, weak=weak):
            return Mention(start, end, role, towns=self._meant(towns))
        if not towns and expected.misspelt and not self._words.everyday.intersection(name.split()):
            return self._misspelt(name, start, end, role)
        return None

    def _misspelt(self, name: str, start: int, end: int, role: str | None) -> Mention | None:
        meant = self._gazetteer.meant(name)
        if meant is None:
            return None
        if country := self._gazetteer.country(meant):
            return Mention(start, end, role, country)
        return Mention(start, end, role, towns=self._meant(self._gazetteer.towns(meant)))

    def _meant(self, towns: Sequence[Town]) -> tuple[Town, ...]:
        """Return the towns of their own name, and those whose other name everybody thinks of.

        "Roma" is a town in Texas, and hardly anybody means it.
        """
        own = [town for town in towns if town.by_own_name]
        most = max((town.population for town in own), default=0)
        if most >= _LARGE_TOWN:
            return tuple(own)
        covered = any(town.country in self._covered for town in own)
        others = [
            town
            for town in towns
            if town.population > _OUTWEIGHS * most
            and (town.country in self._covered or not covered)
        ]
        return (*(town for town in others if not town.by_own_name), *own)

    def _role(self, roles: Sequence[Hit], texts: Sequence[str], start: int) -> str | None:
        """Return what the longest form that ends before ``start`` says."""
        before = start
        while before > 0 and texts[before - 1] in self._words.between:
            before -= 1
        ends = range(before, start + 1)
        near = [hit for hit in roles if hit.end in ends]
        return max(near, key=lambda hit: hit.end - hit.start).name if near else None

    def _around(self, texts: Sequence[str]) -> frozenset[int]:
        hits = self._words.roles.find(texts)
        inside = {i for hit in hits for i in range(hit.start, hit.end)}
        return frozenset(inside | {i for i, t in enumerate(texts) if t in self._words.between})

    def _choose(
        self, towns: Sequence[Town], said: str | None, known: str | None
    ) -> tuple[Town, ...]:
        """Return the one town that is meant, or the largest of each country."""
        for country in (said, known):
            inside = [town for town in towns if town.country == country]
            if inside:
                return (max(inside, key=lambda town: town.population),)
        largest: dict[str, Town] = {}
        for town in sorted(towns, key=lambda town: -town.population):
            largest.setdefault(town.country, town)
        ranked = list(largest.values())
        here = [town for town in ranked if town.country in self._covered]
        if len(ranked) > 1 and ranked[0].population >= _OUTWEIGHS * ranked[1].population:
            if ranked[0] in here or not here or here[0].population < _LARGE_TOWN:
                return (ranked[0],)
            # Córdoba of Argentina is the largest; people of those we serve mean their own.
            return (*here[:3], ranked[0])
        if len(here) > 1 and here[0].population >= _OUTWEIGHS * here[1].population:
            here = here[:1]
        if here and here[0].population * _OUTWEIGHS * 2 >= ranked[0].population:
            ranked = here
        return tuple(ranked[:4])


@dataclass(frozen=True)
class _Expected:
    """Why a name is expected: words before it, nothing else said, a question, a capital."""

    role: str | None
    alone: bool
    asked: bool
    capital: bool

    @property
    def here(self) -> bool:
        return self.role is not None or (self.alone and self.asked)

    @property
    def misspelt(self) -> bool:
        return self.role is not None or self.asked


def _counts(towns: Sequence[Town], expected: _Expected, *, weak: bool) -> bool:
    """Return whether a name of towns is one here, and not a word that looks like it."""
    own = max((town.population for town in towns if town.by_own_name), default=0)
    if (expected.alone and expected.asked) or expected.role == _STRONG:
        return True
    if weak:
        return expected.role == HERE and (expected.capital or own >= _LARGE_TOWN)
    if expected.role is not None or expected.alone or expected.asked:
        return expected.capital or towns[0].population >= _VILLAGE
    return own >= _SMALL_TOWN or towns[0].population >= _LARGEST_TOWN


def _nearest(mentions: Iterable[Mention]) -> Mention | None:
    """Return the mention that says where the person is; one without any word before it else."""
    near = [mention for mention in mentions if mention.role in (HERE, _STRONG, None)]
    return next((mention for mention in near if mention.role), near[0] if near else None)


def read_place_words(
    lists: Mapping[str, Mapping[str, Iterable[str]]],
    everyday: Iterable[str] = (),
    learnt: Iterable[str] = (),
) -> PlaceWords:
    """Return the lists of ``data/places``.

    Args:
        lists: ``place-words``: role to forms, and ``between``; ``ordinary-words``: language to
            words; ``demonyms``: country to forms.
        everyday: Words of the enabled languages.
        learnt: More ordinary words, from the training messages.
    """
    before = lists["place-words"]
    return PlaceWords(
        roles=Forms(
            ((r, f) for r in (HERE, _STRONG, ORIGIN, PASSED, TOWARDS) for f in before.get(r, ())),
            misspelt=False,
        ),
        between=frozenset(before.get("between", ())),
        ordinary=frozenset(
            [*learnt, *(word for words in lists["ordinary-words"].values() for word in words)]
        ),
        demonyms=Forms(
            ((c, form) for c, forms in lists["demonyms"].items() for form in forms),
            misspelt=False,
        ),
        everyday=frozenset(everyday),
        never=frozenset(lists["ordinary-words"].get("never", ())),
    )

"""Where a person is, as a message says it.

The country a person is in is told apart from the one they come from or passed through by the
words around a name and by its endings (``data/places/<language>.yml``). Names that are ordinary
words, airport codes and names of fewer than four letters count only beside such a word, or alone.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from bot.understanding.forms import Hit
from bot.understanding.gazetteer import Gazetteer, Town
from bot.understanding.place_words import (
    HERE,
    ORIGIN,
    PASSED,
    STRONG,
    TOWARDS,
    Affixes,
    PlaceLists,
    PlaceWords,
)
from bot.understanding.tokenise import Word

_LONGEST_NAME = 5  # words
_LONGEST_ORDINARY = 3  # words, of a name that is an ordinary expression ("la calle")
_SHORTEST_NAME = 4  # letters, for a name that stands anywhere
_SHORTEST_STEM = 3  # letters, of a name in one of its cases
_MOST_IN_PLACE = 2  # letters that a case puts in the place of others
_SMALL_TOWN = 15_000  # people; a smaller one counts only where a place is expected
_VILLAGE = 3_000  # people; a hamlet counts when it is written like a name
_LARGE_TOWN = 100_000  # people; after "in" one of these counts although it is a word as well
_LARGEST_TOWN = 300_000  # people; one of these counts by its names in other languages, too
_OUTWEIGHS = 5  # times the people of the next town of that name: nobody means the other one
_JOIN_AND_PREPOSITION = 2  # words between two names: "in Tunis, then in Algiers"
_SURE_TO_BE_MEANT = 5  # letters of a misspelt name that stands alone
# Of the words before and behind a name: what says that somebody is elsewhere, then what says that
# they are there, then where they go ("to Athens I came").
_WEIGHT = {ORIGIN: 3, PASSED: 3, STRONG: 2, HERE: 2, TOWARDS: 1}


@dataclass(frozen=True)
class Mention:
    """A name in a message.

    Attributes:
        start: Index of its first word.
        end: Index behind its last word.
        role: What the words around it say, or None.
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


@dataclass(frozen=True)
class _Around:
    """What stands around the names of one message.

    Attributes:
        before, after: Forms found, by what they say.
        between: Indexes of words that may stand between a form and a name.
        joins: Indexes of words that join two names ("and").
        people: Indexes of words for people of a country.
        used: Indexes of all words that are no part of a name.
    """

    before: tuple[Hit, ...]
    after: tuple[Hit, ...]
    between: frozenset[int]
    joins: frozenset[int]
    people: frozenset[int]
    used: frozenset[int]

    def role(self, start: int, end: int) -> str | None:
        """Return what the words around a name say that stands from ``start`` to ``end``."""
        first = start
        while first - 1 in self.between:
            first -= 1
        last = end
        while last in self.between:
            last += 1
        near = [
            max(hits, key=lambda hit: hit.end - hit.start).name
            for hits in (
                [hit for hit in self.before if first <= hit.end <= start],
                [hit for hit in self.after if end <= hit.start <= last],
            )
            if hits
        ]
        return max(near, key=lambda role: _WEIGHT[role], default=None)


class PlaceFinder:
    """Finds places in messages."""

    def __init__(self, gazetteer: Gazetteer, lists: PlaceLists, covered: Iterable[str]) -> None:
        self._gazetteer = gazetteer
        self._lists = lists
        self._covered = frozenset(covered)
        self._cases = functools.lru_cache(maxsize=20_000)(self._in_its_cases)

    def find(
        self,
        words: Sequence[Word],
        language: str = "",
        *,
        country: str | None = None,
        asked: bool = False,
    ) -> Whereabouts:
        """Return where a message says that the person is.

        Args:
            words: The words of the message.
            language: The language of the message.
            country: The country of the conversation so far.
            asked: Whether the person was just asked for a place.
        """
        texts = [word.text for word in words]
        around = self._around(texts, self._lists.of(language))
        mentions = self._mentions(words, texts, language, around, asked=asked)
        if mentions:  # what is left may be a name beside those
            mentions = self._mentions(words, texts, language, around, asked=asked, beside=mentions)
        at = _nearest(m for m in mentions if m.country)
        town = self._town([m for m in mentions if m.towns], at)
        here = at.country if at else None
        chosen = self._choose(town.towns, here, country) if town else ()
        if len(chosen) == 1:
            here = chosen[0].country
        said = frozenset(i for m in (at, town) if m for i in range(m.start, m.end))
        elsewhere = any(m.role == ORIGIN for m in mentions) or bool(around.people)
        return Whereabouts(here, tuple(t.id for t in chosen), said | around.used, elsewhere)

    def _town(self, mentions: Sequence[Mention], at: Mention | None) -> Mention | None:
        """Return the town where the person is.

        People ask in the countries served: of two the one there counts, then the one in the
        country that they say, the one that words point at, and the one of a single name.
        """
        near = [m for m in mentions if m.role in (HERE, STRONG, None)]
        if not near:
            return None
        said = at.country if at else None

        def rank(mention: Mention) -> tuple[bool, bool, bool, bool, int]:
            inside = any(town.country == said for town in mention.towns)
            served = any(town.country in self._covered for town in mention.towns)
            small = max(town.population for town in mention.towns) < _LARGE_TOWN
            others = any(self._is_large(other) for other in near if other is not mention)
            pointed = mention.role is not None and not (small and others)
            single = len(self._choose(mention.towns, None, None)) == 1
            return (not inside, not served, not pointed, not single, mention.start)

        best = min(near, key=rank)
        told = at is not None and at.role is not None
        outside = told and all(town.country != said for town in best.towns)
        return None if outside and best.role is None else best

    def _is_large(self, mention: Mention) -> bool:
        towns = mention.towns
        return any(t.population >= _LARGEST_TOWN and t.country in self._covered for t in towns)

    def names(self, words: Sequence[Word], language: str) -> Iterator[tuple[str, bool]]:
        """Yield what may be a name in a message, and whether it is used like one."""
        texts = [word.text for word in words]
        towns = self._towns_in(texts, _LONGEST_ORDINARY)
        spans = [
            (start, end)
            for (start, end), name in towns.items()
            if words[start].clause == words[end - 1].clause
        ]
        spans += [
            (i, i + 1)
            for i, text in enumerate(texts)
            if (i, i + 1) not in towns and self._cases(text, language)
        ]
        if not spans:
            return
        around = self._around(texts, self._lists.of(language))
        for start, end in spans:
            role = around.role(start, end)
            capital = words[end - 1].capital and start > 0
            yield " ".join(texts[start:end]), role is not None or capital

    def _towns_in(self, texts: Sequence[str], longest: int) -> dict[tuple[int, int], str]:
        """Return what may be names of towns, by their first word and the one behind the last."""
        spans = {
            (start, end): " ".join(texts[start:end])
            for start in range(len(texts))
            for end in range(start + 1, min(start + longest, len(texts)) + 1)
        }
        may_be = self._gazetteer.may_be_towns(list(spans.values()))
        return {span: name for (span, name), yes in zip(spans.items(), may_be, strict=True) if yes}

    def _around(self, texts: Sequence[str], said: PlaceWords) -> _Around:
        before, after = said.before.find(texts), said.after.find(texts)
        between = frozenset(i for i, text in enumerate(texts) if text in said.between)
        people = frozenset(
            i
            for hit in said.demonyms.find(texts)
            if not self._gazetteer.country(" ".join(texts[hit.start : hit.end]))
            for i in range(hit.start, hit.end)
        )
        joins = frozenset(i for i, text in enumerate(texts) if text in said.joins)
        used = between | joins | {i for hit in (*before, *after) for i in range(hit.start, hit.end)}
        return _Around(tuple(before), tuple(after), between, joins, people, used)

    def _mentions(
        self,
        words: Sequence[Word],
        texts: Sequence[str],
        language: str,
        around: _Around,
        *,
        asked: bool,
        beside: Sequence[Mention] = (),
    ) -> list[Mention]:
        """Return the names in a message; ``beside`` are those found before."""
        named = {i for mention in beside for i in range(mention.start, mention.end)}
        rest = {*range(len(words))} - around.used - named
        clauses = [word.clause for word in words]
        towns = self._towns_in(texts, _LONGEST_NAME)
        found: list[Mention] = []
        start = 0
        while start < len(words):
            mention = None
            for end in range(min(start + _LONGEST_NAME, len(words)), start, -1):
                inside = {*range(start, end)}
                # "In" is a town to somebody, and no name in "in the house".
                if clauses[start] != clauses[end - 1] or around.people & inside:
                    continue
                if inside <= around.used:
                    continue
                name = " ".join(texts[start:end])
                exact = (start, end) in towns or self._gazetteer.country(name) is not None
                if not exact and not self._may_be_written_otherwise(name, language):
                    continue
                capital = words[start].capital and words[end - 1].capital
                single = clauses.count(clauses[start]) == end - start  # "Upala, at the border"
                expected = _Expected(
                    self._role(found, around, start, end),
                    alone=rest <= inside or (single and capital),
                    asked=asked,
                    capital=capital and start > 0,
                    country=_beside(beside, around, start, end),
                )
                if mention := self._named(name, start, end, expected, language):
                    break
            if mention:
                found.append(mention)
            start = mention.end if mention else start + 1
        return found

    def _role(self, found: Sequence[Mention], around: _Around, start: int, end: int) -> str | None:
        """Return what the words around a name say, or what they say of the one that it joins."""
        role = around.role(start, end)
        if not found or found[-1].end not in around.joins:
            return role
        gap = range(found[-1].end, start)
        bare = role is None or (role == HERE and len(gap) <= _JOIN_AND_PREPOSITION)
        joined = bare and all(i in around.used for i in gap)
        return found[-1].role or role if joined else role

    def _may_be_written_otherwise(self, name: str, language: str) -> bool:
        """Return whether a name may be in one of its cases, or misspelt."""
        unknown = not self._lists.everyday.intersection(name.split())
        return unknown or (" " not in name and bool(self._cases(name, language)))

    def _named(
        self, name: str, start: int, end: int, expected: _Expected, language: str
    ) -> Mention | None:
        if name in self._lists.never and not (expected.alone and expected.asked):
            return None
        weak = name in self._lists.ordinary or len(name) < _SHORTEST_NAME
        if self._gazetteer.country(name) or self._gazetteer.towns(name):
            return self._exact(name, start, end, expected, weak=weak)
        if not weak and name not in self._lists.words:
            for stem, role in self._cases(name, language):
                case = replace(expected, role=expected.role or role, cased=True)
                if found := self._exact(stem, start, end, case, weak=False):
                    return found
        known = self._lists.everyday.intersection(name.split())
        if known or not expected.misspelt(len(name)):
            return None
        meant = self._gazetteer.meant(name)
        if meant is None or (expected.role is None and not self._is_well_known(meant)):
            return None
        return self._exact(meant, start, end, replace(expected, mended=True), weak=False)

    def _exact(
        self, name: str, start: int, end: int, expected: _Expected, *, weak: bool
    ) -> Mention | None:
        if country := self._gazetteer.country(name):
            sure = expected.here or not weak
            return Mention(start, end, expected.role, country) if sure else None
        towns = self._gazetteer.towns(name)
        if towns and self._counts(name, towns, expected, weak=weak):
            return Mention(start, end, expected.role, towns=self._meant(towns))
        return None

    def _counts(self, name: str, towns: Sequence[Town], expected: _Expected, *, weak: bool) -> bool:
        """Return whether a name of towns is one here, and not a word that looks like it.

        Where nothing is served, only a town that people name is one without any sign.
        """
        own = max((town.population for town in towns if town.by_own_name), default=0)
        served = any(town.country in self._covered for town in towns)
        if any(t.country == expected.country and t.population >= _VILLAGE for t in towns):
            return True
        if (expected.alone and expected.asked) or expected.role == STRONG:
            return True
        if weak:
            large = own >= _LARGE_TOWN and (served or own >= _LARGEST_TOWN)
            return expected.role == HERE and (expected.capital or large)
        if expected.role is not None or expected.alone or expected.asked:
            return expected.capital or towns[0].population >= _VILLAGE
        if expected.cased or expected.mended:
            return expected.capital
        known = served or expected.capital or self._gazetteer.is_said(name)
        return known and (own >= _SMALL_TOWN or towns[0].population >= _LARGEST_TOWN)

    def _in_its_cases(self, word: str, language: str) -> tuple[tuple[str, str | None], ...]:
        """Return the names that a word may be with letters joined to it, and what those say.

        A name alone does not tell its language: then those of all languages are tried.
        """
        known = self._lists.languages
        tags = [language] if language in known else list(known)
        found: dict[str, str | None] = {}
        for tag in tags:
            for name, role in self._of_affixes(word, known[tag].affixes):
                found.setdefault(name, role)
        return tuple(found.items())

    def _of_affixes(self, word: str, affixes: Affixes) -> Iterator[tuple[str, str | None]]:
        for letters, role in affixes.before:
            rest = word.removeprefix(letters)
            if rest != word and len(rest) >= _SHORTEST_STEM and self._is_well_known(rest):
                yield rest, role
        endings = [ending for ending, _ in affixes.after]
        for letters, role in (*affixes.after, ("", None)):
            stem = word[: len(word) - len(letters)]
            if not affixes.after or not word.endswith(letters) or len(stem) < _SHORTEST_STEM:
                continue
            if letters and self._is_well_known(stem):
                yield stem, role
            if len(stem) > _SHORTEST_STEM:
                for name in self._gazetteer.longer(stem, _MOST_IN_PLACE):
                    if name[len(stem) :] in endings and self._is_well_known(name):
                        yield name, role

    def _is_well_known(self, name: str) -> bool:
        """Return whether a name is of a country or a large town, or one of our own lists."""
        if self._gazetteer.country(name):
            return True
        towns = self._gazetteer.towns(name)
        large = any(
            town.by_own_name
            and town.population >= (_SMALL_TOWN if town.country in self._covered else _LARGE_TOWN)
            for town in towns
        )
        return large or (bool(towns) and self._gazetteer.is_said(name))

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
            and (
                town.country in self._covered
                or not covered
                or town.population > max(_OUTWEIGHS**3 * most, _LARGEST_TOWN)
            )
        ]
        return (*(town for town in others if not town.by_own_name), *own)

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
    """Why a name is expected.

    Attributes:
        role: What the words around it say.
        alone: Whether nothing else is said.
        asked: Whether the person was asked for a place.
        capital: Whether it is written like a name.
        country: The country that is named right beside it.
        cased: Whether letters were taken off to find it.
        mended: Whether a letter was put right to find it.
    """

    role: str | None
    alone: bool
    asked: bool
    capital: bool
    country: str | None = None
    cased: bool = False
    mended: bool = False

    @property
    def here(self) -> bool:
        return self.role is not None or (self.alone and self.asked)

    def misspelt(self, letters: int) -> bool:
        """Return whether a name of that length may have a wrong letter."""
        long = letters >= _SURE_TO_BE_MEANT
        return self.role is not None or self.asked or (long and (self.alone or self.capital))


def _beside(mentions: Sequence[Mention], around: _Around, start: int, end: int) -> str | None:
    """Return the country that is named right before or behind a name."""
    for mention in mentions:
        gap = range(mention.end, start) if mention.end <= start else range(end, mention.start)
        apart = mention.end <= start or end <= mention.start
        if mention.country and apart and all(i in around.used for i in gap):
            return mention.country
    return None


def _nearest(mentions: Iterable[Mention]) -> Mention | None:
    """Return the mention that says where the person is; one without any word around it else."""
    near = [mention for mention in mentions if mention.role in (HERE, STRONG, None)]
    return next((mention for mention in near if mention.role), near[0] if near else None)

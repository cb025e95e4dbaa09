"""What stands around names of places in each language, from ``data/places/<language>.yml``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.understanding.forms import Forms
from bot.understanding.languages import Language
from bot.understanding.lists import read_lists
from wire.normalise import normalise

HERE, ORIGIN, PASSED, TOWARDS = "here", "origin", "passed", "towards"
STRONG = "strong"  # here, and so plainly that even an ordinary word is a place
ROLES = (HERE, STRONG, ORIGIN, PASSED, TOWARDS)
_ANY = "any"  # an ending that says nothing of its own
_LONG = 6  # letters of a form: no word of another language by chance


@dataclass(frozen=True)
class Affixes:
    """Letters that a name takes at its start or end, the longest first, with a role or None."""

    before: tuple[tuple[str, str | None], ...] = ()
    after: tuple[tuple[str, str | None], ...] = ()


@dataclass(frozen=True)
class PlaceWords:
    """What stands around names of places in one language.

    Attributes:
        before: Forms that stand before a name; named after their role.
        after: Forms that stand behind it.
        between: Words that may stand between such a form and the name ("the city of").
        joins: Words that join two names ("and").
        affixes: Letters joined to the name.
        demonyms: Forms for people of a country; they tell an origin, never where somebody is.
    """

    before: Forms
    after: Forms
    between: frozenset[str]
    joins: frozenset[str]
    affixes: Affixes
    demonyms: Forms


@dataclass(frozen=True)
class PlaceLists:
    """The words of all enabled languages.

    Attributes:
        languages: By tag.
        ordinary: Names that are words of everyday language.
        never: Names that are written like names and are something else: languages, months.
        everyday: Words that are never a misspelt name.
        words: Words of our own lists; no name in one of its cases either.
    """

    languages: Mapping[str, PlaceWords]
    ordinary: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()
    everyday: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()

    def of(self, language: str) -> PlaceWords:
        """Return the words of a language; those of the first one for a language unknown."""
        return self.languages.get(language) or next(iter(self.languages.values()))


def read_place_lists(
    folder: Path,
    languages: Sequence[Language],
    *,
    words: Iterable[str] = (),
    everyday: Iterable[str] = (),
    ordinary: Iterable[str] = (),
) -> PlaceLists:
    """Return the lists of ``data/places``.

    Args:
        folder: ``data/places``.
        languages: The enabled ones. One without a file says nothing of places.
        words: Words of the concepts.
        everyday: Words that the training messages write small.
        ordinary: Names that the training messages use as words.
    """
    told = {language.tag: read_lists(folder / f"{language.tag}.yml") for language in languages}
    known = frozenset(words)
    return PlaceLists(
        languages={lang.tag: _of_language(lang, told) for lang in languages},
        ordinary=frozenset(ordinary) | _all(told, "ordinary"),
        never=_all(told, "never"),
        everyday=known | frozenset(everyday),
        words=known,
    )


def _of_language(language: Language, told: Mapping[str, Mapping[str, Any]]) -> PlaceWords:
    own = told[language.tag]
    others = [lists for tag, lists in told.items() if tag != language.tag]

    def forms(key: str, names: Iterable[str] | None = None) -> Forms:
        mine = list(_named(own.get(key), names))
        foreign = (pair for lists in others for pair in _named(lists.get(key), names))
        long = [(name, form) for name, form in foreign if len(form.rstrip("*")) >= _LONG]
        return Forms([*mine, *long], misspelt=False, clitics=language.clitics)

    return PlaceWords(
        before=forms("before", ROLES),
        after=forms("after", ROLES),
        between=frozenset(normalise(word) for word in _listed(own, "between")),
        joins=frozenset(normalise(word) for word in _listed(own, "joins")),
        affixes=Affixes(_affixes(own.get("beginnings")), _affixes(own.get("endings"))),
        demonyms=forms("demonyms"),
    )


def _affixes(listed: object) -> tuple[tuple[str, str | None], ...]:
    roles: dict[str, set[str]] = {}
    for role, letters in _named(listed, (HERE, ORIGIN, TOWARDS, PASSED, _ANY)):
        if plain := normalise(letters):
            roles.setdefault(plain, set()).add(role)
    # Letters of several cases say nothing of their own.
    found = {
        letters: next(iter(said)) if len(said) == 1 and _ANY not in said else None
        for letters, said in roles.items()
    }
    return tuple(sorted(found.items(), key=lambda pair: (-len(pair[0]), pair[0])))


def _named(listed: object, names: Iterable[str] | None) -> Iterator[tuple[str, str]]:
    """Yield each name with each of its forms."""
    if not isinstance(listed, dict):
        return
    for name in listed if names is None else names:
        for form in listed.get(name) or ():
            yield name, str(form)


def _all(told: Mapping[str, Mapping[str, Any]], key: str) -> frozenset[str]:
    return frozenset(normalise(word) for lists in told.values() for word in _listed(lists, key))


def _listed(lists: Mapping[str, Any], key: str) -> Sequence[str]:
    found = lists.get(key)
    return found if isinstance(found, list) else ()

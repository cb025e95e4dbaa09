"""The chapter of rights: by status, and in it by care; what is the same is said once."""

from __future__ import annotations

from collections.abc import Mapping

from content.general_care import STATUSES
from content.handbook.chapters import capital
from content.handbook.contents import Contents
from content.handbook.document import Entry, Section
from content.rights_choice import Chosen
from content.scene import Scene

EVERYBODY = "any"


def rights(scene: Scene, contents: Contents) -> Section:
    """Return what holds for everybody, then what holds for each status beside it."""
    shared = contents.rules.own(EVERYBODY)
    groups: dict[tuple[Entry, ...], list[str]] = {}
    if shared:
        groups[tuple(_entries(scene, EVERYBODY, shared))] = [EVERYBODY]
    for status in STATUSES:
        own = contents.rules.own(status)
        more = {care: chosen for care, chosen in own.items() if not _same(chosen, shared.get(care))}
        before = _before(scene, contents, status, own, shared)
        groups.setdefault((*before, *_entries(scene, status, more)), []).append(status)
    parts = [_part(scene, statuses, entries) for entries, statuses in groups.items()]
    return Section("rights", scene.labels.text("choice.profile_may"), (), tuple(parts))


def _part(scene: Scene, statuses: list[str], entries: tuple[Entry, ...]) -> Section:
    heading = capital(scene.labels.each("status_phrase", statuses))
    return Section(f"rights-{statuses[0]}", heading, entries)


def _before(
    scene: Scene,
    contents: Contents,
    status: str,
    own: Mapping[str, Chosen],
    shared: Mapping[str, Chosen],
) -> list[Entry]:
    labels, rules = scene.labels, contents.rules
    said = []
    chosen = rules.chosen(status, None)
    if chosen.ended is not None:
        said.append(scene.rights.ended(chosen.ended, status))
    if any(_same(answer, shared.get(care)) for care, answer in own.items()):
        said.append(labels.text("handbook.holds_too"))
    if not own and chosen.fallback is not None:
        other = labels.of("status_phrase", chosen.fallback.status)
        said.append(labels.text("handbook.no_rule", other=other))
    elif not own:
        said.append(labels.text("rights.not_known"))
    return [Entry(lines=tuple(said))] if said else []


def _entries(scene: Scene, status: str, known: Mapping[str, Chosen]) -> list[Entry]:
    """Return an entry for each answer, with every care that it is the answer to."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for care, chosen in known.items():
        groups.setdefault(_ids(chosen), []).append(care)
    return [
        Entry(capital(scene.labels.each("care", cares)), _lines(scene, status, known[cares[0]]))
        for cares in groups.values()
    ]


def _lines(scene: Scene, status: str, chosen: Chosen) -> tuple[str, ...]:
    words, main = scene.rights, chosen.main
    assert main is not None  # noqa: S101 - only what is known is asked for
    return (
        *words.answer(chosen, focus="may"),
        *words.rest(main, focus="may"),
        *(words.beside(fact, main, chosen.care) for fact in chosen.beside),
        *words.notes(chosen),
        *words.reporting(chosen.fitting or [main], status),
        *words.sources([main, *chosen.beside]),
    )


def _same(chosen: Chosen, other: Chosen | None) -> bool:
    return other is not None and _ids(chosen) == _ids(other)


def _ids(chosen: Chosen) -> tuple[str, ...]:
    return tuple(str(fact["id"]) for fact in (chosen.main, *chosen.beside) if fact)

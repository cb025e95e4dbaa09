"""What was changed because people told us, in words: codes and a date, never what they wrote."""

from __future__ import annotations

from datetime import timedelta

from content import dates
from content.reply import ToldIn
from content.scene import Scene
from content.vocabulary_labels import Labels
from directory.changes import Change, changes_told, name_of
from directory.parts import Part

TOLD_FOR = timedelta(days=180)  # longer ago it is no news


async def of_entry(scene: Scene, part: Part, entry: str) -> list[str]:
    """Return the newest change of an entry, for what is told of it; nothing without one."""
    since = scene.now.date() - TOLD_FOR
    found = await changes_told(scene.session, part=part, entry=entry, since=since, most=1)
    return [in_words(scene.labels, scene.language, change) for change in found]


async def latest(scene: Scene, country: str) -> list[str]:
    """Return the newest change in a country, with the name of what it is; nothing without one."""
    since = scene.now.date() - TOLD_FOR
    found = await changes_told(scene.session, country=country, since=since, most=1)
    return [await with_name(scene, change) for change in found]


async def by_country(scene: Scene) -> list[ToldIn]:
    """Return what is told of every country, in the order of their names."""
    told: dict[str, list[tuple[str, str]]] = {}
    for change in await changes_told(scene.session, since=scene.now.date() - TOLD_FOR):
        country = scene.labels.country(change.country)
        sentence = in_words(scene.labels, scene.language, change)
        told.setdefault(country, []).append((await _name(scene, change), sentence))
    return [ToldIn(country, tuple(changes)) for country, changes in sorted(told.items())]


async def with_name(scene: Scene, change: Change) -> str:
    """Return a change with the name of the place or line; of a rights fact, its country."""
    told = in_words(scene.labels, scene.language, change)
    return scene.labels.text("changes.item", name=await _name(scene, change), told=told)


async def _name(scene: Scene, change: Change) -> str:
    body = await name_of(scene.session, change)
    return scene.labels.title(body) if body else scene.labels.country(change.country)


def in_words(labels: Labels, language: str, change: Change) -> str:
    """Return what was changed and when."""
    date = dates.day(change.day.isoformat(), language)
    return labels.text(f"changes.{change.kind}", date=date)

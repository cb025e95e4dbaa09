"""The chapter of services: by layer of support, and in it by place."""

from __future__ import annotations

from collections.abc import Sequence

from content.answers.layers import LAYERS
from content.handbook.chapters import capital
from content.handbook.contents import Contents, is_withheld
from content.handbook.document import Entry, Section
from content.handbook.reach import reach
from content.scene import Scene
from directory.listing import Listing

# Lines of the details that say nothing where nothing is known.
_MAY_BE_UNKNOWN = {
    "services.address": "address",
    "services.hours": "hours",
    "services.cost": "cost",
    "services.run_by": "who",
    "services.way_in": "ways",
    "services.documents": "documents",
    "services.waiting": "waiting",
    "services.spoken": "languages",
    "services.interpreted": "languages",
    "services.modality": "ways",
}


def services(scene: Scene, contents: Contents) -> Section:
    """Return every service once, under its first layer, and its name under the others."""
    labels = scene.labels
    parts = []
    for layer in LAYERS:
        here = [found for found in contents.services if found.body["layers"][:1] == [layer]]
        too = [found for found in contents.services if layer in found.body["layers"][1:]]
        if here or too:
            heading = capital(labels.of("layer", layer))
            entries = _named(scene, too)
            parts.append(
                Section(f"layer-{layer}", heading, entries, _places(scene, layer, here, contents))
            )
    note = (Entry(lines=(labels.text("handbook.not_said"),)),)
    return Section("services", labels.text("handbook.services"), note, tuple(parts))


def _named(scene: Scene, too: Sequence[Listing]) -> tuple[Entry, ...]:
    if not too:
        return ()
    names = "; ".join(scene.services.title(found.body) for found in too)
    return (Entry(lines=(scene.labels.text("handbook.see_also", name=names),)),)


def _places(
    scene: Scene, layer: str, here: Sequence[Listing], contents: Contents
) -> tuple[Section, ...]:
    groups: dict[str, list[Listing]] = {}
    for found in sorted(here, key=_nearest_first):
        groups.setdefault(_where(scene, found), []).append(found)
    return tuple(
        Section(
            f"layer-{layer}-{number}",
            capital(place),
            tuple(_entry(scene, found, scene.zones_of(found, contents.country)) for found in group),
        )
        for number, (place, group) in enumerate(groups.items(), 1)
    )


def _nearest_first(found: Listing) -> tuple[int, str]:
    """Sort cities by name, then what is for the whole country, then what must not be found."""
    return (2 if is_withheld(found) else 0 if found.cities else 1, "".join(found.cities))


def _where(scene: Scene, found: Listing) -> str:
    if is_withheld(found):
        return scene.labels.text("services.place_withheld")
    return scene.services.where(found)


def _entry(scene: Scene, found: Listing, zones: Sequence[str]) -> Entry:
    title = scene.services.title(found.body)
    if is_withheld(found):
        return Entry(title, reach(scene, found))
    nothing = scene.labels.text("services.unknown")
    empty = {
        scene.labels.text(message, **{name: nothing}) for message, name in _MAY_BE_UNKNOWN.items()
    }
    _, *lines = scene.services.details(found, zones).split("\n")
    return Entry(title, tuple(line for line in lines if line not in empty))

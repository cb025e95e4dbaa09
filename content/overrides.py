"""What a country's pack, or a region's pack inside it, says otherwise: wordings, menu, rules.

``messages``: language to message id to wording. ``menu``: ids of choices that come first in
the menu. ``rules``: ``first_lines`` (ids of lines that come first for their purpose). A region
is a circle around cities: ``cities``, ``within_km``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from content.reply import Choice
from directory.gazetteer import Gazetteer, Place, distance_km

_AROUND_KM = 25.0
# Says that carry the main menu.
_MENUS = frozenset({"menu.show", "greet.hello", "gibberish.menu", "scope.out", "language.changed"})


@dataclass(frozen=True)
class Overrides:
    """What a pack and its region say otherwise.

    Attributes:
    messages: Language to message id to wording.
    menu: Ids of choices that come first in the main menu, in order.
    rules: Name to value.
    """

    messages: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    menu: Sequence[str] = ()
    rules: Mapping[str, Any] = field(default_factory=dict)

    @property
    def first_lines(self) -> Sequence[str]:
        """Ids of lines that come first for their purpose."""
        return list(self.rules.get("first_lines", ()))

    def in_order(self, say: str, choices: Sequence[Choice]) -> list[Choice]:
        """Return the choices of a say; the main menu's in the pack's order."""
        if say not in _MENUS or not self.menu:
            return list(choices)
        wanted = list(self.menu)
        return sorted(
            choices,
            key=lambda choice: wanted.index(choice.id) if choice.id in wanted else len(wanted),
        )


NO_OVERRIDES = Overrides()


def overrides_of(
    pack: Mapping[str, Any] | None, here: Place | None, places: Gazetteer
) -> Overrides:
    """Return what holds for a place in a pack's country; a region's word beats the country's."""
    if pack is None:
        return NO_OVERRIDES
    regions = (pack.get("regions") or {}).values()
    parts = [pack, *(region for region in regions if _inside(region, pack, here, places))]
    messages: dict[str, dict[str, str]] = {}
    for part in parts:
        for language, wordings in (part.get("messages") or {}).items():
            messages.setdefault(language, {}).update(wordings)
    menus = [part["menu"] for part in parts if part.get("menu")]
    rules = {name: value for part in parts for name, value in (part.get("rules") or {}).items()}
    return Overrides(messages, menus[-1] if menus else (), rules)


def _inside(
    region: Mapping[str, Any], pack: Mapping[str, Any], here: Place | None, places: Gazetteer
) -> bool:
    if here is None or here.country != pack["country"]:
        return False
    cities = [places.named(name, here.country) for name in region["cities"]]
    points = [(city.latitude, city.longitude) for city in cities if city]
    away = distance_km(here, points)
    return away is not None and away <= float(region.get("within_km", _AROUND_KM))

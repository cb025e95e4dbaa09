"""The thanks for a note that a service exists nowhere."""

from __future__ import annotations

from content.answers.values import code, codes
from content.reply import Part
from content.scene import Scene
from wire.say import Say


async def answer(scene: Scene, say: Say) -> Part:
    """Return what was noted: the kind and the country, and nothing else."""
    kinds = scene.labels.each("kind", codes(say, "kinds"))
    country = scene.labels.country(code(say, "country") or "")
    return Part((scene.labels.text("gap.noted", kinds=kinds, country=country),))

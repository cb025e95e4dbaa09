"""The last step of an exercise says where the exercise was read."""

from __future__ import annotations

import re

from content import dates
from content.answers import plain
from content.reply import Part
from content.scene import Scene
from wire.say import Say

# Message of the last step to the exercise; data/coping/exercises.yml says how many there are.
LAST_STEPS = {
    "coping.grounding.3": "grounding",
    "coping.breathing.2": "breathing",
    "coping.muscles.3": "muscles",
    "coping.sleep.3": "sleep",
    "coping.child.3": "child",
    "coping.first_aid.4": "first_aid",
}
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-\d{2})?)?")


async def answer(scene: Scene, say: Say) -> Part:
    """Return the step, and under it the source that the exercise follows most."""
    said = await plain.answer(scene, say)
    row = scene.tables.coping_sources[LAST_STEPS[say.message]][0]
    # Some pages give no date, and say so in words of their own.
    date = str(row["date"]) if _DATE.fullmatch(str(row["date"])) else "unknown"
    entry = {"source": {"title": row["title"], "published": date}}
    named = dates.source(entry, scene.messages, scene.language)
    source = scene.labels.text("source.line", sources=named, verified="").strip()
    return Part(("\n".join([*said.texts, source]),), said.choices)

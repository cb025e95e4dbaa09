"""How it was: where the question is said, and what is told to whoever answers it."""

from __future__ import annotations

from content.answers import plain
from content.answers.changes import latest
from content.entries import ASK, read_entries
from content.reply import Part
from content.scene import Scene
from wire.say import Say

THANKS = ("feedback.good", "feedback.so_so", "feedback.wrong")
_SMS = "sms"  # each segment costs: whoever wants to say something can write it
Said = list[tuple[Say, Part]]


def without_question(scene: Scene, parts: Said) -> Said:
    """Return what is said, without the three faces where nothing was told or segments cost."""
    if scene.channel != _SMS and any(part.about for _, part in parts):
        return parts
    return [(say, part) for say, part in parts if say.message != ASK]


async def answer(scene: Scene, say: Say) -> Part:
    """Return the thanks, and what was changed last where they are because people told us."""
    said = await plain.answer(scene, say)
    about = read_entries(say.values.get("about"))
    changed = await latest(scene, about[0].country) if about else []
    return Part((*said.texts, *changed), said.choices)

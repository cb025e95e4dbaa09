"""Words of distress and what a layer of support is: with practical help, and the right to care."""

from __future__ import annotations

from content.answers import plain
from content.answers.mental_health_right import mental_health_line
from content.answers.values import code
from content.reply import Part
from content.scene import Scene
from wire.say import Say

DISTRESS = (
    "distress_anxiety",
    "low_mood_grief",
    "sleep_nightmares_trauma",
    "loneliness",
    "asylum_procedure_stress",
    "substance_use",
    "family_relationship_conflict",
    "child_distress_parenting",
    "discrimination_racism",
)
LAYERS = (
    "protection",
    "broader_community",
    "basic_psychosocial",
    "focused_psychosocial",
    "psychological_support",
    "specialised_care",
)


async def distress(scene: Scene, say: Say) -> Part:
    """Return words for what weighs on somebody: what follows first, practical help last."""
    said = await plain.answer(scene, say)
    before = [scene.labels.text("support.what_follows")] if say.values.get("heavy") else []
    return Part(("\n".join([*before, *said.texts, *_practical(scene, say)]),), said.choices)


async def answer(scene: Scene, say: Say) -> Part:
    """Return what a layer offers, with practical help where no list follows that has it."""
    said = await plain.answer(scene, say)
    return Part(("\n".join([*said.texts, *_practical(scene, say)]),), said.choices)


async def beside(scene: Scene, say: Say) -> Part:
    """Return what stands beside a list of places: practical help, and the right to care."""
    right = await mental_health_line(scene, code(say, "country"), code(say, "status"))
    return Part(("\n".join([*_practical(scene, say), *right]),))


def _practical(scene: Scene, say: Say) -> list[str]:
    kind = code(say, "practical")
    if kind is None:
        return []
    return [scene.labels.text("support.beside", kinds=scene.labels.of("kind", kind))]

"""A card to show at a desk, in a language of the country and in the person's own."""

from __future__ import annotations

from content.answers.values import code
from content.desk_words import DeskCard, desk_texts
from content.general_care import rules_of
from content.messages import SOURCE_LANGUAGE
from content.reply import Part
from content.scene import Scene
from wire.say import Say

_BY_RULE = "right"


async def answer(scene: Scene, say: Say) -> Part:
    """Return the card, one message a language, the country's last; or that there is none."""
    country = await scene.country(code(say, "country"))
    name, care = code(say, "card") or "interpreter", code(say, "care")
    chosen = None
    if country is not None and name != "interpreter":
        rules = await rules_of(scene, country)
        chosen = rules.chosen(code(say, "status") or "prefer_not_to_say", care)
    card = DeskCard(name, care, chosen)
    if name == _BY_RULE and not card.gives_right:
        return Part((scene.labels.text("desk.no_right"),))
    languages = list(country.pack["languages"]) if country else [SOURCE_LANGUAGE]
    *theirs, own = ["\n".join(text.lines) for text in desk_texts(scene, languages, card)]
    heading = scene.labels.text("desk.show")
    # In a message of its own, each language runs in its own direction.
    return Part((f"{heading}:\n{own}", *theirs))

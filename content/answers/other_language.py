"""Which language an answer can be told in: asked when one is not whole, or not certain."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from content.languages import whole
from content.messages import SOURCE_LANGUAGE
from content.reply import Choice, Reply
from content.scene import Scene
from wire.choice import write_choice
from wire.decision import Decision
from wire.strict import WireError

_NOTICE = "notice.short"  # told once, so it is not lost with what cannot be told
_MOST = 6  # languages offered for one answer: their speakers' second ones come first


async def offer_another(scene: Scene, decision: Decision) -> Reply:
    """Return the numbers, and the languages that the answer can be told in as choices."""
    told = scene.labels.text("language.tell_in")
    noticed = any(say.message == _NOTICE for say in decision.says)
    before = (scene.labels.text(_NOTICE),) if noticed else ()
    line = await scene.emergency_line(_country(decision))
    tags = whole(scene.tables.languages, scene.language)[:_MOST]
    choices = _again(scene, decision, "tell_in", tags)
    texts, says = (*before, f"{told}\n{line}"), ("language.tell_in",)
    return Reply(scene.language, texts, choices, (_NOTICE, *says) if before else says)


async def ask_which(scene: Scene, decision: Decision) -> Reply:
    """Return every language by its own name, the likeliest first; the question is not lost."""
    tags = list(dict.fromkeys([scene.language, *scene.tables.languages]))
    asked = dict.fromkeys(
        scene.messages.text("language.ask", tag) for tag in (scene.language, SOURCE_LANGUAGE)
    )
    line = await scene.emergency_line(_country(decision))
    choices = _again(scene, decision, "speaks", tags)
    return Reply(scene.language, ("\n".join([*asked, line]),), choices, ("language.ask",))


def _country(decision: Decision) -> str | None:
    country = decision.state.slots.get("country")
    return country if isinstance(country, str) else None


def _again(scene: Scene, decision: Decision, slot: str, tags: Sequence[str]) -> tuple[Choice, ...]:
    return tuple(
        Choice(_same(decision, {slot: tag}), scene.tables.languages[tag].name) for tag in tags
    )


def _same(decision: Decision, told: Mapping[str, str]) -> str:
    """Return the choice that asks the same once more. What is in the state need not be said."""
    codes = {name: code for name, code in decision.entities.items() if isinstance(code, str)}
    try:
        return write_choice(decision.intent, {**codes, **told})
    except WireError:  # too long for an id
        return write_choice(decision.intent, told)

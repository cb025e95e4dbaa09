"""Says that are one message: filled with the few things they name."""

from __future__ import annotations

from content.answers.values import code
from content.messages import placeholders
from content.reply import Choice, Part
from content.scene import Scene
from content.steering_words import EXIT, SAFE_WORD
from directory.queries import countries
from wire.choice import write_choice
from wire.say import Say

# Every menu carries the emergency line.
_WITH_EMERGENCY = ("menu.", "greet.", "gibberish.", "unsure.", "scope.")
_MOST_COUNTRIES = 6


async def answer(scene: Scene, say: Say) -> Part:
    """Return the message of a say with its placeholders filled."""
    message = "ask.city_and_country" if _asks_both(say) else say.message
    wording = scene.messages.wording(message, scene.language).text
    values = {name: await _value(scene, say, name) for name in placeholders(wording)}
    text = scene.labels.text(message, **values)
    if say.message.startswith(_WITH_EMERGENCY):
        text = f"{text}\n{await scene.emergency_line(code(say, 'country'))}"
    return Part((text,), await _more_choices(scene, say))


def _asks_both(say: Say) -> bool:
    return say.message == "ask.city" and code(say, "country") is None


async def _value(scene: Scene, say: Say, name: str) -> str:
    country = code(say, "country")
    if name == "emergency":
        known = await scene.country(country)
        return (known.emergency_number() if known else None) or "112 / 911"
    if name in ("word", "exit"):
        way = SAFE_WORD if name == "word" else EXIT
        return scene.tables.steering.told(way, scene.language)
    if name == "code":
        return code(say, "code") or ""
    if name == "place":
        city = code(say, "city")
        return scene.labels.city_and_country(city) if city else scene.labels.country(country or "")
    return scene.labels.country(country) if country else ""


async def _more_choices(scene: Scene, say: Say) -> tuple[Choice, ...]:
    if say.message == "ask.country":
        known = await countries(scene.session)
        usual = [c for c in scene.tables.languages[scene.language].countries if c in known]
        return tuple(
            scene.choice(write_choice("inform", {"country": c})) for c in usual[:_MOST_COUNTRIES]
        )
    if say.message == "language.choose":
        return tuple(
            scene.choice(write_choice("change_language", {"language": language}))
            for language in scene.tables.languages
        )
    return ()

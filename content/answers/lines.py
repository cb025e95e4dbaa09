"""Lines to call, by country and purpose; and the answer to danger."""

from __future__ import annotations

from dataclasses import replace

from content.answers.nearby import near, nearest_to_call
from content.answers.rights import no_pack
from content.answers.values import code, codes
from content.danger_words import PLACES, Asked, DangerWords
from content.entries import write_entries
from content.reply import Part
from content.scene import Scene
from content.steering_words import SAFE_WORD
from directory.parts import Part as Entries
from wire.say import Say

_SMS = "sms"  # its segments may come late or alone, so the first one holds a number to call


async def answer(scene: Scene, say: Say) -> Part:
    """Return the lines of some purposes in a country, emergency number always with them."""
    country_code = code(say, "country")
    if country_code is None:
        return Part((scene.labels.text("menu.emergency_unknown"),))
    country = await scene.country(country_code)
    if country is None:
        return await no_pack(scene, country_code)
    today = scene.now.date()
    labels = scene.labels
    wanted = codes(say, "purposes")
    found = [line for purpose in wanted for line in country.for_purpose(purpose, today)]
    unique = list({line["id"]: line for line in found}.values())
    if not unique:
        none = labels.text(
            "lines.none",
            country=labels.country(country_code),
            purposes=labels.each("purpose", wanted, style="or"),
            number=country.emergency_number() or "112",
        )
        return Part((none,))
    said = [scene.lines.line(line, country.zones) for line in unique]
    header = labels.text("lines.header", country=labels.country(country_code))
    told = write_entries(Entries.HELPLINES, country_code, [line["id"] for line in unique])
    text = "\n".join([header, *said, await scene.emergency_line(country_code)])
    return Part((text,), about=told)


async def danger(scene: Scene, say: Say) -> Part:
    """Return whom to call for a risk, before anything else."""
    risk = say.message.removeprefix("danger.")
    country = await scene.country(code(say, "country"))
    word = scene.tables.steering.told(SAFE_WORD, scene.language)
    words = DangerWords(scene.labels, scene.lines, scene.now.date(), word)
    asked = Asked(
        risk,
        urgency=code(say, "urgency") or "careful",
        for_whom=code(say, "for_whom"),
        age_group=code(say, "age_group"),
        number_first=scene.channel == _SMS,
    )
    found = words.lines_for(risk, country, young=asked.young) if country else None
    if country is not None and not found:
        asked = replace(asked, nearest=await _nearest(scene, say, risk, country.code))
    return Part(tuple(words.answer(asked, country, found)))


async def _nearest(scene: Scene, say: Say, risk: str, country: str) -> tuple[str, ...]:
    """Return the nearest place that is known for a risk, in lines; none where none is."""
    found = await nearest_to_call(scene, near(scene, say, country), PLACES.get(risk, ()))
    return (scene.labels.text("danger.nearest"), found) if found else ()

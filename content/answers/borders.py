"""Lines of the country that somebody comes from, and its consulates: never first, never alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from content import dates
from content.answers.values import code
from content.cards import Card
from content.lines import Line
from content.reply import Part
from content.scene import Scene
from content.validity import in_force
from wire.say import Say

# Whoever asked a state for protection from their own hears of a lawyer first.
_FEARS_STATE = frozenset({"asylum_seeker", "refugee", "stateless"})
_SPOKEN = ("voice", "sms", "whatsapp")


async def origin_lines(scene: Scene, say: Say) -> Part:
    """Return the lines of a country for its people abroad; the local line was said before."""
    origin = code(say, "origin") or ""
    country = await scene.country(origin)
    rows = scene.tables.cards.origin_lines.get(origin, ())
    known = {str(line["id"]): line for line in country.lines} if country else {}
    today = scene.now.date()
    told = [
        _line(scene, known[row["id"]], row, country.zones)
        for row in rows
        if country and row["id"] in known and in_force(known[row["id"]], today)
    ]
    if not told:
        return Part(())
    lines = [scene.labels.text("origin.header", country=scene.labels.country(origin)), *told]
    if code(say, "status") in _FEARS_STATE:
        lines.insert(0, _lawyer_first(scene))
    return Part(("\n".join(lines),))


async def consulates(scene: Scene, say: Say, part: Part) -> Part:
    """Return an answer about consulates: behind the lawyer, and with those of the own country.

    The sentence stands there whatever the status: nobody has to say theirs to be warned.
    """
    origin = await scene.country(code(say, "origin"))
    known = origin.consulates(scene.now.date()) if origin else []
    own = [scene.lines.line(line, origin.zones) for line in known if origin]
    if own and not part.choices:  # nothing else was found where the person is
        emergency = await scene.emergency_line(code(say, "country"))
        return Part(("\n".join([_lawyer_first(scene), *own, emergency]),))
    first, *others = part.texts
    return replace(part, texts=("\n".join([_lawyer_first(scene), first, *own]), *others))


def _lawyer_first(scene: Scene) -> str:
    return scene.labels.text("origin.lawyer_first")


def _line(scene: Scene, line: Line, row: Card, zones: Sequence[str]) -> str:
    labels = scene.labels
    details = [_hours(scene, line, row, zones)]
    if row.get("home_number"):
        details.append(labels.text("origin.home_number"))
    if row.get("seen"):
        date = dates.published(str(row["seen"]), scene.messages, scene.language)
        details.append(labels.text("origin.seen", date=date))
    details.append(scene.lines.source(line))
    ways = ", ".join(_ways(scene, line))
    return labels.text(
        "lines.line", name=scene.lines.title(line), way=ways, details=", ".join(details)
    )


def _ways(scene: Scene, line: Line) -> list[str]:
    """Return numbers as one writes them from another country; pages only where there is none."""
    ways = []
    for number in line["numbers"]:
        said = str(number.get("e164") or number["number"])
        if number["kind"] in _SPOKEN[1:]:
            said = scene.labels.text(f"lines.{number['kind']}", number=said)
        ways.append(said)
    return ways or [str(page["url"]) for page in line["web"]]


def _hours(scene: Scene, line: Line, row: Card, zones: Sequence[str]) -> str:
    """Return the hours, or both statements where sources disagree."""
    told = _in_words(scene, line["hours"], zones)
    if not row.get("hours_also"):
        return told
    other = _in_words(scene, row["hours_also"], zones)
    return scene.labels.text("origin.hours_differ", hours=told, other=other)


def _in_words(scene: Scene, hours: Mapping[str, Any], zones: Sequence[str]) -> str:
    return dates.hours(hours, scene.messages, scene.language, now=scene.now, zones=zones)

"""One page for the first days: numbers, where to begin, what is free, what to bring or show."""

from __future__ import annotations

from collections.abc import Sequence

from content import dates
from content.desk_words import DeskCard, DeskText, desk_texts
from content.first_doors import first_places, who_can_be_asked
from content.general_care import CARES, STATUSES, Rules, status_words
from content.handbook.chapters import capital, place_entry
from content.handbook.contents import Contents, is_withheld
from content.handbook.document import Document, Entry, Section
from content.lines import Line
from content.rights_choice import Fact
from content.scene import Scene
from content.validity import confirmed

_PURPOSES = ("asylum_refugee_info", "gbv", "suicide_mental_health", "child")
# What fits one page in the longest of our languages.
_EMERGENCIES, _PLACES, _FREE, _PAPERS = 3, 2, 6, 7
# Characters that fit in large and in medium letters.
_SIZES = (("large", 1100), ("medium", 1700))
_NONE = "no_documents_needed"
_SHOWN = ("interpreter", "emergency")


async def arrival_card(scene: Scene, contents: Contents) -> Document:
    """Return the card of a country in the language of the scene."""
    labels = scene.labels
    made = dates.day(scene.now.date().isoformat(), scene.language)
    sections = (
        _numbers(scene, contents),
        await _doors(scene, contents),
        _free(scene, contents.rules),
        _papers(scene, contents.rules),
        _shown(scene, list(contents.country.pack["languages"])),
    )
    return Document(
        kind="card",
        size=_size(sections),
        language=scene.language,
        title=labels.text("card.title", country=labels.country(contents.country.code)),
        opening=(),
        sections=sections,
        closing=f"{labels.text('card.calm')} {labels.text('handbook.made', date=made)}",
        numbers=contents.numbers,
    )


def _size(sections: Sequence[Section]) -> str:
    """Return how large a card is printed, by how much stands on it."""
    texts = [line for s in sections for entry in s.entries for line in (entry.title, *entry.lines)]
    length = sum(map(len, texts))
    return next((size for size, most in _SIZES if length <= most), "small")


def _numbers(scene: Scene, contents: Contents) -> Section:
    country, today = contents.country, contents.rules.today
    loud = [
        Entry(str(line["numbers"][0]["number"]), (capital(scene.lines.kind(line)),), loud=True)
        for line in country.emergencies()[:_EMERGENCIES]
    ]
    found: dict[str, Entry] = {}
    for purpose in _PURPOSES:
        for line in country.for_purpose(purpose, today):
            if line["id"] not in found and line["numbers"] and confirmed(line):
                found[line["id"]] = Entry(lines=(_line(scene, purpose, line),))
                break
    heading = scene.labels.text("handbook.lines")
    return Section("numbers", heading, (*loud, *found.values()))


def _line(scene: Scene, purpose: str, line: Line) -> str:
    way = scene.lines.ways({**line, "web": [], "email": []})[0]
    return f"{capital(scene.labels.of('purpose', purpose))}: {scene.lines.title(line)}, {way}"


async def _doors(scene: Scene, contents: Contents) -> Section:
    asked = await who_can_be_asked(scene, contents.country)
    places = await first_places(scene, contents.country, _PLACES)
    entries = (
        *(Entry(lines=(scene.labels.text("rights.ask_here", place=place),)) for place in asked),
        *(place_entry(scene, found) for found in places if not is_withheld(found)),
    )
    return Section("doors", scene.labels.text("choice.profile_door"), entries)


def _free(scene: Scene, rules: Rules) -> Section:
    labels, rows = scene.labels, _free_care(rules)
    said = [
        f"{capital(labels.each('care', cares))}: {status_words(labels, statuses)}"
        for statuses, cares in list(rows.items())[:_FREE]
    ]
    last = labels.text("profile.in_short" if said else "card.free_unknown")
    return Section("free", labels.text("card.free"), (Entry(lines=(*said, last)),))


def _free_care(rules: Rules) -> dict[tuple[str, ...], list[str]]:
    """Return the cares that are free, by the statuses they are free for."""
    rows: dict[str, list[str]] = {}
    for status in STATUSES:
        for care, chosen in rules.own(status).items():
            if any(fact is not None and _is_free(fact) for fact in (chosen.main, *chosen.beside)):
                rows.setdefault(care, []).append(status)
    grouped: dict[tuple[str, ...], list[str]] = {}
    for care in CARES:
        if care in rows:
            grouped.setdefault(tuple(rows[care]), []).append(care)
    return grouped


def _is_free(fact: Fact) -> bool:
    return fact["cost"]["kind"] == "free" and fact["entitlement"] in ("full", "partial")


def _papers(scene: Scene, rules: Rules) -> Section:
    labels = scene.labels
    asked = [
        code
        for status in STATUSES
        for chosen in rules.own(status).values()
        for code in (chosen.main["documents"] if chosen.main else ())
    ]
    named = dict.fromkeys(code for code in asked if code != _NONE)
    often = sorted(named, key=lambda code: -asked.count(code))[:_PAPERS]
    said = [capital(labels.of("document", code)) for code in often]
    lines = tuple(said or [labels.text("rights.bring_unknown")])
    return Section("papers", labels.text("card.bring"), (Entry(lines=lines),))


def _shown(scene: Scene, languages: list[str]) -> Section:
    # Whoever speaks the language of the country needs nobody to interpret it.
    wanted = [name for name in _SHOWN if name != "interpreter" or scene.language not in languages]
    cards = [desk_texts(scene, languages, DeskCard(name)) for name in wanted]
    tags = list(dict.fromkeys(text.language for texts in cards for text in texts))
    entries = [
        Entry(lines=_in(tag, cards), language=tag, loud=tag != scene.language) for tag in tags
    ]
    return Section("show", scene.labels.text("desk.show"), tuple(entries))


def _in(tag: str, cards: Sequence[Sequence[DeskText]]) -> tuple[str, ...]:
    return tuple(
        line for texts in cards for text in texts if text.language == tag for line in text.lines
    )

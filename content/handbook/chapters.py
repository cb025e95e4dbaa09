"""The chapters of a handbook that are short: numbers, where to begin, gaps, sources."""

from __future__ import annotations

from content import dates
from content.first_doors import first_places, who_can_be_asked
from content.freshness import source_date
from content.gaps import gap_lines, gaps_of
from content.general_care import status_words
from content.handbook.contents import Contents, is_withheld
from content.handbook.document import Entry, Section
from content.handbook.reach import reach
from content.scene import Scene
from directory.listing import Listing

_PLACES = 5


def opening(scene: Scene, contents: Contents) -> tuple[str, ...]:
    """Return when it was made, how much stands in it, and how old and how checked that is."""
    labels, entries = scene.labels, contents.entries
    dated = [day for entry in entries if (day := source_date(entry))]
    checked = sum(entry["verified"] != "never" for entry in entries)
    said = [
        labels.text("handbook.made", date=dates.day(scene.now.date().isoformat(), scene.language)),
        labels.text("handbook.entries", number=str(len(entries))),
        labels.text("handbook.checked", number=str(checked)),
    ]
    if dated:
        oldest = dates.published(f"{min(dated):%Y-%m}", scene.messages, scene.language)
        said.append(labels.text("handbook.oldest", date=oldest))
    return tuple(said)


def numbers(scene: Scene, contents: Contents) -> Section:
    """Return the chapter of numbers: emergencies first, then by what a line is for."""
    country, labels = contents.country, scene.labels
    loud = [
        Entry(", ".join(scene.lines.ways(line)), (scene.lines.name(line),), loud=True)
        for line in country.emergencies()
    ]
    groups: dict[str, list[Entry]] = {}
    for line in contents.lines:
        entry = Entry(lines=(scene.lines.line(line, country.zones),))
        groups.setdefault(line["purpose"][0], []).append(entry)
    parts = [
        Section(f"line-{purpose}", capital(labels.of("purpose", purpose)), tuple(entries))
        for purpose, entries in groups.items()
    ]
    return Section("numbers", labels.text("handbook.lines"), tuple(loud), tuple(parts))


async def doors(scene: Scene, contents: Contents) -> Section:
    """Return the chapter on where to begin: who can be asked, places, first steps."""
    country, labels = contents.country, scene.labels
    asked = await who_can_be_asked(scene, country)
    places = await first_places(scene, country, _PLACES)
    steps = [
        Entry(capital(status_words(labels, statuses)), (labels.of("step", step),))
        for step, statuses in contents.rules.first_steps().items()
    ]
    entries = [
        *(Entry(lines=(labels.text("rights.ask_here", place=place),)) for place in asked),
        *(place_entry(scene, found) for found in places if not is_withheld(found)),
        *steps,
    ]
    return Section("doors", labels.text("choice.profile_door"), tuple(entries))


def place_entry(scene: Scene, found: Listing) -> Entry:
    """Return a place in short: its name and city, and how to reach it."""
    title = f"{scene.services.title(found.body)} ({scene.services.where(found)})"
    return Entry(title, (*reach(scene, found), *_instead_of_a_number(scene, found)))


def _instead_of_a_number(scene: Scene, found: Listing) -> list[str]:
    body = found.body
    if is_withheld(found) or body["phones"] or body["whatsapp"]:
        return []
    address = [scene.labels.text("services.address", address=a) for a in body["addresses"][:1]]
    web = [scene.labels.text("services.web", url=body["url"])] if body.get("url") else []
    return address or web


def gaps(scene: Scene, contents: Contents) -> Section:
    """Return the chapter on what is not known, by status too."""
    labels = scene.labels
    found = gaps_of(contents.country, contents.rules, contents.services)
    cells = [
        Entry(
            capital(labels.of("status_phrase", status)),
            (labels.text("gaps.cares", cares=labels.each("care", cares)),),
        )
        for status, cares in found.cells.items()
    ]
    entries = (Entry(lines=tuple(gap_lines(found, labels))), *cells)
    return Section("gaps", labels.text("choice.profile_gaps"), entries)


def sources(scene: Scene, contents: Contents) -> Section:
    """Return the chapter of sources: name, date and address of each, without repeats."""
    named: dict[str, str] = {}
    for entry in contents.sourced:
        told = dates.source(entry, scene.messages, scene.language)
        named.setdefault(told, str(entry["source"].get("url") or ""))
    entries = [Entry(lines=(f"{told} {url}".strip(),)) for told, url in named.items()]
    return Section("sources", scene.labels.text("choice.profile_sources"), tuple(entries))


def capital(text: str) -> str:
    """Return a text with its first letter as at the start of a line."""
    return text[:1].upper() + text[1:]

"""A document as one HTML page that needs nothing else: no picture, font, script or address."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

from babel import Locale

from content.handbook.document import Document, Entry, Section
from content.handbook.marked import Marker

_STYLES = Path(__file__).parent
_DEEPEST = 6  # HTML has no heading below


def direction(language: str) -> str:
    """Return ``rtl`` for a language that is written from right to left, else ``ltr``."""
    return str(Locale.parse(language, sep="-").text_direction)


def page(document: Document) -> str:
    """Return a document as HTML."""
    marker = _marker(document, document.language)
    skip = f'<a class="skip" href="#text">{escape(document.skip)}</a>' if document.skip else ""
    return "\n".join(
        [
            "<!doctype html>",
            f'<html lang="{document.language}" dir="{direction(document.language)}">',
            "<head>",
            '<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="referrer" content="no-referrer">',
            # Also for whoever opens the file in a browser that would ask for an icon.
            '<link rel="icon" href="data:,">',
            f"<title>{escape(document.title)}</title>",
            f"<style>\n{_style(document.kind)}</style>",
            "</head>",
            f'<body class="{document.kind} {document.size}">',
            *([skip] if skip else []),
            "<header>",
            f"<h1>{marker.html(document.title)}</h1>",
            *(f"<p>{marker.html(line)}</p>" for line in document.opening),
            "</header>",
            *_contents(document, marker),
            '<main id="text">',
            *(line for section in document.sections for line in _section(document, section, 2)),
            "</main>",
            *(
                [f"<footer><p>{marker.html(document.closing)}</p></footer>"]
                if document.closing
                else []
            ),
            "</body>",
            "</html>",
            "",
        ]
    )


def _style(kind: str) -> str:
    return "".join((_STYLES / f"{name}.css").read_text("utf-8") for name in ("paper", kind))


def _marker(document: Document, language: str) -> Marker:
    return Marker(document.numbers, right_to_left=direction(language) == "rtl")


def _contents(document: Document, marker: Marker) -> Iterator[str]:
    if not document.contents:
        return
    yield f'<nav aria-labelledby="contents"><h2 id="contents">{escape(document.contents)}</h2><ul>'
    for section in document.sections:
        yield f"<li>{_link(section, marker)}"
        if section.parts:
            yield "<ul>"
            yield from (f"<li>{_link(part, marker)}</li>" for part in section.parts)
            yield "</ul>"
        yield "</li>"
    yield "</ul></nav>"


def _link(section: Section, marker: Marker) -> str:
    return f'<a href="#{section.id}">{marker.html(section.heading, linked=False)}</a>'


def _section(document: Document, section: Section, level: int) -> Iterator[str]:
    marker = _marker(document, document.language)
    name = f"h{min(level, _DEEPEST)}"
    yield f'<section id="{section.id}" class="level{level}">'
    yield f"<{name}>{marker.html(section.heading, linked=False)}</{name}>"
    for entry in section.entries:
        yield from _entry(document, entry, level + 1)
    for part in section.parts:
        yield from _section(document, part, level + 1)
    yield "</section>"


def _entry(document: Document, entry: Entry, level: int) -> Iterator[str]:
    language = entry.language or document.language
    marker = _marker(document, language)
    loud = " loud" if entry.loud else ""
    other = f' lang="{language}" dir="{direction(language)}"' if entry.language else ""
    yield f'<div class="entry{loud}"{other}>'
    if entry.title:
        name = f"h{min(level, _DEEPEST)}"
        yield f"<{name}>{marker.html(entry.title)}</{name}>"
    yield from (f"<p>{marker.html(line)}</p>" for line in entry.lines)
    yield "</div>"

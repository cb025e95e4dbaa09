"""Writes a country's pack as a page and, where a browser can print it, as a PDF."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

from content.handbook.contents import Contents, contents_of
from content.handbook.document import Document
from content.handbook.opening import open_scene
from content.handbook.page import page
from content.languages import Language
from content.messages import read_messages
from content.scene import Scene
from content.tables import read_tables
from delivery.clock import now
from directory.pack_files import pack_folders
from faro.errors import FaroError
from faro.printing import browser, print_pdf
from faro.progress import tell
from faro.root import MESSAGES, PACKS, PLACES, ROOT, shown
from faro.running import running_packs

NO_PDF = 3  # exit code: the page was written, the PDF was not
Compose = Callable[[Scene, Contents], Awaitable[Document]]


async def write_paper(
    compose: Compose, kind: str, *, country: str, language: str, output: Path | None
) -> int:
    """Write a document and print where it stands; return the exit code.

    Args:
        compose: Makes the document.
        kind: Stands in the name of the file.
        country: ISO 3166-1 alpha-2, in any case.
        language: BCP 47 tag.
        output: The page; the PDF stands beside it. None: in this folder.

    Raises:
        FaroError: There is no such pack or language, or the browser does not print.
    """
    country = _country(country)
    tables = read_tables(ROOT / "data")
    _make_sure(language, tables.languages)
    html = (output or Path(f"faro-{kind}-{country}-{language}.html")).with_suffix(".html")
    messages = read_messages(MESSAGES, tuple(tables.languages))
    async with running_packs() as database_url:
        tell(f"Composing the {kind} ...")
        async with open_scene(
            database_url,
            messages,
            tables,
            country=country,
            language=language,
            now=now(),
            places=PLACES,
        ) as scene:
            found = await scene.country(country)
            if found is None:
                raise FaroError(f"{country} has no pack in the database", "Run faro load")
            document = await compose(scene, await contents_of(scene, found))
    html.write_text(page(document), "utf-8")
    print(shown(html))
    return _print(html)


def _print(html: Path) -> int:
    program = browser()
    if program is None:
        tell("No PDF was written: there is no Chromium on the PATH.")
        tell(f"Install chromium and run this again, or open {shown(html)} and print it to PDF.")
        return NO_PDF
    tell("Printing the PDF ...")
    pdf = html.with_suffix(".pdf")
    try:
        print_pdf(html, pdf, program)
    except FaroError as error:
        tell(f"faro: {error}")
        return NO_PDF
    print(shown(pdf))
    return 0


def _country(written: str) -> str:
    known = [folder.name for folder in pack_folders(PACKS)]
    if written.upper() not in known:
        raise FaroError(
            "There is no pack for this country", f"There are packs for {', '.join(known)}"
        )
    return written.upper()


def _make_sure(language: str, rows: Mapping[str, Language]) -> None:
    known = [tag for tag, row in rows.items() if not row.short]
    if language in known:
        return
    row = rows.get(language)
    nearest = next((tag for tag in (row.reads_too if row else ()) if tag in known), None)
    told = f"Choose one of {', '.join(known)}"
    if row is not None:
        only = f"In {language} only greeting, danger and numbers are worded"
        raise FaroError(only, f"{told}; its speakers often read {nearest}" if nearest else told)
    raise FaroError("There is no such language", told)

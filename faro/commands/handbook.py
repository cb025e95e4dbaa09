"""``faro handbook``: a country's whole pack as one page and as a PDF, to print and hand on."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from content.handbook.book import handbook
from faro.interrupts import run
from faro.paper import write_paper


def command(
    country: Annotated[str, typer.Argument(help="Two letters such as SV.")],
    *,
    language: Annotated[str, typer.Option(help="A language such as es.")] = "en",
    output: Annotated[Path | None, typer.Option(help="The page; the PDF stands beside it.")] = None,
) -> None:
    """Write a country's pack as one HTML page and as a PDF.

    Numbers, where to begin, rights by status and care, places by layer, what is not known, and
    every source. The page needs no network and no other file. Prints the paths; leaves with 3
    when there is no Chromium to print the PDF with (the page is written all the same).
    """
    run(write_paper(handbook, "handbook", country=country, language=language, output=output))

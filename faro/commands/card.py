"""``faro card``: the first days in a country on one page, to print and hand out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from content.handbook.arrival_card import arrival_card
from faro.interrupts import run
from faro.paper import write_paper


def command(
    country: Annotated[str, typer.Argument(help="Two letters such as GR.")],
    *,
    language: Annotated[str, typer.Option(help="A language such as ar.")] = "en",
    output: Annotated[Path | None, typer.Option(help="The page; the PDF stands beside it.")] = None,
) -> None:
    """Write a card for the first days: one A4 page, as HTML and as a PDF.

    Numbers, where to begin, what is free, what to bring, and two sentences in a language of the
    country to show at a desk. Prints the paths; leaves with 3 when there is no Chromium to print
    the PDF with (the page is written all the same).
    """
    run(write_paper(arrival_card, "card", country=country, language=language, output=output))

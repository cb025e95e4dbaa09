"""Words for the pages: each is asked for by writing its name."""

from __future__ import annotations

from datetime import datetime

from content.reply import Choice, Reply
from wire.decision import Decision

EXIT_HOST = "www.wikipedia.org"
OFFERED = (Choice("rights_care", "Care and my rights"), Choice("find_service", "A place near me"))
LINES = """In danger: 112.
SOS line: 15900, sos@example.org - day and night, source 2025
Phone: +30 210 861 6280, +30 210 861 6266
Hours: Mon-Fri 09:00-17:00
Cost: 150 euros
See https://example.org/a?b=1."""
ASKED = {
    "arabic": ("ar", "مرحبا. اتصل بالرقم +30 210 861 6280."),
    "spanish": ("es", "Hola. Escriba cuando quiera."),
    "lines": ("en", LINES),
    "markup": ("en", "<img src=x onerror=alert(1)><b>bold</b>"),
    "long": ("en", "\n".join(f"Line {n} of a long answer with many words." for n in range(40))),
    "word": ("en", "a" * 300),
}


class PageRenderer:
    """Says what was asked for, else the number of the turn and what was heard."""

    async def render(
        self,
        decision: Decision,
        *,
        channel: str,
        now: datetime,
        offered: tuple[Choice, ...] = (),
    ) -> Reply:
        values = decision.says[0].values
        heard = str(values.get("heard", ""))
        if heard in ASKED:
            language, text = ASKED[heard]
            return Reply(language, (text,), OFFERED)
        return Reply("en", (f"{values.get('number')}: {heard}",), OFFERED)

    async def numbers(self, *, language: str | None, country: str | None, now: datetime) -> Reply:
        return Reply("en", ("In danger: 112 or 911.",), ())

    async def rumours(self) -> dict[str, list[str]]:
        return {}

    def text(self, message: str, language: str | None) -> str:
        return message

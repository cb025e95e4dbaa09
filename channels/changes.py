"""The public page "you said, we changed": what was changed because people told us.

Written by the server in every language, without a script, for any telephone. Codes and dates only;
small numbers are told as few.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from html import escape

from sqlalchemy.ext.asyncio import AsyncEngine
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from channels.webchat.headers import HEADERS
from channels.webchat.plain import LABELS
from content.direction import runs_right_to_left
from content.languages import Language
from content.messages import SOURCE_LANGUAGE
from content.reply import ToldIn
from delivery.clock import now
from delivery.feedback import public_figures
from delivery.wording import Renderer

_FIGURES_FOR = timedelta(days=91)
# answer -> message of its label.
_ANSWERS: Mapping[str, str] = {
    "good": "choice.feedback_good",
    "so_so": "choice.why_so_so",
    "bad": "choice.why_bad",
    "closed": "choice.why_closed",
    "turned_away": "choice.why_turned_away",
    "asked_for_papers": "choice.why_asked_for_papers",
    "wrong": "choice.why_wrong",
}


@dataclass(frozen=True)
class ChangesPage:
    """What browsers get.

    Attributes:
        engine: To the database with the counts.
        renderer: Puts changes into words.
        languages: Those that are switched on, by their tags.
        exit_url: Where the link out leads.
    """

    engine: AsyncEngine
    renderer: Renderer
    languages: Mapping[str, Language]
    exit_url: str

    def routes(self) -> list[BaseRoute]:
        """Return the route of the page."""
        return [Route("/changes", self._show, methods=["GET"])]

    async def _show(self, request: Request) -> Response:
        language = self._language(request)
        told = await self.renderer.changes(language=language, now=now())
        since = now().date() - _FIGURES_FOR
        figures = await public_figures(self.engine, since=since)
        page = self._page(language, told, figures)
        headers = {**HEADERS, "Content-Language": language, "Vary": "Accept-Language"}
        return HTMLResponse(page, headers=headers)

    def _language(self, request: Request) -> str:
        """Return the language of the link, else the browser's first that we know."""
        accepted = request.headers.get("accept-language", "").split(",")
        wished = [request.query_params.get("language", ""), *accepted]
        tags = (tag.partition(";")[0].strip().partition("-")[0].lower() for tag in wished)
        return next((tag for tag in tags if tag in self.languages), SOURCE_LANGUAGE)

    def _page(
        self, language: str, told: Sequence[ToldIn], figures: Mapping[str, int | None]
    ) -> str:
        def say(message: str) -> str:
            return escape(self.renderer.text(message, language))

        direction = "rtl" if runs_right_to_left(language) else "ltr"
        leave = escape(LABELS.get(language, LABELS[SOURCE_LANGUAGE])["exit"])
        away = escape(self.exit_url, quote=True)
        changes = "".join(map(_country, told))
        return f"""<!doctype html>
<html lang="{language}" dir="{direction}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="referrer" content="no-referrer"><title>{say("changes.title")}</title>
<link rel="stylesheet" href="/webchat/static/changes.css"></head><body>
<header><a id="exit" href="{away}" rel="noreferrer">{leave}</a></header>
<main><h1>{say("changes.title")}</h1><p>{say("changes.intro")}</p>
{changes or f"<p>{say('changes.none')}</p>"}
{self._figures(language, figures)}
<p><a href="/">{say("changes.chat")}</a></p></main>
<nav aria-label="{say("choice.change_language")}">{self._links(language)}</nav></body></html>"""

    def _figures(self, language: str, figures: Mapping[str, int | None]) -> str:
        def say(message: str) -> str:
            return escape(self.renderer.text(message, language))

        rows = "".join(
            f'<tr><th scope="row">{say(label)}</th><td>{figures[answer] or say("changes.fewer")}'
            "</td></tr>"
            for answer, label in _ANSWERS.items()
        )
        return f"<table><caption>{say('changes.figures')}</caption><tbody>{rows}</tbody></table>"

    def _links(self, current: str) -> str:
        return " ".join(
            f'<a href="/changes?language={tag}" lang="{tag}" hreflang="{tag}"'
            f"{' aria-current="true"' if tag == current else ''}>{escape(language.name)}</a>"
            for tag, language in self.languages.items()
        )


def _country(told: ToldIn) -> str:
    # A Latin name in an Arabic line stands on its own: brackets would jump to its other end.
    items = "".join(
        f"<li><b><bdi>{escape(name)}</bdi></b><br>{escape(sentence)}</li>"
        for name, sentence in told.changes
    )
    return f"<h2>{escape(told.country)}</h2><ul>{items}</ul>"

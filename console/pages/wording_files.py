"""Wordings as PO files: downloaded for Poedit or Weblate, looked at, and given to review."""

from __future__ import annotations

import json
from http import HTTPStatus

from starlette.datastructures import UploadFile
from starlette.responses import Response

from console import choices
from console.answers import page, refused, see_other
from console.context import ConsoleRequest
from console.pages.wordings import HOME, known, side_of
from console.routing import route
from console.scoping import may_word
from console.translation import _, ngettext
from console.wording_desk import open_desk
from console.wording_fault_words import told
from console.wording_steps import Written, write
from content.po_files import MOST_BYTES, Report, look_at_file, look_at_texts, write_file

_FILE = "/wordings/{language}/file"
_LARGEST = 2 * MOST_BYTES


@route("/wordings/{language}.po", "wording.see")
async def download(request: ConsoleRequest) -> Response:
    """Return the PO file of a language."""
    language = request.path_params["language"]
    async with request.console.sessions() as session:
        desk = await open_desk(request.console, session)
    if not known(desk, language):
        return refused(request, HTTPStatus.NOT_FOUND)
    headers = {"Content-Disposition": f'attachment; filename="{language}.po"'}
    return Response(
        write_file(desk.now, language), media_type="text/x-gettext-translation", headers=headers
    )


@route(_FILE, "wording.edit")
async def ask(request: ConsoleRequest) -> Response:
    """Ask for a file."""
    return await _page(request, None)


@route(_FILE, "wording.edit", ("POST",), largest=_LARGEST)
async def look(request: ConsoleRequest) -> Response:
    """Show what a file would change, row by row; nothing is taken yet."""
    language = request.path_params["language"]
    form = await request.form(max_part_size=_LARGEST)
    sent = form.get("file")
    if not isinstance(sent, UploadFile) or not sent.filename:
        return await _page(request, None, {"file": _("Choose a PO file.")})
    content = await sent.read()
    if len(content) > MOST_BYTES:
        return refused(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    async with request.console.sessions() as session:
        desk = await open_desk(request.console, session)
    if not known(desk, language):
        return refused(request, HTTPStatus.NOT_FOUND)
    report = look_at_file(desk.now, language, content, desk.folder)
    return await _page(request, report, machine="machine" in form)


@route(f"{_FILE}/take", "wording.edit", ("POST",), largest=_LARGEST)
async def take(request: ConsoleRequest) -> Response:
    """Give the texts of a file that was looked at to review: all of them, or none."""
    language = request.path_params["language"]
    form = await request.form(max_part_size=_LARGEST)
    texts, reason = _texts(str(form.get("texts", ""))), str(form.get("reason", "")).strip()
    if not may_word(request.operator, language):
        return refused(request, HTTPStatus.FORBIDDEN)
    if not texts:
        return refused(request, HTTPStatus.BAD_REQUEST)
    async with request.console.sessions.begin() as session:
        desk = await open_desk(request.console, session)
        if not known(desk, language):
            return refused(request, HTTPStatus.NOT_FOUND)
        report = look_at_texts(desk.now, language, texts, desk.folder)
        if not report.fits or not reason:
            errors = {} if reason else {"reason": _("Say why, for whoever looks at it.")}
            return await _page(request, report, errors, machine="machine" in form)
        written = [
            Written(language, message, text, "machine" in form, reason)
            for message, text in texts.items()
        ]
        await write(session, desk, written, actor=request.operator.name, now=request.now)
    said = ngettext(
        "%(num)d wording is given to review.", "%(num)d wordings are given to review.", len(texts)
    )
    said %= {"num": len(texts)}
    return see_other(request, f"{HOME}/{language}", said)


def _texts(written: str) -> dict[str, str]:
    """Return message to text, as the page of a report holds them; nothing for what it is not."""
    try:
        found = json.loads(written)
    except ValueError:
        return {}
    if not isinstance(found, dict) or not all(isinstance(one, str) for one in found.values()):
        return {}
    return found


async def _page(
    request: ConsoleRequest,
    report: Report | None,
    errors: dict[str, str] | None = None,
    *,
    machine: bool = False,
) -> Response:
    language = request.path_params["language"]
    if language not in dict(choices.tags(request.console.data)):
        return refused(request, HTTPStatus.NOT_FOUND)
    if not may_word(request.operator, language):
        return refused(request, HTTPStatus.FORBIDDEN)
    lines = [(line, told(line.problem)) for line in report.lines] if report else []
    wrong = bool(errors) or (report is not None and not report.fits)
    return page(
        request,
        "wording_file.html",
        HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK,
        tag_code=language,
        name=choices.language_name(language),
        side=side_of(language),
        report=report,
        lines=lines,
        texts=json.dumps(dict(report.changed), ensure_ascii=False) if report else "",
        machine=machine,
        errors=errors or {},
    )


ROUTES = (download, ask, look, take)

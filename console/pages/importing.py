"""Importing a file: template, upload, the report row by row, decisions, and carrying it out."""

from __future__ import annotations

import io
from dataclasses import replace
from http import HTTPStatus
from typing import cast

from starlette.datastructures import UploadFile
from starlette.responses import Response

from console import translation
from console.answers import page, refused, see_other
from console.context import ConsoleRequest
from console.import_jobs import BusyError, Job, Jobs, Phase
from console.import_page import MOST_DECIDED, choices_in, mark_of, shown_of
from console.pages.import_words import field_words, found_words, reason_words
from console.routing import route
from console.translation import _
from directory.exporting import Format, countries
from directory.sheets.faults import FileError
from directory.sheets.guarding import MOST_BYTES
from directory.sheets.template import write_template

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LARGEST = MOST_BYTES + 64 * 1024  # with what a form puts around a file


@route("/imports", "export.run")
async def home(request: ConsoleRequest) -> Response:
    """Show what can be imported and exported."""
    return await _home(request)


@route("/imports/template/{language}", "import.run")
async def template(request: ConsoleRequest) -> Response:
    """Return the empty sheet in a language."""
    language = request.path_params["language"]
    if language not in translation.available():
        return refused(request, HTTPStatus.NOT_FOUND)
    async with request.console.sessions() as session:
        known = await countries(session)
    target = io.BytesIO()
    write_template(target, language=language, countries=known)
    headers = {"Content-Disposition": f'attachment; filename="faro-{language}.xlsx"'}
    return Response(target.getvalue(), media_type=XLSX, headers=headers)


@route("/imports/file", "import.run", ("POST",), largest=_LARGEST)
async def upload(request: ConsoleRequest) -> Response:
    """Begin to look at a file; nothing is changed yet."""
    form = await request.form(max_part_size=_LARGEST)
    sent = form.get("file")
    if not isinstance(sent, UploadFile) or not sent.filename:
        return await _home(request, {"file": _("Choose a file.")})
    try:
        job = _jobs(request).look(sent.filename[-80:], await sent.read(), request.operator)
    except BusyError:
        return await _home(request, {"file": _("Two imports are under way: wait a few minutes.")})
    return see_other(request, f"/imports/{job.id}")


@route("/imports/{job}", "import.run")
async def show(request: ConsoleRequest) -> Response:
    """Show how far an import is, what each row would do, or what was done."""
    job = _job(request)
    if job is None:
        return _gone(request)
    return _page(request, job)


@route("/imports/{job}/carry-out", "import.run", ("POST",))
async def carry_out(request: ConsoleRequest) -> Response:
    """Begin to do what the report says, all of it or nothing."""
    job = _job(request)
    if job is None or job.phase is not Phase.READY or job.report is None:
        return _gone(request)
    if not job.report.is_right or job.report.changes_nothing:
        return refused(request, HTTPStatus.BAD_REQUEST)
    fields = await request.fields()
    choices, undecided = choices_in(job.report, fields)
    errors = {mark: _("Say what becomes of this row.") for mark in undecided}
    if not fields.get("reason"):
        errors["reason"] = _("Write why: it is kept with every change.")
    if errors:
        return _page(request, job, errors, fields)
    _jobs(request).carry_out(job, choices, fields["reason"])
    return see_other(request, f"/imports/{job.id}")


@route("/imports/{job}/leave", "import.run", ("POST",))
async def leave(request: ConsoleRequest) -> Response:
    """Forget an import that was looked at."""
    job = _job(request)
    if job is not None:
        _jobs(request).forget(job)
    return see_other(request, "/imports", _("Nothing was imported, and the file is forgotten."))


async def _home(request: ConsoleRequest, errors: dict[str, str] | None = None) -> Response:
    async with request.console.sessions() as session:
        known = await countries(session)
    return page(
        request,
        "imports.html",
        HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        errors=errors or {},
        may_import=request.operator.may("import.run"),
        formats=[one.value for one in Format],
        countries=[(one, one) for one in known],
        most=MOST_BYTES // (1024 * 1024),
    )


def _page(
    request: ConsoleRequest,
    job: Job,
    errors: dict[str, str] | None = None,
    fields: dict[str, str] | None = None,
) -> Response:
    job = replace(job)  # it goes on while the page is written
    language = translation.language()
    problem = job.problem.told(language) if isinstance(job.problem, FileError) else None
    if problem is None and job.problem is not None:
        problem = _(cast("str", job.problem))
    number = request.query_params.get("page", "1")
    return page(
        request,
        "import.html",
        HTTPStatus.UNPROCESSABLE_ENTITY if errors else HTTPStatus.OK,
        errors=errors or {},
        fields=fields or {},
        job=job,
        problem=problem,
        shown=shown_of(job.report, number) if job.report else None,
        language_of_faults=language,
        found_words=found_words(),
        field_words=field_words,
        reason_words=reason_words(),
        mark=mark_of,
        most_decided=MOST_DECIDED,
        review=not request.operator.may("listing.publish"),
    )


def _job(request: ConsoleRequest) -> Job | None:
    return _jobs(request).find(request.path_params["job"], request.operator)


def _jobs(request: ConsoleRequest) -> Jobs:
    state = request.app.state
    if not hasattr(state, "imports"):
        state.imports = Jobs(request.console)
    return cast("Jobs", state.imports)


def _gone(request: ConsoleRequest) -> Response:
    words = _("This import is over or was forgotten. Upload the file again.")
    return refused(request, HTTPStatus.NOT_FOUND, words)


ROUTES = (home, template, upload, show, carry_out, leave)

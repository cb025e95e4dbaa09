"""Who may sign in: list, add, change, disable, reset. For admins."""

from __future__ import annotations

from http import HTTPStatus

from sqlalchemy.ext.asyncio import AsyncSession
from starlette.datastructures import FormData
from starlette.responses import Response

from console import choices, operator_records
from console.answers import page, refused, see_other
from console.context import ConsoleRequest
from console.models import OperatorRow
from console.operator_records import OperatorError, Told
from console.permissions import Role
from console.routing import route
from console.translation import N_, _
from directory.stewardship import organisations

LIST = "/operators"
_LARGEST = 2**31 - 1  # number of a row


@route(LIST, "operator.manage")
async def operators(request: ConsoleRequest) -> Response:
    """Show everybody who may sign in, and who might once."""
    async with request.console.sessions() as session:
        rows = await operator_records.all_of_them(session)
    listed = [
        {
            "row": row,
            "role": choices.role_name(Role(row.role)),
            "countries": choices.country_names(row.countries),
            "languages": choices.language_names(row.languages),
        }
        for row in rows
    ]
    return page(request, "operators.html", operators=listed)


@route("/operators/new", "operator.manage")
async def new(request: ConsoleRequest) -> Response:
    """Ask who is to be added."""
    return await _form(request, None, {})


@route("/operators/new", "operator.manage", ["POST"])
async def add(request: ConsoleRequest) -> Response:
    """Add an operator, and show the code for their first sign-in once."""
    form = await request.form()
    name = _text(form, "name")
    try:
        told = _told(form)
        async with request.console.sessions.begin() as session:
            code = await operator_records.add(
                session,
                request.console.keys,
                name,
                told,
                actor=request.operator.name,
                now=request.now,
            )
    except OperatorError as error:
        return await _form(request, None, _given(form), error)
    return _invited(request, name, code)


@route("/operators/{id}", "operator.manage")
async def operator(request: ConsoleRequest) -> Response:
    """Show one operator, to be changed."""
    async with request.console.sessions() as session:
        row = await _row(request, session)
    if row is None:
        return refused(request, HTTPStatus.NOT_FOUND)
    return await _form(request, row, {**operator_records.shown(row), "name": row.name})


@route("/operators/{id}", "operator.manage", ["POST"])
async def change(request: ConsoleRequest) -> Response:
    """Change an operator; they have to sign in anew."""
    form = await request.form()
    async with request.console.sessions.begin() as session:
        row = await _row(request, session)
        if row is None:
            return refused(request, HTTPStatus.NOT_FOUND)
        try:
            await operator_records.change(
                session, row, _told(form), actor=request.operator.name, now=request.now
            )
        except OperatorError as error:
            return await _form(request, row, {**_given(form), "name": row.name}, error)
    return see_other(request, LIST, _("%(name)s is changed.") % {"name": row.name})


@route("/operators/{id}/disable", "operator.manage", ["POST"])
async def disable(request: ConsoleRequest) -> Response:
    """Keep an operator out from now on."""
    try:
        async with request.console.sessions.begin() as session:
            row = await _row(request, session)
            if row is None:
                return refused(request, HTTPStatus.NOT_FOUND)
            await operator_records.disable(
                session, row, actor=request.operator.name, now=request.now
            )
    except OperatorError as error:
        return see_other(request, LIST, _(error.words), kind="fault")
    return see_other(request, LIST, _("%(name)s may not sign in any more.") % {"name": row.name})


@route("/operators/{id}/reset", "operator.manage", ["POST"])
async def reset(request: ConsoleRequest) -> Response:
    """Forget password and second factor, and show a code for a new first sign-in once."""
    async with request.console.sessions.begin() as session:
        row = await _row(request, session)
        if row is None:
            return refused(request, HTTPStatus.NOT_FOUND)
        code = await operator_records.reset(
            session,
            request.console.keys,
            row,
            actor=request.operator.name,
            now=request.now,
        )
    return _invited(request, row.name, code)


def _invited(request: ConsoleRequest, name: str, code: str) -> Response:
    return page(request, "invited.html", name=name, code=code, url=request.console.settings.url)


async def _form(
    request: ConsoleRequest,
    row: OperatorRow | None,
    given: dict[str, object],
    error: OperatorError | None = None,
) -> Response:
    data = request.console.data
    async with request.console.sessions() as session:
        known = await organisations(session)
    return page(
        request,
        "operator.html",
        HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK,
        row=row,
        given={"name": "", "role": "", "organisation": "", "countries": [], "languages": []}
        | given,
        roles=choices.roles(),
        organisations=known,
        countries=choices.countries(data),
        tags=choices.tags(data),
        errors={error.field: _(error.words)} if error else {},
    )


async def _row(request: ConsoleRequest, session: AsyncSession) -> OperatorRow | None:
    """Return the operator that the address names; none of the try-out accounts."""
    written = request.path_params["id"]
    if not written.isascii() or not written.isdigit() or int(written) > _LARGEST:
        return None
    row = await session.get(OperatorRow, int(written))
    return None if row is None or row.demo else row


def _told(form: FormData) -> Told:
    """Return what a form says of an operator. Raises OperatorError."""
    try:
        role = Role(_text(form, "role"))
    except ValueError:
        raise OperatorError("role", N_("Choose a role")) from None
    return Told(
        role=role,
        organisation=_text(form, "organisation") or None,
        countries=tuple(str(code) for code in form.getlist("countries")),
        languages=tuple(str(tag) for tag in form.getlist("languages")),
    )


def _given(form: FormData) -> dict[str, object]:
    return {
        **{name: _text(form, name) for name in ("name", "role", "organisation")},
        **{name: form.getlist(name) for name in ("countries", "languages")},
    }


def _text(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value.strip() if isinstance(value, str) else ""


ROUTES = (operators, new, add, operator, change, disable, reset)

"""``faro operator``: who may sign in to the console."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

from console import operator_records as records
from console.models import OperatorRow
from console.permissions import Role
from faro.interrupts import run
from faro.operators import ACTOR, operator_records, told_of

_ROLES = {
    Role.EDITOR: "edits the entries of their own organisation (needs --organisation)",
    Role.REVIEWER: "approves what others wrote",
    Role.COMMUNITY_REVIEWER: "reads, comments and marks wording",
    Role.REGION_COORDINATOR: "keeps everything of their countries (needs --country)",
    Role.EVALUATOR: "reads counts, charts and the audit",
    Role.ADMIN: "may do everything, and adds operators",
}
_EACH = "\n\n".join(f"{role}: {what}" for role, what in _ROLES.items())

app = typer.Typer(
    help="Say who may sign in to the console: add, list, disable or reset operators.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)
Name = Annotated[str, typer.Argument(help="As they sign in, and as the audit shows it.")]


@app.command(
    help="Add an operator and print a link for their first sign-in.\n\n"
    "The link counts once, for three days. With it they choose a password and set up an app for"
    " the second factor. Nobody, you included, is ever shown their password. Give them the link in"
    " person or by a way that you trust; where their address differs, the code behind the # can be"
    f" typed at /enrol.\n\nRoles:\n\n{_EACH}\n\n"
    'Example: faro operator add "Ana Reyes" --role editor --organisation casa-sol --country SV'
)
def add(
    name: Name,
    *,
    role: Annotated[str, typer.Option(help=f"One of: {', '.join(Role)}.")],
    organisation: Annotated[
        str | None, typer.Option(help="Id of the organisation they work for.")
    ] = None,
    country: Annotated[
        list[str] | None,
        typer.Option(help="Where they may act, such as SV. Repeatable; none means everywhere."),
    ] = None,
    language: Annotated[
        list[str] | None,
        typer.Option(help="Wording they work on, such as es. Repeatable; none means all."),
    ] = None,
) -> None:
    """Add an operator and print a link for their first sign-in."""
    run(_add(name, role, organisation, country or [], language or []))


@app.command(name="list")
def list_all(
    *, as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False
) -> None:
    """Print every operator with role, state, organisation, countries and languages."""
    run(_list(as_json=as_json))


@app.command()
def disable(name: Name) -> None:
    """Keep an operator out from now on, and sign them out everywhere.

    Their name stays in the audit. `faro operator reset` lets them in again.
    """
    run(_disable(name))


@app.command()
def reset(name: Name) -> None:
    """Forget password and second factor, and print a link for a new first sign-in.

    For whoever lost their app and their recovery codes, or was disabled.
    """
    run(_reset(name))


async def _add(
    name: str, role: str, organisation: str | None, countries: list[str], languages: list[str]
) -> int:
    told = told_of(role, organisation, countries, languages)
    async with operator_records() as there:
        code = await records.add(there.session, there.keys, name, told, actor=ACTOR, now=there.now)
    print(there.link(code))
    return 0


async def _reset(name: str) -> int:
    async with operator_records() as there:
        row = await there.row(name)
        code = await records.reset(there.session, there.keys, row, actor=ACTOR, now=there.now)
    print(there.link(code))
    return 0


async def _disable(name: str) -> int:
    async with operator_records() as there:
        row = await there.row(name)
        await records.disable(there.session, row, actor=ACTOR, now=there.now)
    print(f"{row.name} may not sign in any more")
    return 0


async def _list(*, as_json: bool) -> int:
    async with operator_records() as there:
        rows = await records.all_of_them(there.session)
    for row in rows:
        told = {"name": row.name, "state": _state(row), **records.shown(row), "demo": row.demo}
        del told["disabled"]
        print(json.dumps(told, ensure_ascii=False) if as_json else _line(told))
    return 0


def _state(row: OperatorRow) -> str:
    if row.disabled_at is not None:
        return "disabled"
    if row.demo:
        return "try-out"
    return "active" if row.password else "invited"


def _line(told: dict[str, Any]) -> str:
    more = [f"of {told['organisation']}"] if told["organisation"] else []
    for name in ("countries", "languages"):
        more += [f"{name} {', '.join(told[name])}"] if told[name] else []
    return f"{told['name']:<30} {told['role']:<20} {told['state']:<9} {'; '.join(more)}".rstrip()

"""What somebody should look at again is listed, the longest overdue first."""

from __future__ import annotations

from datetime import date, timedelta

from saying import packs
from typer.testing import CliRunner

from content.freshness import CHECK_AFTER
from faro.__main__ import app
from faro.commands.check import command
from faro.staleness import due

TODAY = date(2026, 11, 22)


def _count() -> int:
    return sum(len(pack.part(part) or []) for pack in packs() for part in CHECK_AFTER)


def test_what_was_never_verified_and_has_no_date_is_due_at_once_and_first() -> None:
    found = due(packs(), TODAY)
    assert found[0].since is None
    assert "never verified, no date" in str(found[0])
    days = [one.since for one in found if one.since]
    assert days == sorted(days)
    assert all(day <= TODAY for day in days)


def test_each_is_told_with_the_line_it_begins_on() -> None:
    for one in due(packs(), TODAY)[:50]:
        line = one.path.read_text("utf-8").splitlines()[one.line - 1]
        assert one.entry in line


def test_nothing_with_a_date_is_due_before_its_day_and_all_are_later() -> None:
    early, late = due(packs(), date(2000, 1, 1)), due(packs(), TODAY + timedelta(days=4000))
    assert all(one.since is None for one in early)
    retired = [
        entry
        for pack in packs()
        for part in CHECK_AFTER
        for entry in pack.part(part) or []
        if entry.get("superseded_by")
    ]
    assert len(late) == _count() - len(retired)


def test_the_command_lists_them_and_is_content() -> None:
    if not app.registered_commands:
        app.command("check")(command)
    told = CliRunner().invoke(app, ["check", "--stale", "--today", "2026-11-22"])
    assert told.exit_code == 0
    assert "(rights): due since" in told.output
    assert "(helplines): due at once" in told.output

"""An import says first what it would do, and then does all of it or nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from editing import NOW, body_of, editing
from sheets_of import RULES, TOWNS, book, looked_at, row_of
from sqlalchemy.ext.asyncio import AsyncSession

from directory import audit, published, revisions
from directory.import_carrying_out import By, carry_out
from directory.import_choices import Choice, Decision, ImportRefusedError
from directory.import_report import Outcome, Report
from directory.importing import Rules
from directory.parts import Origin, Part
from directory.refusals import NeededError, StaleError
from directory.withheld import is_withheld

BY = By("Ana", "list of March", NOW)


@pytest.fixture
async def session(database_url: str) -> AsyncIterator[AsyncSession]:
    async with editing(database_url, "SV", "AT") as opened:
        yield opened


async def carried(session: AsyncSession, report: Report, **more: Choice) -> None:
    choices = {row.place: more["all"] for row in report.undecided} if more else {}
    await carry_out(session, report, choices, by=BY, places=TOWNS)


async def listings(session: AsyncSession) -> dict[str, published.Published]:
    return {one.entry: one for one in await published.all_of(session, Part.SERVICES)}


async def test_right_rows_become_listings_with_a_number_a_history_and_an_audit(
    session: AsyncSession,
) -> None:
    async with session.begin():
        before = await listings(session)
        report = await looked_at(session, book([row_of(n) for n in range(20)]))
        assert report.count(Outcome.NEW) == 20
        await carried(session, report)
    async with session.begin():
        new = {e: one for e, one in (await listings(session)).items() if e not in before}
        assert len(new) == 20
        numbers = [int(entry.removeprefix("sv-s")) for entry in new]
        assert min(numbers) > max(int(e[4:]) for e in before if e.startswith("sv-s"))
        entry, one = next(iter(new.items()))
        assert (one.body["id"], one.origin) == (entry, Origin.IMPORT)
        assert [r.reason for r in await revisions.history(session, Part.SERVICES, entry)] == [
            "list of March"
        ]
        done = await audit.entries(session, limit=1)
        assert (done[0].action, done[0].after["new"]) == ("import", 20)  # type: ignore[index]  # it has one
        assert await audit.verify(session) is None


async def test_one_wrong_row_keeps_all_of_them_out(session: AsyncSession) -> None:
    rows = [row_of(n) for n in range(5)]
    rows[3]["kinds"] = "nothing"
    async with session.begin():
        report = await looked_at(session, book(rows))
        with pytest.raises(ImportRefusedError) as refused:
            await carried(session, report)
        assert "1 filas tienen errores" in refused.value.told("es")


async def test_a_changed_cell_changes_that_field_and_a_missing_column_nothing(
    session: AsyncSession,
) -> None:
    async with session.begin():
        before = await body_of(session, Part.SERVICES, "sv-s01")
        sheet = book([{"id": "sv-s01", "name": before["name"], "phones": "2222-9999"}])
        report = await looked_at(session, sheet)
        assert [(row.outcome, row.fields) for row in report.rows] == [
            (Outcome.CHANGED, ("phones",))
        ]
        await carried(session, report)
    async with session.begin():
        after = await body_of(session, Part.SERVICES, "sv-s01")
    assert after == {**before, "phones": [{"number": "2222-9999"}]}


async def test_an_emptied_cell_empties_the_field(session: AsyncSession) -> None:
    async with session.begin():
        before = await body_of(session, Part.SERVICES, "sv-s01")
        assert before["email"]
        sheet = book([{"id": "sv-s01", "name": before["name"], "email": None, "phones": "1234567"}])
        await carried(session, await looked_at(session, sheet))
        assert (await body_of(session, Part.SERVICES, "sv-s01"))["email"] == []


async def test_what_somebody_changed_after_the_dry_run_is_not_overwritten(
    session: AsyncSession,
) -> None:
    async with session.begin():
        body = await body_of(session, Part.SERVICES, "sv-s01")
        report = await looked_at(session, book([{"id": "sv-s01", "name": "Other", "region": "x"}]))
    async with session.begin():
        await revisions.publish_now(
            session, part=Part.SERVICES, entry="sv-s01", country="SV",
            body={**body, "note": "newer"}, actor="Berta", reason="called",
            origin=Origin.CONSOLE, places=TOWNS, now=NOW,
        )  # fmt: skip
    with pytest.raises(StaleError):
        async with session.begin():
            await carried(session, report)


async def test_a_row_that_is_there_already_has_to_be_decided_on(session: AsyncSession) -> None:
    async with session.begin():
        old = await body_of(session, Part.SERVICES, "sv-s01")
        number = old["whatsapp"][0]["number"]
        row = row_of(1, name=old["names"]["es"] if "names" in old else old["name"],
                     kinds="counselling", phones=number)  # fmt: skip
        report = await looked_at(session, book([row]))
        possible = report.undecided[0].possible[0]
        assert (possible.entry, "number" in possible.reasons) == ("sv-s01", True)
        with pytest.raises(ImportRefusedError):
            await carried(session, report)
        count = len(await listings(session))
        await carried(session, report, all=Choice(Decision.LEAVE_OUT))
        assert len(await listings(session)) == count
        await carried(session, report, all=Choice(Decision.MERGE, "sv-s01"))
        merged = await body_of(session, Part.SERVICES, "sv-s01")
        assert len(await listings(session)) == count
        assert merged["phones"] == [{"number": number}]
        assert merged["email"] == old["email"]
        await carried(session, report, all=Choice(Decision.NEW))
        assert len(await listings(session)) == count + 1


async def test_the_same_place_twice_in_a_file_is_offered_too(session: AsyncSession) -> None:
    async with session.begin():
        report = await looked_at(session, book([row_of(7), row_of(8), row_of(7)]))
        assert [(row.row, row.possible[0].row) for row in report.undecided] == [(4, 2)]
        with pytest.raises(ImportRefusedError):  # another row is no entry to merge into
            await carried(session, report, all=Choice(Decision.MERGE, ""))


async def test_an_editors_rows_wait_for_review(session: AsyncSession) -> None:
    async with session.begin():
        count = len(await listings(session))
        report = await looked_at(session, book([row_of(1), row_of(2)]))
        by = By("Ana", "ours", NOW, review=True)
        await carry_out(session, report, {}, by=by, places=TOWNS)
        waiting = await revisions.waiting(session)
        assert len(waiting) == 2
        assert len({one.entry for one in waiting}) == 2
        assert len(await listings(session)) == count
        again = await looked_at(session, book([row_of(3)]))
        await carry_out(session, again, {}, by=by, places=TOWNS)
        assert len({one.entry for one in await revisions.waiting(session)}) == 3


async def test_a_protected_house_is_kept_by_name_and_numbers_only(session: AsyncSession) -> None:
    row = row_of(1, kinds="protection_shelter", protection="yes", description="Calle Oculta 5")
    async with session.begin():
        report = await looked_at(session, book([row]))
        assert b"Oculta" not in report.rows[0].__dict__["_packed"]
        await carried(session, report)
        found = [one for one in (await listings(session)).values() if one.origin is Origin.IMPORT]
        assert is_withheld(found[0].body)
        assert "Oculta" not in str(found[0].body)


async def test_helplines_are_imported_and_an_emergency_line_keeps_its_number(
    session: AsyncSession,
) -> None:
    async with session.begin():
        line = await body_of(session, Part.HELPLINES, "sv-h01")
        sheet = book([{"id": "sv-h01", "name": line["name"], "purpose": "gbv", "numbers": "127"}],
                     "Helplines")  # fmt: skip
        report = await looked_at(session, sheet)
        assert [row.part for row in report.rows] == [Part.HELPLINES]
        await carried(session, report)
        after = await body_of(session, Part.HELPLINES, "sv-h01")
        assert after["numbers"] == [{"number": "127", "kind": "voice"}]
    sheet = book([{"id": "sv-h05", "name": "x", "purpose": "police", "numbers": None}], "Helplines")
    with pytest.raises(NeededError):
        async with session.begin():
            await carried(session, await looked_at(session, sheet))


async def test_an_editor_reaches_what_their_organisation_owns(session: AsyncSession) -> None:
    rules = Rules(RULES.has_message, RULES.today, lambda owner, _: owner == "casa")
    async with session.begin():
        report = await looked_at(session, book([row_of(1), row_of(2, owner="casa")]), rules=rules)
        assert [row.outcome for row in report.rows] == [Outcome.WRONG, Outcome.NEW]


async def hidden_house(session: AsyncSession, name: str, number: str) -> str:
    """Publish a place that must not be found; return its id."""
    row = row_of(1, name=name, kinds="protection_shelter", protection="yes", phones=number)
    await carried(session, await looked_at(session, book([row])))
    found = [e for e, one in (await listings(session)).items() if one.origin is Origin.IMPORT]
    return found[0]


@pytest.mark.parametrize(
    ("cells", "reasons"),
    [
        ({"name": "CASA  clara", "addresses": "Calle Oculta 5"}, ("name",)),
        ({"phones": "+503 2299-8877", "addresses": "Calle Oculta 5"}, ("number",)),
    ],
)
async def test_a_row_with_the_name_or_number_of_a_hidden_house_is_never_new_unasked(
    session: AsyncSession, cells: dict[str, str], reasons: tuple[str, ...]
) -> None:
    async with session.begin():
        house = await hidden_house(session, "Casa Clara", "2299 8877")
        report = await looked_at(session, book([row_of(5), row_of(7, **cells)]))
        row = report.undecided[0]
        assert [(one.entry, one.reasons) for one in row.possible] == [(house, reasons)]
        assert row.may_be_secret
        with pytest.raises(ImportRefusedError):
            await carried(session, report)
        await carried(session, report, all=Choice(Decision.MERGE, house))
        after = (await listings(session))[house].body
        assert is_withheld(after)
        assert "Oculta" not in str([one.body for one in (await listings(session)).values()])


async def test_what_a_merge_would_make_wrong_is_refused_with_its_row(session: AsyncSession) -> None:
    async with session.begin():
        old = await body_of(session, Part.SERVICES, "sv-s01")
        first = book([{"id": "sv-s01", "name": old["name"], "valid_until": "2026-12-31"}])
        await carried(session, await looked_at(session, first))
        number = old["whatsapp"][0]["number"]
        row = row_of(1, name=old["name"], kinds="counselling", phones=number,
                     valid_from="2027-05-01")  # fmt: skip
        report = await looked_at(session, book([row]))
        with pytest.raises(ImportRefusedError) as refused:
            await carried(session, report, all=Choice(Decision.MERGE, "sv-s01"))
        assert "la fila 2 no está bien" in refused.value.told("es")


async def test_a_row_is_merged_only_into_what_whoever_imports_may_change(
    session: AsyncSession,
) -> None:
    rules = Rules(RULES.has_message, RULES.today, lambda owner, _: owner == "casa")
    async with session.begin():
        old = await body_of(session, Part.SERVICES, "sv-s01")
        row = row_of(1, name=old["name"], kinds="counselling", owner="casa",
                     phones=old["whatsapp"][0]["number"])  # fmt: skip
        report = await looked_at(session, book([row]), rules=rules)
        assert report.undecided[0].possible[0].entry == "sv-s01"
        assert report.undecided[0].mergeable == []
        with pytest.raises(ImportRefusedError):
            await carried(session, report, all=Choice(Decision.MERGE, "sv-s01"))


async def test_the_corrected_sheet_is_imported_and_a_second_time_changes_nothing(
    session: AsyncSession,
) -> None:
    rows = [row_of(number) for number in range(200)]
    async with session.begin():
        before = await listings(session)
        await carried(session, await looked_at(session, book(rows)))
        new = {e: one for e, one in (await listings(session)).items() if e not in before}
        assert len(new) == 200
        again = await looked_at(session, book(rows))
        assert len(again.undecided) == 200  # without their numbers they may be the same places
        named = [{**row, "id": entry} for row, entry in zip(rows, new, strict=True)]
        assert (await looked_at(session, book(named))).changes_nothing


async def test_a_row_is_not_merged_into_what_was_retired_meanwhile(session: AsyncSession) -> None:
    async with session.begin():
        old = await body_of(session, Part.SERVICES, "sv-s01")
        row = row_of(1, name=old["name"], kinds="counselling",
                     phones=old["whatsapp"][0]["number"])  # fmt: skip
        report = await looked_at(session, book([row]))
        await revisions.retire(
            session, part=Part.SERVICES, entry="sv-s01", actor="Berta", reason="gone", now=NOW
        )
        with pytest.raises(ImportRefusedError):
            await carried(session, report, all=Choice(Decision.MERGE, "sv-s01"))

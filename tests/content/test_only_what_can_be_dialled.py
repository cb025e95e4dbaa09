"""A number with a digit too many is told to nobody; the rest of the place is, and emergencies."""

from __future__ import annotations

import copy
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from saying import Speech, load, packs, speech

from directory.dialable import lines_to_tell, listing_to_tell
from directory.pack_files import PackFiles

WRONG = "800 836398352"
RIGHT = "+506 2222 2222"
PACK = next(pack for pack in packs() if pack.country == "CR")


def confirmed(part: str, entry: str, **changed: Any) -> list[dict[str, Any]]:
    """The entries of a part as if an operator had confirmed one."""
    sure = {"confidence": "high", "verified": "2026-11-20", **changed}
    entries = copy.deepcopy(PACK.part(part))
    return [one | sure if one["id"] == entry else one for one in entries]


@pytest.fixture
async def chat(database_url: str) -> AsyncIterator[Speech]:
    numbers = [{"number": WRONG, "kind": "voice"}]
    lines = confirmed("helplines", "cr-h05", web=[{"url": "https://example.org", "kind": "info"}])
    lines = [one | {"numbers": numbers} if one["id"] == "cr-h01" else one for one in lines]
    documents = {
        **PACK.documents,
        "services": replace(PACK.documents["services"], data=confirmed("services", "cr-s11")),
        "helplines": replace(PACK.documents["helplines"], data=lines),
    }
    await load(database_url, [PackFiles("CR", documents, "confirmed")])
    async with speech(database_url) as speaking:
        yield speaking


async def test_a_place_is_told_without_the_number_that_leads_nowhere(chat: Speech) -> None:
    details = await chat.text("services.details", listing="cr-s11")
    assert "800-Venezuela" in details  # its name
    assert WRONG not in details
    listed = await chat.text("services.list", country="CR", kinds=["counselling"])
    assert WRONG not in listed


async def test_a_line_is_told_by_what_else_it_can_be_reached_with(chat: Speech) -> None:
    told = await chat.text("helplines.list", country="CR", purposes=["asylum_refugee_info"])
    lines, emergency = told.rsplit("\n", 1)
    assert "https://example.org" in lines
    assert WRONG not in lines
    assert WRONG in emergency


async def test_an_emergency_number_is_told_as_it_is(chat: Speech) -> None:
    told = await chat.text("danger.medical_emergency", country="CR", urgency="now")
    assert WRONG in told


def test_a_line_that_cannot_be_reached_at_all_is_no_line() -> None:
    line = {"id": "cr-h05", "purpose": ["legal"], "web": [], "email": []}
    wrong, right = {"number": WRONG, "kind": "voice"}, {"number": RIGHT, "kind": "voice"}
    assert lines_to_tell([{**line, "numbers": [wrong]}], "CR", []) == []
    [told] = lines_to_tell([{**line, "numbers": [wrong, right]}], "CR", [])
    assert told["numbers"] == [right]
    assert lines_to_tell([{**line, "numbers": [wrong]}], "CR", ["cr-h05"])[0]["numbers"] == [wrong]


def test_what_can_be_dialled_is_told_as_it_is_written() -> None:
    body = {"phones": [{"number": "2510-4300"}, {"number": "132"}], "whatsapp": []}
    assert listing_to_tell(body, "SV") is body
    wrong = {"phones": [{"number": "2510-43000"}], "whatsapp": [{"number": RIGHT}]}
    assert listing_to_tell(wrong, "SV") == {"phones": [], "whatsapp": [{"number": RIGHT}]}

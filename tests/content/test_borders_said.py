"""Lines of the country of origin, and consulates: never first, never alone, as sure as they are."""

from __future__ import annotations

import pytest
from saying import STATUSES, Speech

LAWYER = "If you fear your state or have asked for asylum, speak to a lawyer first."


async def test_126_is_told_as_its_sources_disagree(said: Speech) -> None:
    told = await said.text("origin.lines", origin="SV", status=None)
    header, whatsapp, chat, short = told.splitlines()
    assert header == "Second choice, public lines of this country: El Salvador."
    assert "WhatsApp +50376086805" in whatsapp
    assert "seen in 2021, not confirmed" in whatsapp
    assert "https://126teorienta.gob.sv" in chat
    assert "126" in short
    assert "it may not work from abroad" in short
    for line in (chat, short):
        assert "sources disagree about the hours: " in line
        assert "day and night, every day" in line
        assert "08:00" in line or "07:00" in line


async def test_the_same_in_spanish(said: Speech) -> None:
    told = await said.text("origin.lines", "es", origin="SV", status=None)
    assert "vista en 2021, sin confirmar" in told
    assert "las fuentes no coinciden en el horario" in told


@pytest.mark.parametrize("status", ["asylum_seeker", "refugee", "stateless"])
async def test_whoever_fled_a_state_hears_of_a_lawyer_before_its_line(
    said: Speech, status: str
) -> None:
    told = await said.text("origin.lines", origin="SV", status=status)
    assert told.splitlines()[0] == LAWYER


@pytest.mark.parametrize("status", [*STATUSES, None])
async def test_no_consulate_without_the_lawyer_first(said: Speech, status: str | None) -> None:
    for country, origin in (("SV", None), ("MX", "SV"), ("GR", None), ("MX", "HN")):
        told = await said.text(
            "services.list",
            country=country,
            kinds=["consulate"],
            offset=0,
            status=status,
            origin=origin,
        )
        assert told.splitlines()[0] == LAWYER
        known = "SV" in (country, origin)
        assert ("Virtual consulate" in told) == known
        assert ("We know no line" in told) != known
        assert told.splitlines()[-1].startswith("In danger in ")


async def test_the_sentence_stands_before_no_other_place(said: Speech) -> None:
    told = await said.text("services.list", country="GR", kinds=["legal_aid"], offset=0)
    assert LAWYER not in told


async def test_a_country_without_such_lines_adds_nothing(said: Speech) -> None:
    reply = await said.reply("origin.lines", origin="HN", status=None)
    assert reply.texts == ()

"""A pack, or a region inside it, may word, order and rule otherwise; nobody else notices."""

from __future__ import annotations

import shutil
from pathlib import Path

from saying import LANGUAGES, PACKS, Speech, load, speech

from directory.pack_files import read_pack

SAN_SALVADOR, SAN_MIGUEL = "3583361", "3583446"
MENU = ("menu_help:menu=care", "menu_help:menu=people", "find_service", "menu_help:menu=practical")
OVERRIDES = """messages:
  es:
    thanks.reply: Es un gusto servirle.
menu: [find_service, "menu_help:menu=practical"]
rules: {first_lines: [sv-h10]}
regions:
  Capital:
    cities: [San Salvador]
    within_km: 15
    messages:
      es:
        thanks.reply: Un gusto, desde la capital.
    menu: ["menu_help:menu=people"]
    rules: {first_lines: [sv-h04]}
"""


def overridden(tmp_path: Path) -> Path:
    shutil.copytree(PACKS / "schema", tmp_path / "schema")
    shutil.copytree(PACKS / "SV", tmp_path / "SV")
    shutil.copytree(PACKS / "GT", tmp_path / "GT")
    path = tmp_path / "SV" / "pack.yml"
    kept = [
        line
        for line in path.read_text("utf-8").splitlines()
        if not line.startswith(("messages", "menu", "rules", "regions"))
    ]
    path.write_text("\n".join(kept) + "\n" + OVERRIDES, encoding="utf-8")
    return tmp_path


async def loaded(url: str, folder: Path) -> None:
    read = [read_pack(folder / country) for country in ("SV", "GT")]
    assert not [str(fault) for _, faults in read for fault in faults]
    await load(url, [pack for pack, _ in read if pack])


async def test_a_pack_words_and_orders_and_rules_otherwise(
    database_url: str, tmp_path: Path
) -> None:
    await loaded(database_url, overridden(tmp_path))
    async with speech(database_url) as said:
        assert await said.text("thanks.reply", "es", country="SV") == "Es un gusto servirle."
        assert await menu(said, country="SV") == [MENU[2], MENU[3], MENU[0], MENU[1]]
        assert await first_line(said, country="SV") == "198"
        # Another country, another language, another message: as ever.
        assert "Con mucho gusto" in await said.text("thanks.reply", "es", country="GT")
        assert await menu(said, country="GT") == list(MENU)
        assert "You are welcome" in await said.text("thanks.reply", "en", country="SV")


async def test_a_regions_word_beats_its_countrys(database_url: str, tmp_path: Path) -> None:
    await loaded(database_url, overridden(tmp_path))
    async with speech(database_url) as said:
        told = await said.text("thanks.reply", "es", country="SV", city=SAN_SALVADOR)
        assert told == "Un gusto, desde la capital."
        assert (await menu(said, country="SV", city=SAN_SALVADOR))[0] == MENU[1]
        told = await said.text("thanks.reply", "es", country="SV", city=SAN_MIGUEL)
        assert told == "Es un gusto servirle."


async def test_the_line_of_a_city_comes_first_only_there(said: Speech) -> None:
    in_berlin = await said.text("helplines.list", country="DE", city="2950159", purposes=["gbv"])
    elsewhere = await said.text("helplines.list", country="DE", purposes=["gbv"])
    assert in_berlin.splitlines()[1].startswith("BIG Hotline Berlin")
    assert "BIG Hotline" not in elsewhere.splitlines()[1]


async def menu(said: Speech, **place: str) -> list[str]:
    reply = await said.reply("menu.show", "es", choices=MENU, **place)
    return [choice.id for choice in reply.choices]


async def first_line(said: Speech, **place: str) -> str:
    told = await said.text("helplines.list", "es", purposes=["gbv"], **place)
    return told.splitlines()[1].split(": ")[1].split(" ")[0]


async def test_a_wording_with_other_placeholders_is_left_out(said: Speech) -> None:
    messages = said.renderer._messages
    broken = messages.overlaid({"es": {"ask.city": "{town}?", "no.such": "x", "thanks.reply": "y"}})
    for language in LANGUAGES:
        assert "{town}" not in broken.wording("ask.city", language).text
    assert broken.wording("thanks.reply", "es").text == "y"
    assert not broken.has("no.such", "es")

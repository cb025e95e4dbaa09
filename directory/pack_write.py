"""The pack of a country from what is published: the four files, in the style of ``data/packs``.

Written over its own pack, an entry that nobody changed stands there as it stood, with its comments;
one that changed loses them. Of a place that must not be found the store holds neither texts nor
links: such an entry keeps them where the pack has them, and never gets them anywhere else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from directory import published
from directory.models import PackRow
from directory.pack_files import PARTS, PackFiles
from directory.pack_order import PACK, in_order
from directory.pack_yaml import item_of_list, yaml_of
from directory.parts import OF_A_PACK, Part
from directory.whole_bodies import as_in_a_pack
from directory.withheld import kept_of


class UnknownPackError(LookupError):
    """A country that nothing is published of."""


def write_texts(folder: Path, texts: Mapping[str, str]) -> None:
    """Write the files of a pack into a folder, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.yml").write_text(text, encoding="utf-8")


async def pack_texts(
    session: AsyncSession, country: str, over: PackFiles | None = None
) -> dict[str, str]:
    """Return the four files by name, without their ending.

    Args:
        session: An open session.
        country: ISO 3166-1 alpha-2.
        over: The pack that stands there now, whose unchanged entries are kept.

    Raises:
        UnknownPackError: There is no such country in the store.
    """
    row = await session.get(PackRow, country)
    if row is None:
        raise UnknownPackError(f"nothing is published of {country}")
    texts = {PACK: _pack_part(row.body, over)}
    for part in OF_A_PACK:
        bodies = [one.body for one in await published.all_of(session, part, country=country)]
        texts[part] = _entries(part, bodies, over)
    return {name: texts[name] for name in PARTS}


def _pack_part(body: Mapping[str, Any], over: PackFiles | None) -> str:
    if over is not None and over.part(PACK) == body:
        return over.documents[PACK].path.read_text(encoding="utf-8")
    return _head(over, PACK) + yaml_of(in_order(PACK, body))


def _entries(part: Part, bodies: Sequence[Mapping[str, Any]], over: PackFiles | None) -> str:
    """Return a file; an entry that says what it said stands there as it stood."""
    stood = _texts(part, over)
    written = []
    for body in bodies:
        old, text = stood.get(body["id"], (None, ""))
        written.append(text if old == body else _written(part, body))
    return _head(over, part) + ("\n\n".join(written) + "\n" if written else "[]\n")


def _written(part: Part, body: Mapping[str, Any]) -> str:
    return item_of_list(in_order(part, as_in_a_pack(part, body)))


def _texts(part: Part, over: PackFiles | None) -> dict[str, tuple[Mapping[str, Any], str]]:
    """Return what the store would hold of each entry of a file, and the lines it stands in."""
    if over is None:
        return {}
    text = over.documents[part].path.read_text(encoding="utf-8")
    blocks = re.split(r"^(?=- )", text, flags=re.MULTILINE)[1:]
    entries = over.part(part) or []
    if len(blocks) != len(entries):
        return {}
    return {
        one["id"]: (kept_of(part, one), block.rstrip())
        for one, block in zip(entries, blocks, strict=True)
    }


def _head(over: PackFiles | None, name: str) -> str:
    """Return the comments at the head of the file that stands there now."""
    if over is None or not over.documents[name].path.is_file():
        return ""
    text = over.documents[name].path.read_text(encoding="utf-8")
    found = re.match(r"(?:#.*\n|\n)*", text)
    return found[0] if found else ""

"""Exports and packs for the command line."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from directory.engine import async_engine
from directory.exporting import Format, export
from directory.gazetteer import Gazetteer
from directory.pack_files import PackFiles, read_pack
from directory.pack_write import UnknownPackError, pack_texts, write_texts
from faro.errors import FaroError
from faro.progress import tell


async def export_to(
    url: str, target: Path, form: Format, *, country: str | None, language: str, places: Path
) -> int:
    """Write what is published into a file, all of it or nothing; return how many entries.

    Raises FaroError: nothing is published there.
    """
    part = target.with_name(f".{target.name}.part")
    engine = async_engine(url)
    try:
        with closing(Gazetteer(places)) as read_places:
            async with AsyncSession(engine) as session:
                number = await export(
                    session, part, form, country=country, language=language, places=read_places,
                    progress=lambda done: tell(f"{done} entries written ..."),
                )  # fmt: skip
        if not number:
            raise FaroError(
                "Nothing is published there, so no file was written",
                "Run faro load first, or name another country",
            )
        os.replace(part, target)  # noqa: PTH105 -- replaces what is there in one step
    except UnknownPackError:
        raise _unknown(country or "") from None
    finally:
        part.unlink(missing_ok=True)
        await engine.dispose()
    return number


async def pack_of(url: str, country: str, over: Path | None) -> dict[str, str]:
    """Return the four files of a pack as text; an unchanged entry of ``over`` as it stands there.

    Raises FaroError: nothing is published of that country.
    """
    engine = async_engine(url)
    try:
        async with AsyncSession(engine) as session:
            return await pack_texts(session, country, _read(over))
    except UnknownPackError:
        raise _unknown(country) from None
    finally:
        await engine.dispose()


def write_pack(folder: Path, texts: dict[str, str]) -> list[str]:
    """Write the files of a pack; return the names of those that changed."""
    before = {name: _text(folder / f"{name}.yml") for name in texts}
    changed = [name for name, text in texts.items() if before[name] != text]
    write_texts(folder, {name: texts[name] for name in changed})
    return changed


def _read(folder: Path | None) -> PackFiles | None:
    return read_pack(folder)[0] if folder is not None and folder.is_dir() else None


def _text(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


def _unknown(country: str) -> FaroError:
    return FaroError(
        f"Nothing is published of {country}", "Give the two letters of a country, such as SV"
    )

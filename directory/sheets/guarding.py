"""What a file may be before anything of it is read: its kind, its size, and what it unpacks to."""

from __future__ import annotations

import io
import zipfile
import zlib

from directory.sheets.catalogue import N_
from directory.sheets.faults import FileError

MOST_BYTES = 20 * 1024 * 1024
MOST_ROWS = 200_000
_MOST_OF_SHEETS = 1024 * 1024 * 1024  # bytes unpacked; a sheet is read piece by piece
_MOST_OF_REST = 200 * 1024 * 1024  # bytes unpacked of what is held at once
_MOST_FILES = 2000
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # of old formats, and of what is behind a password
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_START = 2048  # bytes in which a document type would stand

_TOO_LARGE = N_("this file is larger than {most} MB: split it")
_PASSWORD = N_("this file is behind a password: save it without one")
_OLD = N_("this is an old kind of workbook: save it as XLSX")
_NO_BOOK = N_("this is no XLSX workbook: save it as XLSX, or start from the template")
_MACROS = N_("this workbook holds macros: save it as XLSX, which holds none")
_BOMB = N_("this file unpacks to far more than a sheet needs, so it was not opened")
# What zipfile raises for a part that is damaged, or packed in a way that it does not know.
UNREADABLE = (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, NotImplementedError, EOFError)
BROKEN = N_("this file is damaged: open it and save it again")


def guard_size(size: int) -> None:
    """Raise FileError where a file is too large."""
    if size > MOST_BYTES:
        raise FileError(_TOO_LARGE, most=MOST_BYTES // (1024 * 1024))


def guard_zip(data: bytes) -> zipfile.ZipFile:
    """Return a zip that may be unpacked. Raises FileError."""
    guard_size(len(data))
    try:
        packed = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError):
        raise FileError(BROKEN) from None
    entries = packed.infolist()
    rest = sum(one.file_size for one in entries if "/worksheets/" not in one.filename)
    if (
        len(entries) > _MOST_FILES
        or rest > _MOST_OF_REST
        or sum(one.file_size for one in entries) > _MOST_OF_SHEETS
    ):
        raise FileError(_BOMB)
    if any(one.flag_bits & 1 for one in entries):
        raise FileError(_PASSWORD)
    return packed


def guard_workbook(data: bytes) -> None:
    """Raise FileError where bytes are no workbook that may be opened."""
    guard_size(len(data))
    if data.startswith(_OLE):
        raise FileError(_PASSWORD if _ENCRYPTED in data else _OLD)
    if not data.startswith(b"PK"):
        raise FileError(_NO_BOOK)
    with guard_zip(data) as packed:
        names = packed.namelist()
        if "xl/workbook.xml" not in names:
            raise FileError(_NO_BOOK)
        if any(
            "vbaproject" in name.casefold() or "macrosheets" in name.casefold() for name in names
        ):
            raise FileError(_MACROS)
        for name in names:
            if name.endswith((".xml", ".rels")) and _declares_a_type(packed, name):
                raise FileError(BROKEN)


def _declares_a_type(packed: zipfile.ZipFile, name: str) -> bool:
    """Return whether XML brings a document type, by which entities are made to grow."""
    try:
        with packed.open(name) as part:
            start = part.read(_START)
    except UNREADABLE:
        raise FileError(BROKEN) from None
    return b"<!DOCTYPE" in start or b"<!ENTITY" in start

"""The key ring in a file, read again whenever somebody has changed the file.

``faro rotate-keys`` changes it; the processes that run go on with the new ring by themselves.
"""

from __future__ import annotations

from pathlib import Path

import structlog

from delivery.seal import KeyRing, SealError, read_key_ring

log = structlog.get_logger()


class RingFile(KeyRing):
    """A ring that follows its file.

    Raises:
        OSError: The file cannot be read at the beginning.
        SealError: It holds no ring.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._read_at = _version(file)
        self._ring = read_key_ring(file.read_text(encoding="utf-8").strip())

    def __repr__(self) -> str:
        return "RingFile()"

    @property
    def current(self) -> str:
        """The id of the key that seals."""
        return self._latest().current

    def seal(self, plain: bytes, *, row: tuple[str, ...]) -> bytes:
        """Return the ciphertext of ``plain`` for the place that ``row`` names."""
        return self._latest().seal(plain, row=row)

    def open(self, sealed: bytes, *, row: tuple[str, ...]) -> bytes:
        """Return what was sealed for ``row``. Raises SealError."""
        return self._latest().open(sealed, row=row)

    def _latest(self) -> KeyRing:
        try:
            version = _version(self._file)
            if version != self._read_at:
                self._ring = read_key_ring(self._file.read_text(encoding="utf-8").strip())
                self._read_at = version
                log.info("key ring read again")
        except (OSError, ValueError, SealError) as error:
            # The ring that we have still opens what there is; the file is mended by a person.
            log.warning("key ring not read", error=type(error).__name__)
        return self._ring


def _version(file: Path) -> tuple[int, int]:
    status = file.stat()
    return status.st_ino, status.st_mtime_ns

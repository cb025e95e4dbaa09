"""Encryption of what a person said, from acceptance until it is forgotten.

AES-256-GCM (NIST SP 800-38D) with a fresh 96-bit nonce. The associated data names the
row, so that a ciphertext copied to another row does not open there.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_FORMAT = b"\x01"  # first byte of every ciphertext; raised when the layout changes
_NONCE = 12  # bytes
_KEY = 32  # bytes
_LONGEST_NAME = 255  # bytes; its length is one byte
_HEAD = 2  # bytes: the format and the length of the key's name


class SealError(Exception):
    """A ciphertext does not open: another row, an unknown key, or damage. Tells no content."""


class KeyRing:
    """The keys by id. New ciphertexts use the current one; old ones name theirs."""

    def __init__(self, keys: Mapping[str, bytes], *, current: str) -> None:
        if current not in keys:
            raise SealError("the current key is not on the ring")
        names = [len(name.encode()) for name in keys]
        if min(names) < 1 or max(names) > _LONGEST_NAME or {*map(len, keys.values())} != {_KEY}:
            raise SealError("a key is not 32 bytes long or has no name")
        self._ciphers = {name.encode(): AESGCM(key) for name, key in keys.items()}
        self._current = current.encode()

    def __repr__(self) -> str:
        return f"KeyRing({len(self._ciphers)} keys)"

    @property
    def current(self) -> str:
        """The id of the key that seals."""
        return self._current.decode()

    def seal(self, plain: bytes, *, row: tuple[str, ...]) -> bytes:
        """Return the ciphertext of ``plain`` for the place that ``row`` names."""
        nonce = os.urandom(_NONCE)
        head = _FORMAT + bytes([len(self._current)]) + self._current
        cipher = self._ciphers[self._current]
        return head + nonce + cipher.encrypt(nonce, plain, head + _place(row))

    def open(self, sealed: bytes, *, row: tuple[str, ...]) -> bytes:
        """Return what was sealed for ``row``. Raises SealError."""
        if sealed[:1] != _FORMAT or len(sealed) < _HEAD:
            raise SealError("not a sealed value")
        end = _HEAD + sealed[1]
        cipher = self._ciphers.get(sealed[2:end])
        if cipher is None:
            raise SealError("sealed with a key that is not on the ring")
        nonce, body = sealed[end : end + _NONCE], sealed[end + _NONCE :]
        try:
            return cipher.decrypt(nonce, body, sealed[:end] + _place(row))
        except (InvalidTag, ValueError):
            raise SealError("sealed for another place, or damaged") from None

    def seal_json(self, value: object, *, row: tuple[str, ...]) -> bytes:
        """Return the ciphertext of ``value`` as JSON."""
        return self.seal(json.dumps(value, separators=(",", ":")).encode(), row=row)

    def open_json(self, sealed: bytes, *, row: tuple[str, ...]) -> object:
        """Return the JSON value that was sealed for ``row``. Raises SealError."""
        value: object = json.loads(self.open(sealed, row=row))
        return value


def read_key_ring(written: str) -> KeyRing:
    """Return the ring in ``id:base64,id:base64``; the first key seals.

    Raises:
        SealError: Not written that way. Never shows what was.
    """
    keys: dict[str, bytes] = {}
    for part in written.split(","):
        name, _, key = part.strip().partition(":")
        try:
            keys[name] = base64.b64decode(key, validate=True)
        except binascii.Error:
            raise SealError("a key is not base64") from None
    return KeyRing(keys, current=next(iter(keys)))


def sealed_with(sealed: bytes) -> str:
    """Return the id of the key that sealed something; empty when it is no sealed value."""
    if sealed[:1] != _FORMAT or len(sealed) < _HEAD:
        return ""
    return sealed[_HEAD : _HEAD + sealed[1]].decode(errors="replace")


def new_key(name: str) -> str:
    """Return a fresh key written as :func:`read_key_ring` reads it."""
    return f"{name}:{base64.b64encode(os.urandom(_KEY)).decode()}"


def _place(row: tuple[str, ...]) -> bytes:
    # Lengths first: ("ab", "c") and ("a", "bc") are two places.
    return b"".join(len(part.encode()).to_bytes(4, "big") + part.encode() for part in row)

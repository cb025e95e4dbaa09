"""The console's keys, all of them derived from one: each for one use.

HKDF-SHA256, RFC 5869.
"""

from __future__ import annotations

import hmac

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from itsdangerous import URLSafeTimedSerializer

from delivery.seal import KeyRing

_KEY = 32  # bytes


class Keys:
    """Signs what browsers keep for us, seals what the database keeps, hashes what is looked up."""

    def __init__(self, root: bytes) -> None:
        if len(root) < _KEY:
            raise ValueError("the console's key is shorter than 32 bytes")
        self._root = root
        self._hashing = self.derived("hash")
        self.ring = KeyRing({"console": self.derived("seal")}, current="console")

    def __repr__(self) -> str:
        return "Keys()"

    def derived(self, use: str) -> bytes:
        """Return the key for one use: 32 bytes."""
        return HKDF(hashes.SHA256(), _KEY, salt=None, info=f"faro console {use}".encode()).derive(
            self._root
        )

    def hashed(self, kind: str, value: str) -> bytes:
        """Return what stands for a value in the database: 32 bytes that lead nowhere back."""
        return hmac.digest(self._hashing, f"{kind}\0{value}".encode("utf-8", "replace"), "sha256")

    def signer(self, use: str) -> URLSafeTimedSerializer:
        """Return what signs values for one use, such as a cookie or a link."""
        return URLSafeTimedSerializer(self.derived(f"sign {use}"), salt=use)

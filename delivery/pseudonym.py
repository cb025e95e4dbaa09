"""Keyed hashes in place of addresses and provider ids.

HMAC-SHA256 with a key of its own: a phone number has too few possibilities for a hash
without one, and whoever reads the sealing keys shall not be able to search for a person.
"""

from __future__ import annotations

import hmac

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_SHORTEST_KEY = 32  # bytes


class Pseudonyms:
    """Turns an address into the name of a conversation."""

    def __init__(self, key: bytes) -> None:
        if len(key) < _SHORTEST_KEY:
            raise ValueError("the pseudonym key is shorter than 32 bytes")
        self._key = key

    def __repr__(self) -> str:
        return "Pseudonyms()"

    def conversation(self, channel: str, address: str) -> str:
        """Return the name of the conversation with an address: 32 hexadecimal digits."""
        return self._digest("conversation", channel, address).hex()[:32]

    def provider_id(self, channel: str, provider_id: str) -> bytes:
        """Return what is kept of a provider's message id: 32 bytes."""
        return self._digest("provider", channel, provider_id)

    def flag(self, name: str) -> bytes:
        """Return what stands for a conversation in a flag, once nothing else of it is left."""
        return self._digest("flag", name)

    def resume_code(self, code: str) -> bytes:
        """Return what a code to resume elsewhere is found by: 32 bytes."""
        return self._digest("resume", code)

    def resume_key(self, code: str) -> bytes:
        """Return the key that seals what such a code stands for: 32 bytes.

        Neither the database nor the code alone opens it. HKDF-SHA256, RFC 5869.
        """
        derived = HKDF(hashes.SHA256(), _SHORTEST_KEY, salt=self._key, info=b"faro resume")
        return derived.derive(code.encode())

    def _digest(self, *parts: str) -> bytes:
        written = b"".join(
            len(part.encode("utf-8", "surrogatepass")).to_bytes(4, "big")
            + part.encode("utf-8", "surrogatepass")
            for part in parts
        )
        return hmac.digest(self._key, written, "sha256")

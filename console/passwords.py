"""Passwords: Argon2id (RFC 9106), and which ones are taken."""

from __future__ import annotations

import asyncio
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 12, 200  # characters
_AT_ONCE = 2  # each takes 64 MiB and a core
# Long enough, and still among the first that anybody tries. In one case, without blanks.
_GUESSED = frozenset(
    {
        "123456789012", "1234567890123", "12345678901234", "123456123456", "121212121212",
        "password1234", "passwordpassword", "password12345", "password123456", "contraseña123",
        "contrasena123", "contraseña1234", "contrasena1234", "qwertyuiop123", "qwertyuiopasdf",
        "qwerty123456", "administrator", "administrador", "administrator1", "letmeinletmein",
        "iloveyou1234", "teamotequiero", "welcome12345", "bienvenido123", "bienvenidos123",
        "changeme1234", "changemenow1", "secretsecret", "abcdefghijkl", "abcdefghijklm",
        "abcd12345678", "correcthorsebatterystaple", "elsalvador123", "guatemala1234",
        "honduras12345", "refugiados123", "migrantes1234", "farofarofaro",
    }
)  # fmt: skip


class Passwords:
    """Hashes and verifies, outside the loop and few at a time."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()  # RFC 9106, low-memory profile
        self._nobodys = self._hasher.hash("nobody's password, to spend the same time on")
        self._turn = asyncio.Semaphore(_AT_ONCE)

    async def hashed(self, password: str) -> str:
        """Return what is stored of a password."""
        async with self._turn:
            return await asyncio.to_thread(self._hasher.hash, _normal(password))

    async def matches(self, stored: str | None, password: str) -> bool:
        """Return whether a password is the one that was stored.

        Takes the same time where nothing is stored, so that nobody learns which names exist.
        """
        async with self._turn:
            right = await asyncio.to_thread(self._verify, stored or self._nobodys, password)
        return right and stored is not None

    def is_outdated(self, stored: str) -> bool:
        """Return whether a hash was made with weaker parameters than ours."""
        return self._hasher.check_needs_rehash(stored)

    def _verify(self, stored: str, password: str) -> bool:
        try:
            return self._hasher.verify(stored, _normal(password))
        except (VerificationError, InvalidHashError):
            return False


def fault_of(password: str, *, name: str) -> str | None:
    """Return why a password is not taken: ``short``, ``long``, ``name``, ``guessed``; or None."""
    plain = "".join(_normal(password).casefold().split())
    if len(password) < SHORTEST:
        return "short"
    if len(password) > LONGEST:
        return "long"
    own = "".join(name.casefold().split())
    if plain in {own, own * 2, own[::-1]}:
        return "name"
    return "guessed" if plain in _GUESSED or len(set(plain)) <= 2 else None  # noqa: PLR2004 -- aaaa, abab


def _normal(password: str) -> str:
    # The same keys give other code points on other machines.
    return unicodedata.normalize("NFKC", password)

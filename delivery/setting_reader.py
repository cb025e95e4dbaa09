"""Reads settings from the environment, or from the files that it names."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy.exc import ArgumentError

from delivery.database import database_url
from delivery.ring_file import RingFile
from delivery.seal import KeyRing, SealError, read_key_ring


class SettingError(Exception):
    """A setting is missing or wrong. The message names it and never shows its value."""


class SettingReader:
    """Reads single settings. Its errors name the setting and nothing else."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self._environ = environ

    def optional(self, name: str) -> str | None:
        """Return a setting, or None when neither it nor its file is named."""
        if value := self._environ.get(name, "").strip():
            return value
        if not (file := self._environ.get(f"{name}_FILE", "").strip()):
            return None
        try:
            return Path(file).read_text(encoding="utf-8").strip() or None
        except (OSError, UnicodeDecodeError) as error:
            raise SettingError(f"{name}_FILE names a file that cannot be read") from error

    def required(self, name: str) -> str:
        """Return a setting. Raises SettingError: it is not set."""
        value = self.optional(name)
        if value is None:
            raise SettingError(f"{name} is not set (nor is {name}_FILE)")
        return value

    def number(self, name: str, default: int, *, most: int) -> int:
        """Return a whole number from 1 to ``most``."""
        value = self.optional(name) or str(default)
        if not value.isascii() or not value.isdigit() or not 1 <= int(value) <= most:
            raise SettingError(f"{name} is not a whole number from 1 to {most}")
        return int(value)

    def url(self, name: str, schemes: tuple[str, ...], default: str | None = None) -> str:
        """Return an address with one of the schemes."""
        value = self.optional(name) or default or self.required(name)
        if value.partition("://")[0] not in {*schemes, *(f"{s}+psycopg" for s in schemes)}:
            raise SettingError(f"{name} is not an address that begins with {' or '.join(schemes)}")
        return value

    def database(self, name: str) -> str:
        """Return the address of a PostgreSQL server."""
        value = self.url(name, ("postgresql", "postgres"))
        try:
            database_url(value)
        except (ArgumentError, ValueError):
            raise SettingError(f"{name} is not written postgresql://user@host/name") from None
        return value

    def header(self, name: str) -> str:
        """Return a secret that can stand in a header: visible ASCII."""
        value = self.required(name)
        if not re.fullmatch(r"[!-~]+", value):
            raise SettingError(f"{name} holds other characters than letters, digits and signs")
        return value

    def phone(self, name: str) -> str | None:
        """Return a number in E.164, or None."""
        value = self.optional(name)
        if value is not None and not re.fullmatch(r"\+[1-9]\d{5,14}", value):
            raise SettingError(f"{name} is not a number like +50370000000")
        return value

    def base64(self, name: str, length: int) -> bytes:
        """Return at least ``length`` bytes."""
        try:
            value = base64.b64decode(self.required(name), validate=True)
        except (binascii.Error, ValueError):
            raise SettingError(f"{name} is not base64") from None
        if len(value) < length:
            raise SettingError(f"{name} is shorter than {length} bytes")
        return value

    def keys(self, name: str) -> KeyRing:
        """Return the ring of sealing keys; one in a file follows its file."""
        file = self._environ.get(f"{name}_FILE", "").strip()
        try:
            if file and not self._environ.get(name, "").strip():
                self.required(name)
                return RingFile(Path(file))
            return read_key_ring(self.required(name))
        except SealError as error:
            raise SettingError(f"{name}: {error}") from None

"""The second factor: codes of an authenticator app (TOTP, RFC 6238), each counted once."""

from __future__ import annotations

import hmac
import io
from datetime import datetime

import pyotp
import segno

from console.keys import Keys

_STEP = 30  # seconds, as every app assumes
_AROUND = (0, -1, 1)  # steps: clocks differ, and people type slowly
_DIGITS = 6
NOBODYS_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105 -- only time is spent on it


def new_secret() -> str:
    """Return a new secret: 160 bits in base32."""
    return pyotp.random_base32()


def sealed(keys: Keys, operator: int, secret: str) -> bytes:
    """Return a secret as the database keeps it; it opens for this operator only."""
    return keys.ring.seal(secret.encode(), row=("totp", str(operator)))


def opened(keys: Keys, operator: int, value: bytes) -> str:
    """Return a secret that was sealed. Raises SealError."""
    return keys.ring.open(value, row=("totp", str(operator))).decode()


def step_of(secret: str, code: str, *, now: datetime) -> int | None:
    """Return the time step that a code belongs to, or None: it is wrong, too old or too new."""
    written = "".join(code.split())
    made, current = pyotp.TOTP(secret), int(now.timestamp()) // _STEP
    found = None
    for offset in _AROUND:  # all of them, so that the time says nothing
        right = made.generate_otp(current + offset)
        if hmac.compare_digest(right.encode(), written.encode("utf-8", "replace")):
            found = current + offset
    return found


def looks_like_one(code: str) -> bool:
    """Return whether something could be a code of an app; other codes are recovery codes."""
    written = "".join(code.split())
    return len(written) == _DIGITS and written.isascii() and written.isdigit()


def address(secret: str, name: str) -> str:
    """Return the ``otpauth`` address that opens an app on the same telephone."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name="Faro")


def picture(secret: str, name: str) -> bytes:
    """Return the QR code that an app reads: SVG without a style of its own."""
    written = io.BytesIO()
    segno.make(address(secret, name), error="m").save(
        written, kind="svg", scale=5, border=4, light="#fff"
    )
    return written.getvalue()


def spaced(secret: str) -> str:
    """Return a secret in groups of four, for people who type it."""
    return " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))

"""What every page of the web chat tells the browser about itself."""

from __future__ import annotations

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "media-src 'self'; connect-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
# What the browser itself keeps of us: pages that the way back would show, names of tabs.
LEAVING = {**HEADERS, "Clear-Site-Data": '"cache", "storage"'}
# Chromium stays on the page when a form is answered with a way to a place not named here,
# and the page people leave for may itself point to another one.
PLAIN = {
    **HEADERS,
    "Content-Security-Policy": HEADERS["Content-Security-Policy"].replace(
        "form-action 'self'", "form-action 'self' https:"
    ),
}

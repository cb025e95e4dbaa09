"""The chat as a form: one page a turn, for browsers without scripts."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from html import escape
from pathlib import Path

from channels.recordings import address
from delivery.reading import Unread

_STATIC = Path(__file__).with_name("static")
LABELS: Mapping[str, Mapping[str, str]] = json.loads(
    (_STATIC / "labels.json").read_text(encoding="utf-8")
)
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "ur", "ps", "he", "ckb"})


def plain_page(
    conversation: str | None,
    replies: list[Unread],
    languages: str,
    exit_url: str,
    *,
    unsent: str | None = None,
) -> str:
    """Return the page.

    Args:
        conversation: Address of a conversation that goes on, or None for a new one.
        replies: What to show, oldest first.
        languages: The browser's ``Accept-Language``.
        exit_url: Where the link out leads.
        unsent: What could not be kept, to be sent again; else None.
    """
    language = _first_known(languages)
    labels, name = LABELS[language], conversation or secrets.token_urlsafe(24)
    said = "".join(_reply(reply) for reply in replies)
    notice = labels["waiting"] if unsent is None else labels["again"]
    waiting = f"<p>{escape(notice)}</p>" if conversation and not replies else ""
    buttons = "".join(_button(b.token, b.label) for reply in replies for b in reply.message.buttons)
    return f"""<!doctype html>
<html lang="{language}" dir="{direction(language)}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="referrer" content="no-referrer"><title>Chat</title>
<link rel="stylesheet" href="/webchat/static/chat.css"></head><body class="plain">
<header>{_ways_out(name, labels, exit_url)}{_told(labels, new=conversation is None)}</header>
<main id="log">{said}{waiting}</main>
<form method="post" action="/plain" autocomplete="off">
<input type="hidden" name="conversation" value="{name}">
<input type="hidden" name="id" value="{secrets.token_urlsafe(12)}">
{buttons}<div id="write"><label for="text" class="unseen">{escape(labels["write"])}</label>
<textarea id="text" name="text" rows="2" maxlength="12000">{escape(unsent or "")}</textarea>
<button>{escape(labels["send"])}</button></div></form></body></html>"""


def _ways_out(name: str, labels: Mapping[str, str], exit_url: str) -> str:
    """Return the link out, and the button that can do more."""
    return f"""<a id="exit" href="{escape(exit_url, quote=True)}" rel="noreferrer"
 aria-describedby="without history">{escape(labels["exit"])}</a>
<form method="post" action="/plain/leave"><input type="hidden" name="conversation" value="{name}">
<button>{escape(labels["drop"])}</button></form>"""


def _told(labels: Mapping[str, str], *, new: bool) -> str:
    """Return what the link cannot do and what the browser keeps, unfolded on the first page."""
    limits = labels["without"].format(exit=labels["exit"], drop=labels["drop"])
    return f"""<details id="about"{" open" if new else ""}>
<summary aria-label="{escape(labels["about"])}"><span aria-hidden="true">?</span></summary>
<p id="without">{escape(limits)}</p><p id="history">{escape(labels["history"])}</p></details>"""


def direction(language: str | None) -> str:
    """Return ``rtl`` or ``ltr``."""
    return "rtl" if (language or "").partition("-")[0] in _RIGHT_TO_LEFT else "ltr"


def _reply(reply: Unread) -> str:
    language = reply.message.language or "und"
    text = escape(reply.message.text).replace("\n", "<br>")
    if reply.message.recording:
        source = escape(address(reply.message.recording), quote=True)
        text = f'{text} <audio controls preload="none" src="{source}"></audio>'
    tag = escape(language, quote=True)
    return f'<div class="theirs" lang="{tag}" dir="{direction(language)}">{text}</div>'


def _button(token: str, label: str) -> str:
    return f'<button name="choice" value="{escape(token, quote=True)}">{escape(label)}</button>'


def _first_known(languages: str) -> str:
    wished = (part.partition(";")[0].strip()[:2].lower() for part in languages.split(","))
    return next((language for language in wished if language in LABELS), "en")

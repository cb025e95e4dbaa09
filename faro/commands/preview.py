"""``faro preview``: a message as the person will see it."""

from __future__ import annotations

from typing import Annotated

import typer

from content.direction import marked, runs_right_to_left
from content.messages import SOURCE_LANGUAGE, Messages, read_messages
from content.reply import Reply
from content.samples import filled
from delivery.capabilities import CAPABILITIES, DEFAULT_CHANNEL
from delivery.fitting import fit
from delivery.paging import first_page
from delivery.segments import count_segments, is_gsm7
from faro.commands.options import Channel, Language
from faro.errors import FaroError
from faro.root import MESSAGES

_MOST_LIKE_IT = 5


def command(
    message: Annotated[str, typer.Argument(help="Id of a message, such as danger.cannot_send.")],
    *,
    channel: Channel = DEFAULT_CHANNEL,
    language: Language = None,
    value: Annotated[
        list[str] | None, typer.Option(help="What fills a placeholder: --value number=911.")
    ] = None,
) -> None:
    """Show a message as the phone will: its parts, and on SMS the segments of each.

    Placeholders hold samples unless --value says what fills them.
    """
    messages = read_messages(MESSAGES)
    tag = language or SOURCE_LANGUAGE
    _demand(messages, message, tag)
    wording = messages.wording(message, tag)
    text = filled(wording.text, tag, dict(part.partition("=")[::2] for part in value or ()))
    text = marked(text) if runs_right_to_left(tag) else text
    print(f"{message}, {tag}, {wording.state}, as on {channel}")
    for part in parts(text, message, tag, channel, messages):
        told = f", {count_segments(part)} segments" if channel == "sms" else ""
        alphabet = f", {'GSM-7' if is_gsm7(part) else 'UCS-2'}" if channel == "sms" else ""
        print(f"--- {len(part)} characters{told}{alphabet}\n{part}")


def parts(text: str, message: str, tag: str, channel: str, messages: Messages) -> list[str]:
    """Return the messages that a text becomes on a channel, every page of it."""
    capabilities = CAPABILITIES[channel]
    left: Reply | None = Reply(tag, (text,), (), (message,))
    found = []
    while left is not None:
        shown, rest = first_page(left, capabilities, messages.text)
        found += [part.text for part in fit(shown, capabilities, offered_in=1)]
        left = rest.as_reply() if rest else None
    return found


def _demand(messages: Messages, message: str, language: str) -> None:
    if language not in messages.languages:
        raise FaroError(f"No messages in {language}", f"There are {', '.join(messages.languages)}")
    if not messages.has(message, language):
        family = message.partition(".")[0]
        like = [one for one in sorted(messages.ids(language)) if one.startswith(family)]
        known = ", ".join(like[:_MOST_LIKE_IT]) or "see data/messages"
        raise FaroError(f"{message} has no wording in {language}", f"Like it: {known}")

"""A long answer in pages, on a channel where each segment costs: the person asks for the next.

The first page holds what matters most, since answers begin with it. What is left waits, sealed
with what was offered, until it is asked for or the conversation goes on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from content.reply import Choice, Reply
from delivery.fitting import PIECES, Capabilities, numbered
from delivery.gsm7 import spared, spared_reply
from delivery.rest import NEXT_PAGE, Rest
from delivery.segments import count_segments
from wire.decision import Decision
from wire.say import Say
from wire.state import State

_DANGER = "danger."  # twice as long: what to do stands under the number
_SENTENCE_ENDS = re.compile(r"[.!?؟。।۔።;]\s*\Z|\n\s*\Z")
_LONE_NUMBER = re.compile(r"(?:\A|\n)\s*\d+[.)]\s*\Z")  # belongs to what stands behind it
_LEAST = 0.5  # of a page: an earlier end of a sentence is no place to stop


def first_page(
    reply: Reply, capabilities: Capabilities, text: Callable[[str, str], str]
) -> tuple[Reply, Rest | None]:
    """Return what is sent of a reply at once, and what is left of it.

    Args:
        reply: What to say; ``says`` has an id for each text.
        capabilities: Of the channel it goes to; without pages it is sent as it is.
        text: Returns a message in a language; asked for the label of the choice to read on.
    """
    if capabilities.page is None or not (reply.texts or reply.choices):
        return reply, None
    label = text("choice.next_page", reply.language)
    return _page(spared_reply(reply), capabilities.page, spared(label))


def next_page(left: Rest, state: State) -> tuple[Decision, Reply]:
    """Return what stands for the decision when somebody reads on, and what is left to say."""
    says = tuple(Say(say) for say in left.says)
    return Decision(left.language, NEXT_PAGE, 1.0, says, state), left.as_reply()


def _page(reply: Reply, segments: int, label: str) -> tuple[Reply, Rest | None]:
    if reply.says and reply.says[0].startswith(_DANGER):
        segments *= 2
    if sum(map(count_segments, _messages(reply))) <= segments:
        return reply, None
    if count_segments("\n".join(_messages(reply))) <= segments:
        return replace(reply, texts=("\n".join(reply.texts),), says=reply.says[:1]), None
    ask = Choice(NEXT_PAGE, label)

    def fits(text: str, choices: Sequence[Choice] = ()) -> bool:
        return count_segments("\n".join([text, numbered((*choices, ask))]).strip()) <= segments

    text, left = _cut("\n".join(reply.texts), fits)
    choices, later = ((), reply.choices) if left else _as_many(reply.choices, text, fits)
    shown = Reply(reply.language, (text,), (*choices, ask), reply.says[:1] or ("",))
    rest = Rest(reply.language, (left,), reply.says[-1:] or ("",), later)
    return shown, rest


def _messages(reply: Reply) -> list[str]:
    """Return the messages that a reply is without pages: the last one holds the choices."""
    listed = [numbered(reply.choices)] if reply.choices else []
    return [*reply.texts[:-1], "\n".join([*reply.texts[-1:], *listed])]


def _cut(text: str, fits: Callable[[str], bool]) -> tuple[str, str]:
    """Return what fits of a text and what is left, cut behind a line or a sentence if possible."""
    if fits(text):
        return text, ""
    end, good, taken = 0, 0, ""
    for match in PIECES.finditer(text):
        taken = text[: match.end()]
        if end and not fits(taken.strip()):
            break
        if end and _LONE_NUMBER.search(taken):
            continue
        end = match.end()
        if _SENTENCE_ENDS.search(taken):
            good = end
    end = good if good >= end * _LEAST else end
    return text[:end].strip(), text[end:].strip()


def _as_many(
    choices: tuple[Choice, ...], text: str, fits: Callable[[str, Sequence[Choice]], bool]
) -> tuple[tuple[Choice, ...], tuple[Choice, ...]]:
    """Return the choices that fit under a text, at least one on a page of their own."""
    count = 0 if text else 1
    while count < len(choices) and fits(text, choices[: count + 1]):
        count += 1
    return choices[:count], choices[count:]

"""Which entries an answer told: known to the conversation, so that "it was closed" means one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from content.reply import Reply
from directory.parts import Part
from wire.decision import Decision
from wire.state import State
from wire.strict import JsonValue

ASK = "feedback.ask"  # the say with the three faces
_HARM = ("danger.", "safe.", "early_care.", "exit.", "safety.")
_ABOUT, _ASKED = "about", "asked"  # slots
_CODE = re.compile(r"(services|rights|helplines)/([A-Z]{2})/([A-Za-z0-9_.:-]{1,64})", re.ASCII)


@dataclass(frozen=True, order=True)
class Entry:
    """One listing, rights fact or line: ids only."""

    part: str
    country: str
    id: str


def write_entries(part: Part, country: str, ids: Iterable[str]) -> tuple[str, ...]:
    """Return the codes of entries, as a state holds them."""
    return tuple(f"{part.value}/{country}/{entry}" for entry in ids)


def read_entries(codes: object) -> list[Entry]:
    """Return the entries that a list of codes names; what is no code names none."""
    if not isinstance(codes, list | tuple):
        return []
    found = (_CODE.fullmatch(code) for code in codes if isinstance(code, str))
    return [Entry(*match.groups()) for match in found if match]


def remembering(decision: Decision, reply: Reply) -> Decision:
    """Return a decision whose state knows what its reply told.

    Nothing is known of what was told in danger. The question how it was is among what was said,
    and counts as asked, only where it was worded.
    """
    slots: dict[str, JsonValue] = dict(decision.state.slots)
    harm = any(say.message.startswith(_HARM) for say in decision.says)
    if harm or decision.risk is not None or slots.get("before"):
        slots.pop(_ABOUT, None)
    elif reply.about:
        slots[_ABOUT] = list(reply.about)
    says = decision.says
    if ASK not in reply.says and any(say.message == ASK for say in says):
        slots.pop(_ASKED, None)
        says = tuple(say for say in says if say.message != ASK)
    return replace(decision, says=says, state=State(slots))

"""Everything the enclave decided for one turn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from wire.say import Say
from wire.state import State
from wire.strict import (
    VERSION,
    JsonValue,
    WireError,
    checked,
    number,
    sequence,
    string,
    string_or_none,
    values,
)

URGENCIES = frozenset({"now", "careful"})


@dataclass(frozen=True)
class Decision:
    """``says`` is never empty: silence is the one answer we do not give.

    Attributes:
        language: BCP 47 tag to answer in.
        intent: What the person does, a name of the vocabulary.
        confidence: Calibrated, 0 to 1.
        says: What to say, in order.
        state: What to remember for the next turn.
        risk: What safeguarding found: the name of a danger or disclosure, or None.
        urgency: ``"now"``, ``"careful"`` or None.
        entities: Codes found in this turn (country, city, status, care, audience …).
    """

    language: str
    intent: str
    confidence: float
    says: tuple[Say, ...]
    state: State
    risk: str | None = None
    urgency: str | None = None
    entities: Mapping[str, JsonValue] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        if not self.says:
            raise WireError("decision: nothing to say")
        if self.urgency is not None and self.urgency not in URGENCIES:
            raise WireError("decision.urgency: neither now nor careful")

    def as_json(self) -> dict[str, object]:
        """Return the object that :meth:`from_json` reads."""
        return {
            "version": VERSION,
            "language": self.language,
            "intent": self.intent,
            "confidence": self.confidence,
            "says": [say.as_json() for say in self.says],
            "state": self.state.as_json(),
            "risk": self.risk,
            "urgency": self.urgency,
            "entities": dict(self.entities),
        }

    @classmethod
    def from_json(cls, data: object) -> Decision:
        """Return the decision in ``data``. Raises WireError."""
        required = frozenset({"language", "intent", "confidence", "says", "state"})
        fields = checked("decision", data, required, frozenset({"risk", "urgency", "entities"}))
        return cls(
            language=string("decision.language", fields["language"]),
            intent=string("decision.intent", fields["intent"]),
            confidence=number("decision.confidence", fields["confidence"]),
            says=tuple(Say.from_json(say) for say in sequence("decision.says", fields["says"])),
            state=State.from_json(fields["state"]),
            risk=string_or_none("decision.risk", fields.get("risk")),
            urgency=string_or_none("decision.urgency", fields.get("urgency")),
            entities=values("decision.entities", fields.get("entities", {})),
        )

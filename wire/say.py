"""One thing the enclave decided to say: which message, filled with what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from wire.strict import VERSION, JsonValue, checked, sequence, string, values


@dataclass(frozen=True)
class Say:
    """The enclave names the message; the gateway owns its wording in every language.

    Attributes:
        message: Id of a message, ``topic.what``.
        values: Codes that fill it (a country, a status, kinds of service).
        choices: Ids of the choices offered with it, in order. The gateway may add some
            of its own (the services it lists).
    """

    message: str
    values: Mapping[str, JsonValue] = field(default_factory=dict, repr=False)
    choices: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        """Return the object that :meth:`from_json` reads."""
        return {
            "version": VERSION,
            "message": self.message,
            "values": dict(self.values),
            "choices": list(self.choices),
        }

    @classmethod
    def from_json(cls, data: object) -> Say:
        """Return the say in ``data``. Raises WireError."""
        fields = checked("say", data, frozenset({"message"}), frozenset({"values", "choices"}))
        return cls(
            message=string("say.message", fields["message"]),
            values=values("say.values", fields.get("values", {})),
            choices=tuple(
                string("say.choices", choice)
                for choice in sequence("say.choices", fields.get("choices", []))
            ),
        )

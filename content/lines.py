"""Helplines: which ones are said for a purpose, and how.

A country's emergency numbers are never hidden. A line of low confidence is said only where no
better one exists for its purpose, behind the emergency number and as "not confirmed".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from content import dates
from content.messages import Messages
from content.validity import confirmed, in_force
from content.vocabulary_labels import Labels

Line = Mapping[str, Any]
EMERGENCY = ("emergency_any", "emergency_medical", "police")
MOST = 3  # lines for one purpose: more is hard to choose from when afraid


@dataclass(frozen=True)
class Country:
    """What is known of a country's lines.

    Attributes:
        code: ISO 3166-1 alpha-2.
        pack: The pack part.
        lines: Its helplines in the order of the pack.
    """

    code: str
    pack: Mapping[str, Any]
    lines: Sequence[Line]

    @property
    def zone(self) -> str:
        """The IANA name of its first time zone."""
        return str(self.pack["timezones"][0])

    def emergency(self, *purposes: str) -> Line | None:
        """Return the emergency line to say first, for these purposes where there is one."""
        ids = list(self.pack["emergency"])
        lines = sorted(
            (line for line in self.lines if line["id"] in ids and line["numbers"]),
            key=lambda line: ids.index(line["id"]),
        )
        fitting = [line for line in lines if set(purposes) & set(line["purpose"])]
        return next(iter([*fitting, *lines]), None)

    def emergency_number(self, *purposes: str) -> str | None:
        """Return the number of that line."""
        line = self.emergency(*purposes)
        return str(line["numbers"][0]["number"]) if line else None

    def for_purpose(self, purpose: str, today: date) -> list[Line]:
        """Return the lines for a purpose, best first; unconfirmed ones where none is better."""
        found = [
            line for line in self.lines if purpose in line["purpose"] and in_force(line, today)
        ]
        good = [line for line in found if confirmed(line)]
        if purpose in EMERGENCY and not good:
            good = found
        ranked = good or found
        return sorted(ranked, key=lambda line: line["confidence"] != "high")[:MOST]


class LineWords:
    """Says lines in one language."""

    def __init__(self, messages: Messages, language: str, labels: Labels, now: datetime) -> None:
        self._messages = messages
        self._language = language
        self._labels = labels
        self._now = now

    def line(self, line: Line, zone: str) -> str:
        """Return a line: name, the ways to reach it, hours, cost, languages, date of source."""
        details = [
            dates.hours(line["hours"], self._messages, self._language, now=self._now, zone=zone)
        ]
        if line["cost"]["kind"] != "unknown":
            details.append(self._labels.text(f"lines.{line['cost']['kind']}"))
        if line["languages"]:
            names = self._labels.listed([self._labels.language(tag) for tag in line["languages"]])
            details.append(self._labels.text("lines.languages", languages=names))
        details.append(self._source(line))
        if not confirmed(line):
            details.insert(0, self._labels.text("lines.not_confirmed"))
        return self._labels.text(
            "lines.line",
            name=line["name"],
            way=", ".join(self.ways(line)),
            details=", ".join(details),
        )

    def ways(self, line: Line) -> list[str]:
        """Return how to reach a line: numbers first, then chat, web and mail."""
        ways = []
        for number in line["numbers"]:
            kind = number["kind"]
            if kind == "fax":
                continue
            said = str(number["number"])
            ways.append(
                self._labels.text(f"lines.{kind}", number=said) if kind != "voice" else said
            )
        for page in line["web"]:
            url = page["url"]
            ways.append(self._labels.text("lines.chat", url=url) if page["kind"] == "chat" else url)
        return [*ways, *line["email"]]

    def _source(self, line: Line) -> str:
        published = str(line["source"]["published"])
        if not published[:1].isdigit():
            return self._labels.text("lines.source_unknown")
        date = dates.published(published, self._messages, self._language)
        return self._labels.text("lines.source", date=date)

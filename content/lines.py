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
from content.freshness import is_lost, is_overdue
from content.messages import Messages
from content.source_words import in_brief
from content.validity import confirmed, ended_before, in_force
from content.vocabulary_labels import Labels

Line = Mapping[str, Any]
EMERGENCY = ("emergency_any", "emergency_medical", "police")
# Where an unconfirmed number is better than none.
DANGER = (*EMERGENCY, "gbv", "suicide_mental_health", "child", "trafficking", "poison")
MOST = 3  # lines for one purpose: more is hard to choose from when afraid


@dataclass(frozen=True)
class Country:
    """What is known of a country's lines.

    Attributes:
        code: ISO 3166-1 alpha-2.
        pack: The pack part.
        lines: Its helplines in the order of the pack.
        first_lines: Ids of lines that the pack, or the region the person is in, puts first.
    """

    code: str
    pack: Mapping[str, Any]
    lines: Sequence[Line]
    first_lines: Sequence[str] = ()

    @property
    def zones(self) -> Sequence[str]:
        """The IANA names of its time zones."""
        zones: Sequence[str] = self.pack["timezones"]
        return zones

    def emergency(self, *purposes: str) -> Line | None:
        """Return the emergency line to say first, for these purposes where there is one."""
        lines = self.emergencies()
        fitting = [line for line in lines if set(purposes) & set(line["purpose"])]
        return next(iter([*fitting, *lines]), None)

    def emergencies(self) -> list[Line]:
        """Return the country's emergency lines in the order of its pack."""
        ids = list(self.pack["emergency"])
        lines = [line for line in self.lines if line["id"] in ids and line["numbers"]]
        return sorted(lines, key=lambda line: ids.index(line["id"]))

    def emergency_number(self, *purposes: str) -> str | None:
        """Return the number of that line."""
        line = self.emergency(*purposes)
        return str(line["numbers"][0]["number"]) if line else None

    def for_purpose(self, purpose: str, today: date) -> list[Line]:
        """Return the lines for a purpose, best first; a consulate's line is never among them.

        For danger a line that is unconfirmed, or past its date, is returned where none is
        better: only a person retires it.
        """
        own = [
            line
            for line in self.lines
            if purpose in line["purpose"]
            and line.get("superseded_by") is None
            and line.get("run_by") != "consulate"
        ]
        current = [line for line in own if in_force(line, today)]
        found = [line for line in current if is_sure(line, today)]
        if purpose in DANGER:
            found = found or current or own
        else:
            aged = [line for line in current if confirmed(line) and not is_lost(line, today)]
            found = [*found, *(line for line in aged if line not in found)]
        return sorted(found, key=lambda line: (not is_sure(line, today), *self._rank(line)))[:MOST]

    def covers(self, line: Line) -> bool:
        """Return whether a line is for the whole country, or for the region the person is in."""
        return line.get("area") is None or line["id"] in self.first_lines

    def consulates(self, today: date) -> list[Line]:
        """Return the lines of consulates, for whoever asks for one."""
        found = [line for line in self.lines if line.get("run_by") == "consulate"]
        known = [line for line in found if in_force(line, today) and confirmed(line)]
        return [line for line in known if not is_lost(line, today)]

    def _rank(self, line: Line) -> tuple[int, bool, bool, bool]:
        first = list(self.first_lines)
        return (
            first.index(line["id"]) if line["id"] in first else len(first),
            line.get("run_by") == "police",
            line.get("area") is not None,  # the whole country before one region or city
            line["confidence"] != "high",
        )


def serves(line: Line, status: str | None) -> bool:
    """Return whether a line is for a status; most are for everybody."""
    wanted = line.get("status") or ()
    return not wanted or status is None or status in wanted


def can_be_written_to(line: Line) -> bool:
    """Return whether a line takes anything but calls: SMS, WhatsApp, a chat, mail."""
    written = any(number["kind"] not in ("voice", "fax") for number in line["numbers"])
    return written or any(page["kind"] == "chat" for page in line["web"]) or bool(line["email"])


def is_sure(line: Line, today: date) -> bool:
    """Return whether a line is said without "not confirmed". An emergency number does not age."""
    return confirmed(line) and (_is_emergency(line) or not is_overdue("helplines", line, today))


def _is_emergency(line: Line) -> bool:
    return set(line["purpose"]) <= set(EMERGENCY)


class LineWords:
    """Says lines in one language."""

    def __init__(self, messages: Messages, language: str, labels: Labels, now: datetime) -> None:
        self._messages = messages
        self._language = language
        self._labels = labels
        self._now = now

    def line(self, line: Line, zones: Sequence[str], *, in_full: bool = False) -> str:
        """Return a line: name, the ways to reach it, hours, cost, languages, date of source.

        With ``in_full`` a cost that is not known is said, too.
        """
        details = [
            dates.hours(line["hours"], self._messages, self._language, now=self._now, zones=zones)
        ]
        if line["cost"]["kind"] != "unknown":
            details.append(self._labels.text(f"lines.{line['cost']['kind']}"))
        elif in_full:
            details.append(self._labels.text("lines.cost_unknown"))
        if line["languages"]:
            names = self._labels.listed([self._labels.language(tag) for tag in line["languages"]])
            details.append(self._labels.text("lines.languages", languages=names))
        details.append(self.source(line))
        today = self._now.date()
        if not is_sure(line, today) or ended_before(line, today):
            details.insert(0, self._labels.text("lines.not_confirmed"))
        return self._labels.text(
            "lines.line",
            name=self.name(line),
            way=", ".join(self.ways(line)),
            details=", ".join(details),
        )

    def title(self, line: Line) -> str:
        """Return a line's own name, or in words of the language where it is a description."""
        return self._labels.title(line)

    def name(self, line: Line) -> str:
        """Return a line's name; what an emergency line is for stands before it."""
        name, kind = self.title(line), self.kind(line) if _is_emergency(line) else ""
        return f"{kind}, {name}" if kind.casefold() not in name.casefold() else name

    def kind(self, line: Line) -> str:
        """Return what an emergency line is for, in the language of the reply."""
        purposes = [purpose for purpose in line["purpose"] if purpose in EMERGENCY]
        return self._labels.of("purpose", min(purposes, key=EMERGENCY.index))

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

    def source(self, line: Line) -> str:
        """Return when a line was verified, or the date of its source."""
        return in_brief(line, self._messages, self._language)

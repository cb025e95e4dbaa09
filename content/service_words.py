"""Services in words: a line or two in a list, everything that is known in the details."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from content import dates
from content.freshness import is_overdue
from content.messages import Messages
from content.source_words import in_brief
from content.vocabulary_labels import Labels
from directory.listing import Listing
from directory.local_time import first_day
from directory.nearness import only_for
from directory.open_now import is_open, is_paused, moment_in

_NEARBY_KM = 1.0


class ServiceWords:
    """Says services in one language, for one moment."""

    def __init__(self, messages: Messages, language: str, labels: Labels, now: datetime) -> None:
        self._messages = messages
        self._language = language
        self._labels = labels
        self._now = now

    def item(self, number: int, found: Listing, zones: Sequence[str]) -> str:
        """Return one entry of a list: name, where, how to reach it, hours, price, source.

        ``zones`` are the time zones that it may be in.
        """
        body = found.body
        lines = [
            self._labels.text(
                "services.item",
                number=str(number),
                name=self.title(body),
                where=self.where(found),
            ),
            *self._only_for(body),
            *self._contact(body)[:1],
            self._hours(found, zones),
            self._cost(body),
        ]
        lines += self._now_closed(body, zones)
        source = dates.source(body, self._messages, self._language)
        verified = self._verified(body) if body["verified"] != "never" else ""
        text = self._labels.text("source.line", sources=source, verified=verified)
        return "\n".join([*lines, text.strip()])

    def brief(self, number: int, found: Listing) -> str:
        """Return one entry in one line: name, where, how to reach it, date of its source."""
        name = self._labels.text(
            "services.item",
            number=str(number),
            name=self.title(found.body),
            where=self.where(found),
        )
        said = ". ".join([name, *self._only_for(found.body), *self._contact(found.body)[:1]])
        return f"{said} ({in_brief(found.body, self._messages, self._language)})"

    def title(self, body: Mapping[str, Any]) -> str:
        """Return a service's own name, or in words of the language where it is a description."""
        return self._labels.title(body)

    def unverified(self, shown: Sequence[Listing]) -> list[str]:
        """Return, once for a whole list, that some of it was never verified."""
        if any(found.body["verified"] == "never" for found in shown):
            return [self._labels.text("source.not_verified")]
        return []

    def details(self, found: Listing, zones: Sequence[str]) -> str:
        """Return everything that is known of a service; what is not known is said so."""
        body = found.body
        lines = [
            f"{self.title(body)} ({self.where(found)})",
            *self._now_closed(body, zones),
            *self._capacity(body),
            self._labels.text("services.what", kinds=self._labels.each("kind", body["kinds"])),
            *self._contact(body),
            *self._addresses(found),
            self._hours(found, zones),
            self._cost(body),
            self._run_by(body),
            self._who(body),
            self._way_in(body),
            self._documents(body),
            self._waiting(body),
            *self._languages(body),
            self._modality(body),
            *self._accessibility(body),
            self._labels.text(
                "source.line",
                sources=dates.source(body, self._messages, self._language),
                verified=self._verified(body),
            ),
        ]
        return "\n".join(lines)

    def where(self, found: Listing) -> str:
        """Return where a service is: city, distance, region, country, remote, or withheld."""
        if found.protection:
            return self._labels.text("services.place_withheld")
        names = [self._labels.city_name(found.country, name) for name in found.cities]
        cities = self._labels.listed(names) if names else None
        if cities and found.distance is not None and found.distance > _NEARBY_KM:
            away = dates.distance(found.distance, self._language)
            return self._labels.text("services.away", city=cities, distance=away)
        if cities:
            return cities
        if found.scope == "remote":
            return self._labels.text("services.remote")
        if found.scope == "country":
            return self._labels.text("services.whole_country")
        return str(found.body.get("region") or self._labels.text("services.place_unknown"))

    def _now_closed(self, body: Mapping[str, Any], zones: Sequence[str]) -> list[str]:
        """Return that a place is closed for now or takes nobody new; a pause ends by itself."""
        said = []
        if is_paused(body, first_day(self._now, zones)):
            until = dates.day(body["paused_until"], self._language)
            said.append(self._labels.text("services.paused_until", date=until))
        if body["not_taking"]:
            said.append(self._labels.text("services.not_taking"))
        return said

    def _capacity(self, body: Mapping[str, Any]) -> list[str]:
        told = body.get("capacity")
        if not told:
            return []
        room = self._labels.of("capacity", told["code"])
        date = dates.day(told["as_of"], self._language)
        return [self._labels.text("services.capacity", capacity=room, date=date)]

    def _accessibility(self, body: Mapping[str, Any]) -> list[str]:
        ways = body.get("accessibility")
        if not ways:
            return []
        said = self._labels.each("accessibility", ways)
        return [self._labels.text("services.accessibility", ways=said)]

    def _only_for(self, body: Mapping[str, Any]) -> list[str]:
        whom = only_for(body)
        if not whom:
            return []
        return [self._labels.text("services.only_for", whom=self._labels.each("audience", whom))]

    def _contact(self, body: Mapping[str, Any]) -> list[str]:
        said = []
        if numbers := [phone["number"] for phone in body["phones"]]:
            said.append(self._labels.text("services.phone", numbers=", ".join(numbers)))
        if whatsapp := [whatsapp["number"] for whatsapp in body["whatsapp"]]:
            said.append(self._labels.text("services.whatsapp", numbers=", ".join(whatsapp)))
        if body.get("email"):
            said.append(self._labels.text("services.email", email=", ".join(body["email"])))
        if body.get("url"):
            said.append(self._labels.text("services.web", url=body["url"]))
        return said or [self._labels.text("services.no_contact")]

    def _addresses(self, found: Listing) -> list[str]:
        # A protected place is never told, whatever its pack says.
        if found.protection:
            return []
        addresses = found.body["addresses"]
        text = "; ".join(addresses) if addresses else self._labels.text("services.unknown")
        return [self._labels.text("services.address", address=text)]

    def _verified(self, body: Mapping[str, Any]) -> str:
        if is_overdue("services", body, self._now.date()):
            date = dates.day(body["verified"], self._language)
            return self._labels.text("source.aged", date=date)
        return dates.verified(body, self._messages, self._language)

    def _hours(self, found: Listing, zones: Sequence[str]) -> str:
        body = found.body
        hours = self._labels.text("services.unknown")
        if dates.are_known(body["hours"]):
            told = body["hours"]
            hours = dates.hours(
                told,
                self._messages,
                self._language,
                now=self._now,
                zones=zones,
                is_open_in=lambda zone: self._is_open(found, zone),
            )
        return self._labels.text("services.hours", hours=hours)

    def _is_open(self, found: Listing, zone: str) -> bool | None:
        """Return whether a place is open; None on a public holiday that it says nothing of."""
        body, moment = found.body, moment_in(found.country, zone, self._now)
        if not dates.is_open(body["hours"], self._now, zone):
            return False
        today = first_day(self._now, [zone])
        if is_open(body, moment, today):
            return True
        holiday = moment.holiday or moment.after_holiday
        if is_paused(body, today) or body.get("holidays") == "closed" or not holiday:
            return False
        return None

    def _cost(self, body: Mapping[str, Any]) -> str:
        kind = body["cost"]["kind"]
        known = self._labels.of("cost_kind", kind) if kind != "unknown" else None
        return self._labels.text(
            "services.cost", cost=known or self._labels.text("services.unknown")
        )

    def _run_by(self, body: Mapping[str, Any]) -> str:
        code = body["run_by"]
        known = self._labels.of("run_by", code) if code != "unknown" else None
        return self._labels.text(
            "services.run_by", who=known or self._labels.text("services.unknown")
        )

    def _who(self, body: Mapping[str, Any]) -> str:
        audience = body["audience"]
        whom = (
            self._labels.each("audience", audience)
            if audience and "any" not in audience
            else self._labels.text("services.everybody")
        )
        status = body["status"]
        papers = (
            self._labels.text("services.who_any")
            if "any" in status
            else self._labels.each("status_phrase", status, style="or")
            if status
            else self._labels.text("services.unknown")
        )
        return self._labels.text("services.who", audience=whom, status=papers)

    def _way_in(self, body: Mapping[str, Any]) -> str:
        ways = body["way_in"]
        text = self._labels.text("services.unknown")
        if ways:
            text = self._labels.each("way_in", ways, style="or")
        return self._labels.text("services.way_in", ways=text)

    def _documents(self, body: Mapping[str, Any]) -> str:
        named = [
            self._labels.of("documents" if code == "none_needed" else "document", code)
            for code in body["documents"]
        ]
        text = self._labels.listed(named) if named else self._labels.text("services.unknown")
        return self._labels.text("services.documents", documents=text)

    def _waiting(self, body: Mapping[str, Any]) -> str:
        waiting = body["waiting"]
        # The words of the source stay in its language; what is said has a code.
        known = self._labels.of("waiting", waiting["code"]) if waiting.get("code") else None
        return self._labels.text(
            "services.waiting", waiting=known or self._labels.text("services.unknown")
        )

    def _languages(self, body: Mapping[str, Any]) -> list[str]:
        unknown = self._labels.text("services.unknown")

        def names(tags: list[str]) -> str:
            return self._labels.listed([self._labels.language(tag) for tag in tags])

        spoken, interpreted = body["languages_spoken"], body["languages_interpreted"]
        if interpreted:
            with_interpreter = names(interpreted)
        elif body["interpreters"] == "yes":
            with_interpreter = self._labels.text("services.interpreters_yes")
        else:
            with_interpreter = unknown
        return [
            self._labels.text("services.spoken", languages=names(spoken) if spoken else unknown),
            self._labels.text("services.interpreted", languages=with_interpreter),
        ]

    def _modality(self, body: Mapping[str, Any]) -> str:
        ways = body["modality"]
        text = (
            self._labels.each("modality", ways, style="or")
            if ways
            else self._labels.text("services.unknown")
        )
        return self._labels.text("services.modality", ways=text)

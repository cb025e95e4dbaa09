"""Everything an answer is composed with: one language, one moment, one look at the packs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from content.lines import Country, LineWords
from content.messages import Messages
from content.overrides import Overrides
from content.reply import Choice
from content.rights_words import RightsWords
from content.service_words import ServiceWords
from content.tables import Tables
from content.vocabulary_labels import Labels
from directory.dialable import lines_to_tell
from directory.gazetteer import Gazetteer
from directory.listing import Listing
from directory.local_time import zones_of
from directory.queries import helplines_of, pack_of


@dataclass(frozen=True)
class Scene:
    """Made anew for each reply.

    Attributes:
        messages: All wordings.
        language: BCP 47 tag of the reply.
        channel: Registry name of the channel.
        now: The moment of the reply, with its time zone.
        session: An open session on the packs.
        places: The gazetteer.
        tables: What answers look up.
        offered: The choices of the previous reply.
        overrides: What the pack of the conversation's country says otherwise.
        packs: Packs that were read before, by country; None is a country without one.
    """

    messages: Messages
    language: str
    channel: str
    now: datetime
    session: AsyncSession = field(repr=False)
    places: Gazetteer = field(repr=False)
    tables: Tables = field(repr=False)
    offered: tuple[Choice, ...] = field(default=(), repr=False)
    overrides: Overrides = field(default_factory=Overrides, repr=False)
    packs: Mapping[str, Mapping[str, Any] | None] = field(default_factory=dict, repr=False)
    # The same look for all that one reply says: its line for emergencies asks again.
    _countries: dict[str, Country | None] = field(default_factory=dict, repr=False)

    @property
    def labels(self) -> Labels:
        """Names of codes in the language of the reply."""
        return Labels(self.messages, self.language, self.places, self.tables.cities)

    @property
    def lines(self) -> LineWords:
        """Says lines."""
        return LineWords(self.messages, self.language, self.labels, self.now)

    @property
    def rights(self) -> RightsWords:
        """Says rights facts."""
        return RightsWords(self.messages, self.language, self.labels, self.now.date())

    @property
    def services(self) -> ServiceWords:
        """Says services."""
        return ServiceWords(self.messages, self.language, self.labels, self.now)

    @property
    def is_short(self) -> bool:
        """Whether only the short set of messages is in this language."""
        known = self.tables.languages.get(self.language)
        return known is not None and known.short

    def choice(self, choice: str) -> Choice:
        """Return a choice with its label."""
        return Choice(choice, self.labels.choice(choice))

    def choices(self, choices: Sequence[str]) -> tuple[Choice, ...]:
        """Return choices with their labels; without those that a short language cannot name."""
        if not self.is_short:
            return tuple(map(self.choice, choices))
        fitting = [choice for choice in choices if self.labels.can_name(choice)]
        return tuple(map(self.choice, fitting))

    async def country(self, code: str | None) -> Country | None:
        """Return the lines of a country, or None where there is no pack."""
        if not code:
            return None
        if code not in self._countries:
            self._countries[code] = await self._country(code)
        return self._countries[code]

    async def _country(self, code: str) -> Country | None:
        known = code in self.packs
        pack = self.packs[code] if known else await pack_of(self.session, code)
        if pack is None:
            return None
        known_lines = await helplines_of(self.session, code)
        lines = lines_to_tell(known_lines, code, pack["emergency"])
        return Country(code, pack, lines, self.overrides.first_lines)

    def zones_of(self, found: Listing, country: Country) -> Sequence[str]:
        """Return the time zones that a listing of a country may be in."""
        return zones_of(country.code, found.body, country.zones, self.places)

    async def emergency_line(self, code: str | None) -> str:
        """Return the one line that stands under every menu."""
        country = await self.country(code)
        number = country.emergency_number() if country else None
        if code is None or number is None:
            return self.labels.text("menu.emergency_unknown")
        return self.labels.text("menu.emergency", country=self.labels.country(code), number=number)

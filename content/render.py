"""Decisions into words: which say is worded by what."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from content.answers import (
    borders,
    cards,
    coping,
    country_profile,
    desk_cards,
    early_care,
    feedback,
    gap_noted,
    layers,
    lines,
    obstacles,
    offices,
    plain,
    rights,
    services,
    stays,
)
from content.answers.changes import by_country
from content.answers.other_language import ask_which, offer_another
from content.danger_words import PLANS
from content.direction import marked, runs_right_to_left
from content.held_back import reviewed_or_held
from content.languages import whole
from content.live import Live
from content.messages import SOURCE_LANGUAGE, Messages, MissingMessageError, read_messages
from content.overrides import NO_OVERRIDES, Overrides, overrides_of
from content.reply import Choice, Part, Reply, ToldIn
from content.scene import Scene
from content.tables import Tables, read_tables
from directory.engine import async_engine
from directory.gazetteer import Gazetteer, Place
from directory.queries import pack_of
from wire.decision import Decision
from wire.say import Say

# Said in the likeliest language before it is certain.
_DOES_NOT_WAIT = (
    *("support.protection", "danger.", "early_care.", "helplines.", "channel."),
    *("exit.", "safe.", "discreet.", "shared.", "resume.", "privacy.", "stop."),
)
_Speaker = Callable[[Scene, Say], Awaitable[Part]]
SPEAKERS: Mapping[str, _Speaker] = {
    "rights.answer": rights.answer,
    "early_care.answer": early_care.answer,
    **dict.fromkeys(coping.LAST_STEPS, coping.answer),
    **{f"obstacle.{code}": obstacles.answer for code in obstacles.OBSTACLES},
    **{f"office.{kind}": offices.answer for kind in offices.OFFICES},
    "services.list": services.answer,
    "services.details": services.details,
    "helplines.list": lines.answer,
    "profile.page": country_profile.answer,
    "desk.card": desk_cards.answer,
    "gap.noted": gap_noted.answer,
    "myth.card": cards.myth,
    "practice.card": cards.practice,
    "origin.lines": borders.origin_lines,
    **{f"danger.{risk}": lines.danger for risk in PLANS},
    **{f"distress.{intent}": layers.distress for intent in layers.DISTRESS},
    **{f"support.{layer}": layers.answer for layer in layers.LAYERS},
    "support.beside": layers.beside,
    **dict.fromkeys(("discreet.tips", "privacy.forgotten"), stays.answer),
    **dict.fromkeys(feedback.THANKS, feedback.answer),
}


class Renderer:
    """Words every say from the messages and the packs. Safe for concurrent replies.

    Messages and tables are those of the files, and over them what operators published.
    """

    def __init__(
        self,
        messages: Messages,
        places: Gazetteer,
        sessions: async_sessionmaker[AsyncSession],
        tables: Tables,
        *,
        require_review: bool = False,
    ) -> None:
        """Say only what a person has reviewed with ``require_review``, see content.held_back."""
        self._live = Live(messages, tables, sessions)
        self._places = places
        self._sessions = sessions
        self._require_review = require_review

    @property
    def _messages(self) -> Messages:
        return self._live.known.messages

    @property
    def _tables(self) -> Tables:
        return self._live.known.tables

    async def render(
        self,
        decision: Decision,
        *,
        channel: str,
        now: datetime,
        offered: Sequence[Choice] = (),
    ) -> Reply:
        """Return the words of a decision.

        Args:
            decision: What to say.
            channel: Registry name of the channel.
            now: The moment of the reply, with its time zone.
            offered: The choices of the previous reply.

        Raises:
            MissingMessageError: A message without wording; the check finds it before.
            sqlalchemy.exc.SQLAlchemyError: The database does not answer.
        """
        await self._live.refreshed()
        language = self._language(decision.language)
        async with self._sessions() as session:
            here, country = self._place(decision)
            pack = await pack_of(session, country) if country else None
            scene = self._scene(
                session,
                language,
                channel,
                now,
                offered=tuple(offered),
                overrides=overrides_of(pack, here, self._places),
                packs={country: pack},
            )
            if _is_uncertain(decision):
                return await ask_which(scene, decision)
            if self._require_review:
                return await reviewed_or_held(scene, decision, self._said)
            try:
                return await self._said(scene, decision)
            except MissingMessageError:
                if not scene.is_short:
                    raise
                other = decision.state.slots.get("tell_in")
                if other not in whole(self._tables.languages, language):
                    return await offer_another(scene, decision)
                return await self._said(replace(scene, language=str(other)), decision)

    async def _said(self, scene: Scene, decision: Decision) -> Reply:
        """Return every say of a decision in the language of the scene."""
        parts = [
            (say, await SPEAKERS.get(say.message, plain.answer)(scene, say))
            for say in decision.says
        ]
        parts = feedback.without_question(scene, parts)
        choices = [
            choice
            for say, part in parts
            for choice in scene.overrides.in_order(
                say.message, (*part.choices, *scene.choices(cards.offered(scene, say)))
            )
        ]
        return Reply(
            language=scene.language,
            texts=tuple(_marked(text, scene.language) for _, part in parts for text in part.texts),
            choices=tuple({choice.id: _pictured(scene, choice) for choice in choices}.values()),
            says=tuple(say.message for say, part in parts for _ in part.texts),
            recordings=_recordings(scene, [say for say, _ in parts]),
            about=tuple(dict.fromkeys(entry for _, part in parts for entry in part.about)),
            unmet=tuple(dict.fromkeys(need for _, part in parts for need in part.unmet)),
        )

    async def rumours(self) -> Mapping[str, Sequence[str]]:
        """Return how rumours are recognised that operators published, by id. Never raises."""
        return (await self._live.refreshed()).tables.cards.recognised

    async def refresh(self) -> None:
        """Read what operators published, where that changed. Never raises."""
        await self._live.refreshed()

    async def numbers(self, *, language: str | None, country: str | None, now: datetime) -> Reply:
        """Return the numbers for danger, said when no decision comes in time."""
        told = self._language(language or "")
        async with self._sessions() as session:
            scene = self._scene(session, told, "", now)
            numbers = await scene.emergency_line(country)
        text = self._messages.text("numbers.waiting", told, numbers=numbers)
        return Reply(told, (_marked(text, told),), (), ("numbers.waiting",))

    async def changes(self, *, language: str | None, now: datetime) -> list[ToldIn]:
        """Return what was changed because people told us, in the order of the countries' names.

        Nothing is marked for a direction, which a page gives.
        """
        async with self._sessions() as session:
            scene = self._scene(session, self._language(language or ""), "", now)
            return await by_country(scene)

    def text(self, message: str, language: str | None) -> str:
        """Return a message without values, for the channel's own lines."""
        return self._messages.text(message, self._language(language or ""))

    def _language(self, language: str) -> str:
        return language if language in self._messages.languages else SOURCE_LANGUAGE

    def _scene(
        self,
        session: AsyncSession,
        language: str,
        channel: str,
        now: datetime,
        *,
        offered: tuple[Choice, ...] = (),
        overrides: Overrides = NO_OVERRIDES,
        packs: Mapping[str, Mapping[str, Any] | None] | None = None,
    ) -> Scene:
        return Scene(
            messages=self._messages.overlaid(overrides.messages),
            language=language,
            channel=channel,
            now=now,
            session=session,
            places=self._places,
            tables=self._tables,
            offered=offered,
            overrides=overrides,
            packs=packs or {},
        )

    def _place(self, decision: Decision) -> tuple[Place | None, str]:
        """Return the city that is talked about, and the country; empty when nobody named one."""
        told = [*(say.values for say in decision.says), decision.state.slots]
        city = next((str(v["city"]) for v in told if v.get("city")), "")
        country = next((str(v["country"]) for v in told if v.get("country")), "")
        here = self._places.numbered(city)
        return here, here.country if here else country


def _recordings(scene: Scene, says: Sequence[Say]) -> tuple[str, ...]:
    """Return the recordings of what is said; of a danger, that of its words."""
    of, language = scene.tables.recordings.of, scene.language
    found = [of(say.message, language) or of(f"{say.message}.words", language) for say in says]
    return tuple(recording for recording in found if recording)


def _pictured(scene: Scene, choice: Choice) -> Choice:
    return replace(choice, pictogram=scene.tables.pictograms.of(choice.id))


def _marked(text: str, language: str) -> str:
    return marked(text) if runs_right_to_left(language) else text


def _is_uncertain(decision: Decision) -> bool:
    """Return whether nobody knows yet which language to answer in; danger does not wait for it."""
    if decision.state.slots.get("language") or decision.risk:
        return False
    return not any(say.message.startswith(_DOES_NOT_WAIT) for say in decision.says)


@asynccontextmanager
async def build_renderer(
    database_url: str, root: Path, *, require_review: bool = False
) -> AsyncIterator[Renderer]:
    """Yield a renderer on the packs in a database and the messages under ``root``/data.

    With ``require_review`` it says only what a person has reviewed.

    Raises:
        PlacesMissingError: ``make setup`` was not run.
        MessageFileError: A PO file cannot be read.
    """
    places = Gazetteer(root / "var" / "places.sqlite")
    engine = async_engine(database_url)
    try:
        tables = read_tables(root / "data")
        renderer = Renderer(
            read_messages(root / "data" / "messages", tuple(tables.languages)),
            places,
            async_sessionmaker(engine, expire_on_commit=False),
            tables,
            require_review=require_review,
        )
        await renderer.refresh()
        yield renderer
    finally:
        await engine.dispose()
        places.close()

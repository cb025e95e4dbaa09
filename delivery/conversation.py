"""One turn of a conversation, from a message accepted to a reply in the outbox."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncEngine

from content.entries import remembering
from content.messages import SOURCE_LANGUAGE
from content.reply import Reply
from delivery.acting import Acting
from delivery.channel import Channel
from delivery.clock import now
from delivery.conversation_keys import ConversationKeys
from delivery.counts import Counts
from delivery.effects import Effect, effects_of
from delivery.enclave import Decider
from delivery.errors import NoDecisionError, TryAgainError
from delivery.fitting import fit
from delivery.holding import hold
from delivery.languages import Languages
from delivery.memory import Memory, Remembered, is_shared
from delivery.outbox import Outbox
from delivery.paging import first_page, next_page
from delivery.queue import Queue
from delivery.rest import NEXT_PAGE, Rest
from delivery.resuming import DONE, ResumeCodes, code_in, new_code, resumed, with_code
from delivery.seal import SealError
from delivery.timing import Timing
from delivery.turns import Said, finish, read_turn
from delivery.wording import Renderer
from wire.decision import Decision
from wire.normalise import normalise
from wire.say import Say
from wire.state import State
from wire.turn import Turn

TEXT_ONLY = "channel.text_only"  # what is said to a sticker, a voice note, an empty text
GREETING, MENU = "greet", "menu_help"  # choices that stand for opening and for an old button
SAFE = "menu_help:menu=safe"  # choice that calls up the help text
_SAFE_SAY = "safe."  # what is said of the safe word, whoever answers otherwise
UNDECIDED_TRIES = 5  # after so many the turn itself is the cause

log = structlog.get_logger()


class Conversations:
    """Answers turns: one at a time per conversation, which the queue's lock sees to."""

    def __init__(
        self,
        engine: AsyncEngine,
        keys: ConversationKeys,
        queue: Queue,
        outbox: Outbox,
        channels: Mapping[str, Channel],
        *,
        acting: Acting,
        codes: ResumeCodes,
        counts: Counts,
        decider: Decider,
        renderer: Renderer,
        languages: Languages,
        timing: Timing,
    ) -> None:
        self._engine = engine
        self._keys = keys
        self._queue = queue
        self._outbox = outbox
        self._channels = channels
        self._acting = acting
        self._codes = codes
        self._counts = counts
        self._decider = decider
        self._renderer = renderer
        self._languages = languages
        self._timing = timing
        self._memory = Memory(keys)

    async def answer(self, turn: int, attempts: int) -> None:
        """Answer a turn: state, reply and the end of its text in one transaction.

        A turn that was answered before is left alone, so a repeated job does no harm.

        Raises:
            TryAgainError: Nothing was decided; the watchdog sends the numbers meanwhile.
        """
        began = time.monotonic()
        async with self._engine.connect() as connection:
            try:
                said = await read_turn(connection, self._keys, turn)
            except SealError:
                await self._lose(turn)
                return
            if said is None:
                return
            known = await self._memory.recall(connection, said.conversation)
        if known is None:
            return
        try:
            decision, reply, rest = await self._reply(said, known)
        except NoDecisionError as error:
            await self._later(said, attempts, error)
            return
        await self._commit(said, known, decision, reply, rest)
        told = said.text is not None or said.choice is not None
        if told and decision.intent != NEXT_PAGE:
            self._counts.add(_as_turn(said, known, None), decision, reply.unmet)
        log.info(
            "answered",
            channel=known.channel,
            language=reply.language,
            say=",".join(say.message for say in decision.says),
            ms=round(1000 * (time.monotonic() - began)),
        )

    async def _lose(self, turn: int) -> None:
        """Give up a turn whose key is gone, so that the next ones are answered."""
        log.error("turn lost", error="SealError")
        async with self._engine.begin() as connection:
            await finish(connection, turn)

    async def _reply(self, said: Said, known: Remembered) -> tuple[Decision, Reply, Rest | None]:
        """Return what was decided, the page that is sent of it, and what is left."""
        if (left := _next_page(said, known)) is not None:
            decision, reply = next_page(left, known.state)
        else:
            decision, reply = await self._worded(said, known)
        capabilities = self._channels[known.channel].capabilities
        return decision, *first_page(reply, capabilities, self._renderer.text)

    async def _worded(self, said: Said, known: Remembered) -> tuple[Decision, Reply]:
        decision = await self._decide(said, known)
        try:
            reply = await self._renderer.render(
                decision,
                channel=self._channels[known.channel].worded_as,
                now=now(),
                offered=known.offers.latest,
            )
        except Exception as error:
            # A turn that cannot be worded must not hold up the next ones for ever.
            log.warning("not worded", channel=known.channel, error=type(error).__name__)
            raise NoDecisionError(away=False) from error
        return remembering(decision, reply), reply

    async def _decide(self, said: Said, known: Remembered) -> Decision:
        hint = self._languages.hinted(said.language, said.country)
        if said.text is None and said.choice is None and not said.opened:
            language = known.language or hint or SOURCE_LANGUAGE
            return Decision(language, "out_of_scope", 1.0, (Say(TEXT_ONLY),), known.state)
        brought = await self._brought(said, known)
        if brought is not None:
            return await self._resumed(replace(known, state=brought), hint)
        decision = await self._decider.decide(_as_turn(said, known, hint))
        if Effect.MAKE_CODE in effects_of(decision):
            return with_code(decision, new_code())
        return decision

    async def _brought(self, said: Said, known: Remembered) -> State | None:
        """Return the state in which a conversation goes on when a good code came, else None."""
        code = code_in(said.text)
        if code is None:
            return None
        async with self._engine.begin() as connection:
            state = await self._codes.find(connection, code, known.name)
        return None if state is None else resumed(known.state, state)

    async def _resumed(self, known: Remembered, hint: str | None) -> Decision:
        """Return the menu, behind a line that says that we go on from where they were."""
        menu = Turn(known.name, known.channel, known.state, choice=MENU, language=hint)
        decision = await self._decider.decide(menu)
        return replace(decision, says=(Say(DONE), *decision.says))

    async def _commit(
        self,
        said: Said,
        known: Remembered,
        decision: Decision,
        reply: Reply,
        rest: Rest | None,
    ) -> None:
        offers = known.offers.with_new(reply.choices, rest)
        channel = self._channels[known.channel]
        discreet = is_shared(decision.state)
        async with self._engine.begin() as connection:
            await hold(connection, known.name)
            if not await finish(connection, said.turn):
                return
            end = await self._acting.ends(connection, said, known, decision)
            if end is Effect.LEAVE:
                return
            if end is Effect.ERASE:
                reply = replace(reply, choices=())  # nobody will know what they meant
            else:
                await self._acting.goes_on(connection, said, known, decision)
                await self._memory.keep(
                    connection, known.after(decision.language, decision.state, offers)
                )
            messages = fit(reply, channel.capabilities, offered_in=offers.round, discreet=discreet)
            if messages and not known.stopped and _is_said(known, decision):
                await self._outbox.add(connection, known.name, said.turn, messages)
                await self._queue.put_send(connection, known.name)

    async def _later(self, said: Said, attempts: int, error: NoDecisionError) -> None:
        age = now() - said.accepted_at
        hopeless = not error.away and attempts >= UNDECIDED_TRIES
        # The numbers first: a turn is only given up once the person has them.
        if said.numbers_at and (hopeless or age > timedelta(seconds=self._timing.give_up)):
            log.error("given up", outcome="away" if error.away else "undecided")
            async with self._engine.begin() as connection:
                await finish(connection, said.turn)
            return
        wait = self._timing.retry * 2 ** min(attempts, 10)
        raise TryAgainError(min(wait, self._timing.longest_retry)) from None


def _is_said(known: Remembered, decision: Decision) -> bool:
    """Return whether a decision is said: while people answer by hand, only what keeps safe is."""
    if not known.by_hand or decision.risk is not None or effects_of(decision):
        return True
    return any(say.message.startswith(_SAFE_SAY) for say in decision.says)


def _next_page(said: Said, known: Remembered) -> Rest | None:
    """Return what is left of the last reply when the person asks for it, else None."""
    chosen = known.offers.chosen(said.text, said.choice)
    return known.offers.rest if chosen and chosen.id == NEXT_PAGE else None


def _as_turn(said: Said, known: Remembered, hint: str | None) -> Turn:
    choice: str | None = None
    if said.opened:
        choice = GREETING
    elif said.choice is not None:
        chosen = known.offers.chosen(None, said.choice)
        choice = chosen.id if chosen else MENU  # a button too old to know
    elif said.text is not None and normalise(said.text) == known.safe_word:
        choice = SAFE
    elif said.text is not None:
        chosen = known.offers.chosen_by_text(said.text)
        choice = chosen.id if chosen else None
    return Turn(
        conversation=known.name,
        channel=known.channel,
        state=known.state,
        text=None if choice is not None else said.text,
        choice=choice,
        language=hint,
    )

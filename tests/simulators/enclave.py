"""A door that decides without understanding, and words to go with it."""

from __future__ import annotations

import asyncio
from datetime import datetime

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from content.reply import Choice, Reply
from wire.decision import Decision
from wire.say import Say
from wire.state import State
from wire.turn import Turn

DOOR_TOKEN = "door-token-for-tests"
OFFERED = (Choice("rights_care", "Care"), Choice("find_service:kind=shelter", "A place"))


WAY_OUT = Choice("discreet_mode:menu=exit", "Salir de aquí")
# What the delivery acts on: a text or a choice, what is said to it, what is remembered of it.
MEANT: dict[str, tuple[str, dict[str, str]]] = {
    "olvidar": ("privacy.forgotten", {}),
    "salgo": ("exit.line", {}),
    "basta": ("stop.done", {}),
    "reminder_subscribe": ("reminder.none", {}),
    "luciernaga": ("safe.word_set", {}),
    "menu_help:menu=safe": ("safe.called_up", {}),
    "menu_help": ("menu.show", {}),
    "codigo": ("resume.code", {}),
    "compartido": ("shared.on", {"shared": "yes"}),
    "violencia": ("danger.now", {"topic": "violence_now", "pending": "country"}),
}


class EnclaveServer:
    """Counts turns in the state and echoes them; ``up = False`` makes it answer nothing."""

    def __init__(self) -> None:
        self.reset()
        self.app = Starlette(
            routes=[
                Route("/turns", self._turns, methods=["POST"]),
                Route("/health", self._health, methods=["GET"]),
            ]
        )

    def reset(self) -> None:
        self.up = True
        self.status = 200
        self.delay = 0.0
        self.turns: list[Turn] = []

    async def _turns(self, request: Request) -> Response:
        if request.headers.get("authorization") != f"Bearer {DOOR_TOKEN}":
            return Response(status_code=401)
        turn = Turn.from_json(await request.json())
        self.turns.append(turn)
        await asyncio.sleep(self.delay)
        while not self.up:  # noqa: ASYNC110 -- a test sets a plain attribute
            await asyncio.sleep(0.05)
        if self.status != 200:
            return JSONResponse({"error": "no_decision"}, self.status)
        return JSONResponse(decide(turn).as_json())

    async def _health(self, request: Request) -> Response:
        return JSONResponse({"ready": self.up}, 200 if self.up else 503)


def decide(turn: Turn) -> Decision:
    """Return a decision that names the turn it answers."""
    count = turn.state.slots.get("count")
    number = count + 1 if isinstance(count, int) else 1
    heard = turn.choice or turn.text or ""
    slots = {"count": number, "country": "SV", **({} if count is None else turn.state.slots)}
    if heard in MEANT:
        message, changes = MEANT[heard]
        kept = {} if message in {"privacy.forgotten", "exit.line"} else {**slots, **changes}
        return Decision("es", heard, 1.0, (Say(message),), State(kept))
    risk = "violence_now" if heard == "peligro" else None
    say = Say("echo", {"number": number, "heard": heard[:60]})
    return Decision("es", "greet", 1.0, (say,), State({**slots, "count": number}), risk=risk)


class EchoRenderer:
    """Three lines where the real one has nineteen languages."""

    async def render(
        self,
        decision: Decision,
        *,
        channel: str,
        now: datetime,
        offered: tuple[Choice, ...] = (),
    ) -> Reply:
        says = decision.says[0]
        if says.message != "echo":
            language = decision.language
            told = [f"{say.message} {say.values.get('code', language)}" for say in decision.says]
            return Reply(language, (" | ".join(told),), ())
        text = f"{says.values['number']}: {says.values['heard']}"
        way_out = says.values["heard"] == "salida"
        return Reply(decision.language, (text,), (WAY_OUT,) if way_out else OFFERED)

    async def rumours(self) -> dict[str, list[str]]:
        return {}

    def text(self, message: str, language: str | None) -> str:
        return message

    async def numbers(self, *, language: str | None, country: str | None, now: datetime) -> Reply:
        return Reply(language or "en", (f"numbers {language} {country}",), ())

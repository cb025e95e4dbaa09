"""The enclave is told with a text how rumours are recognised that were published since."""

from __future__ import annotations

from delivery.current_rumours import CurrentRumours
from wire.decision import Decision
from wire.say import Say
from wire.state import State
from wire.turn import Turn

PUBLISHED = {"bill": ["BILL PAPERS"], "hospital": []}


class Asked:
    turn: Turn | None = None

    async def decide(self, turn: Turn) -> Decision:
        self.turn = turn
        return Decision("en", "greet", 1.0, (Say("greet.hello"),), State())

    async def is_ready(self) -> bool:
        return True


class Published:
    async def rumours(self):
        return PUBLISHED


async def test_a_text_goes_with_the_rumours_that_were_published():
    asked = Asked()
    decider = CurrentRumours(asked, Published())
    await decider.decide(Turn("c", "sms", text="is it true?"))
    assert asked.turn == Turn("c", "sms", text="is it true?", rumours=PUBLISHED)
    assert await decider.is_ready()


async def test_a_choice_says_itself_what_it_means():
    asked = Asked()
    await CurrentRumours(asked, Published()).decide(Turn("c", "sms", choice="menu_help"))
    assert asked.turn == Turn("c", "sms", choice="menu_help")

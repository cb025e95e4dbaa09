"""Fetching updates: what cannot be read does not come again for ever."""

from __future__ import annotations

from types import SimpleNamespace

import anyio

from channels.telegram.polling import poll
from delivery.envelope import Inbound

CALL = Inbound("telegram", "2", address="777", text="ayuda")


class Telegram:
    """Has an update that cannot be read and, behind it, one that can."""

    def __init__(self) -> None:
        self.bot = self
        self.offsets: list[int | None] = []

    async def get_updates(self, *, offset: int | None, **_: object) -> list[SimpleNamespace]:
        self.offsets.append(offset)
        if offset is not None:
            await anyio.sleep_forever()
        return [SimpleNamespace(update_id=1), SimpleNamespace(update_id=2)]

    def read(self, update: SimpleNamespace) -> list[Inbound]:
        if update.update_id == 1:
            raise OverflowError("date too large")
        return [CALL]


async def test_an_update_that_cannot_be_read_does_not_keep_the_next_one_waiting():
    telegram, accepted = Telegram(), []

    async def accept(inbound: Inbound) -> None:
        accepted.append(inbound)

    with anyio.move_on_after(0.5):
        await poll(telegram, accept)
    assert accepted == [CALL]
    assert telegram.offsets == [None, 3]

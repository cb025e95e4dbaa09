"""One random key for each conversation. With it goes everything that it sealed.

The keys stand in a database of their own, wrapped by the key ring, and none is kept in memory
for longer than it is used: what was destroyed here opens nowhere any more.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Sequence

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.ext.asyncio import AsyncEngine

from delivery.keys_table import conversation_key, key_row
from delivery.seal import KeyRing, SealError

_KEY = 32  # bytes
_NAME = 8  # hexadecimal digits of a key's hash: its name on a conversation's ring


class ConversationKeys:
    """Makes, gives and destroys the keys of conversations.

    Args:
        engine: Of the database of keys.
        wrapping: Seals the keys themselves.
    """

    def __init__(self, engine: AsyncEngine, wrapping: KeyRing) -> None:
        self.engine = engine
        self._wrapping = wrapping

    async def ring(self, name: str) -> KeyRing:
        """Return what seals and opens for a conversation.

        Raises:
            SealError: Its key was destroyed or never made, or is wrapped by a lost key.
        """
        wrapped = await self._wrapped(name)
        if wrapped is None:
            raise SealError("the conversation has no key")
        return self._unwrapped(name, wrapped)

    async def made(self, name: str) -> KeyRing:
        """Return what seals for a conversation, with a new key where it has none that opens.

        A new key is committed before this returns: nothing sealed can outlive it.
        """
        wrapped = await self._wrapped(name)
        if wrapped is not None:
            try:
                return self._unwrapped(name, wrapped)
            except SealError:
                pass  # its ring key is lost: nothing of the conversation opens any more
        await self._make(name, wrapped)
        return await self.ring(name)

    async def renew(self, name: str) -> KeyRing:
        """Return what seals for a conversation with a new key, and opens with the old one too.

        Whoever calls this holds the conversation, seals anew what is to stay and commits that;
        then :meth:`drop_old` makes noise of the rest. Dying in between loses nothing.
        """
        wrapped = await self._wrapped(name)
        keys = b"" if wrapped is None else self._opened(name, wrapped)
        await self._put(name, keys + os.urandom(_KEY))
        return await self.ring(name)

    async def drop_old(self, name: str) -> None:
        """Destroy every key of a conversation but the newest; the caller holds it."""
        wrapped = await self._wrapped(name)
        if wrapped is not None:
            await self._put(name, self._opened(name, wrapped)[-_KEY:])

    async def destroy(self, name: str) -> None:
        """Delete the key of a conversation; does nothing when there is none."""
        await self.destroy_all([name])

    async def destroy_all(self, names: Collection[str]) -> None:
        """Delete the keys of conversations."""
        if names:
            async with self.engine.begin() as connection:
                gone = conversation_key.c.conversation.in_(names)
                await connection.execute(delete(conversation_key).where(gone))

    async def names(self, *, older_than: float, after: str = "", at_most: int) -> Sequence[str]:
        """Return conversations with a key older than some seconds, in order, from ``after`` on."""
        age = func.now() - func.make_interval(0, 0, 0, 0, 0, 0, older_than)
        query = (
            select(conversation_key.c.conversation)
            .where(conversation_key.c.made_at < age, conversation_key.c.conversation > after)
            .order_by(conversation_key.c.conversation)
            .limit(at_most)
        )
        async with self.engine.connect() as connection:
            return (await connection.execute(query)).scalars().all()

    async def _wrapped(self, name: str) -> bytes | None:
        query = select(conversation_key.c.key).where(conversation_key.c.conversation == name)
        async with self.engine.connect() as connection:
            return (await connection.execute(query)).scalar_one_or_none()

    async def _make(self, name: str, instead_of: bytes | None) -> None:
        fresh = self._wrapping.seal(os.urandom(_KEY), row=key_row(name))
        made = upsert(conversation_key).values(conversation=name, key=fresh)
        if instead_of is None:
            made = made.on_conflict_do_nothing()
        else:
            made = made.on_conflict_do_update(
                index_elements=["conversation"],
                set_={"key": fresh, "made_at": func.now()},
                # Another process may have been faster; its key counts.
                where=conversation_key.c.key == instead_of,
            )
        async with self.engine.begin() as connection:
            await connection.execute(made)

    async def _put(self, name: str, keys: bytes) -> None:
        wrapped = self._wrapping.seal(keys, row=key_row(name))
        row = upsert(conversation_key).values(conversation=name, key=wrapped)
        row = row.on_conflict_do_update(index_elements=["conversation"], set_={"key": wrapped})
        async with self.engine.begin() as connection:
            await connection.execute(row)

    def _unwrapped(self, name: str, wrapped: bytes) -> KeyRing:
        opened = self._opened(name, wrapped)
        keys = {_name(key): key for key in _each(opened)}
        return KeyRing(keys, current=_name(opened[-_KEY:]))

    def _opened(self, name: str, wrapped: bytes) -> bytes:
        return self._wrapping.open(wrapped, row=key_row(name))


def _each(keys: bytes) -> list[bytes]:
    return [keys[start : start + _KEY] for start in range(0, len(keys), _KEY)]


def _name(key: bytes) -> str:
    return hashlib.sha256(key).hexdigest()[:_NAME]

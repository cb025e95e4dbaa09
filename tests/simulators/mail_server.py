"""A mail server that keeps what it is given: enough of RFC 5321 for smtplib."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class MailServer:
    """What came in. ``refuses`` are recipients that it does not take; ``busy`` takes nobody."""

    port: int = 0
    refuses: set[str] = field(default_factory=set)
    busy: bool = False
    taken: list[tuple[list[str], EmailMessage]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one connection."""

        async def say(line: str) -> None:
            writer.write(f"{line}\r\n".encode())
            await writer.drain()

        recipients: list[str] = []
        await say("421 busy" if self.busy else "220 simulator")
        while not self.busy and (line := (await reader.readline()).decode().strip()):
            command = line.partition(" ")[0].upper()
            if command == "RCPT":
                address = line.partition("<")[2].partition(">")[0]
                if address in self.refuses:
                    await say("550 no such mailbox")
                    continue
                recipients.append(address)
            if command == "DATA":
                await say("354 go on")
                raw = await reader.readuntil(b"\r\n.\r\n")
                sent = raw[:-3].replace(b"\r\n..", b"\r\n.")  # RFC 5321, 4.5.2
                message = message_from_bytes(sent, policy=policy.default)
                assert isinstance(message, EmailMessage)
                self.taken.append((recipients, message))
                recipients = []
            await say("221 bye" if command == "QUIT" else "250 ok")
            if command == "QUIT":
                break
        writer.close()


@asynccontextmanager
async def mail_server() -> AsyncIterator[MailServer]:
    """Give a server on a free port of this machine."""
    kept = MailServer()
    server = await asyncio.start_server(kept.talk, "127.0.0.1", 0)
    kept.port = server.sockets[0].getsockname()[1]
    async with server:
        yield kept

"""What a newcomer is promised, with the real Faro: all of it started, killed and started again."""

from __future__ import annotations

import asyncio
import os
import re
import secrets
import socket
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import needs
import pytest
import pytest_asyncio
from simulators.checkout import READY, Checkout, Run, copied_checkout, environment, free_port
from simulators.faro import PUBLIC_URL, TELEGRAM_SECRET, until
from simulators.serving import serving
from simulators.telegram import TOKEN as TELEGRAM_TOKEN
from simulators.telegram import TelegramServer, text_update
from simulators.twilio import ACCOUNT, SMS, TwilioServer
from simulators.twilio import TOKEN as TWILIO_TOKEN
from twilio.request_validator import RequestValidator

from delivery.seal import new_key

pytestmark = [
    pytest.mark.slow,
    pytest.mark.asyncio(loop_scope="module"),
    needs.ENCLAVE,
]
SECOND_START = 20.0  # seconds that are promised
REPLY = 30.0  # seconds from a restart to the reply that are promised
PATIENCE = 30.0  # seconds for any other answer on a busy machine
INTERRUPTED = 130  # the shell's code for Ctrl-C
GREEK_LINE, NEW_LINE = "15900", "15999"


@dataclass
class World:
    """The providers, and the real Faro between them."""

    checkout: Checkout
    telegram: TelegramServer
    twilio: TwilioServer
    settings: dict[str, str]
    secrets: dict[str, str]
    update: int = 0
    run: Run | None = None

    async def up(self) -> Run:
        """Return the running Faro; start it when a test has ended it."""
        if self.run is None or self.run.process.poll() is not None:
            self.run = await asyncio.to_thread(self.checkout.up, self.settings)
        return self.run

    async def post_telegram(
        self, text: str, *, chat: int, update: int | None = None, secret: str = TELEGRAM_SECRET
    ) -> int:
        self.update += 1
        run = await self.up()
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
        body = text_update(update or 1000 + self.update, text, chat)
        async with httpx.AsyncClient(base_url=run.url, timeout=20) as client:
            return (await client.post("/webhooks/telegram", json=body, headers=headers)).status_code

    async def post_sms(self, text: str, *, sender: str, signature: str | None = None) -> int:
        run = await self.up()
        form = {"MessageSid": f"SM{secrets.token_hex(8)}", "From": sender, "To": SMS, "Body": text}
        signed = RequestValidator(TWILIO_TOKEN).compute_signature(
            f"{PUBLIC_URL}/webhooks/sms", form
        )
        headers = {"X-Twilio-Signature": signature or signed}
        async with httpx.AsyncClient(base_url=run.url, timeout=20) as client:
            return (await client.post("/webhooks/sms", data=form, headers=headers)).status_code

    def to_chat(self, chat: int) -> list[str]:
        return [str(m["text"]) for m in self.telegram.sent if m["chat_id"] == chat]

    def to_phone(self, number: str) -> list[str]:
        return [message["Body"] for message in self.twilio.sent if message["To"] == number]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checkout]:
    with copied_checkout(tmp_path_factory.mktemp("shows")) as made:
        yield made


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def world(checkout: Checkout) -> AsyncIterator[World]:
    made = World(checkout, TelegramServer(), TwilioServer(), {}, {})
    async with serving(made.telegram.app) as telegram, serving(made.twilio.app) as twilio:
        made.secrets = {
            "TELEGRAM_TOKEN": TELEGRAM_TOKEN,
            "TELEGRAM_SECRET": TELEGRAM_SECRET,
            "TWILIO_AUTH_TOKEN": TWILIO_TOKEN,
            "FARO_DOOR_TOKEN": secrets.token_urlsafe(32),
            "FARO_SEAL_KEYS": new_key("shown"),
        }
        made.settings = {
            "FARO_PORT": free_port(),
            "FARO_DOOR_PORT": free_port(),
            "PUBLIC_URL": PUBLIC_URL,
            "TELEGRAM_API_URL": telegram,
            "TWILIO_API_URL": twilio,
            "TWILIO_ACCOUNT_SID": ACCOUNT,
            "TWILIO_SMS_NUMBER": SMS,
            **_by_file(checkout.root, made.secrets),
        }
        yield made
        if made.run is not None:
            await asyncio.to_thread(made.run.stop)


async def test_it_is_ready_unasked_and_prints_the_addresses(world):
    run = await world.up()
    assert f"Web chat        {run.url}/" in run.said
    assert f"Try-out phone   {run.url}/try" in run.said
    assert "Telegram        by webhook" in run.said
    assert f"SMS             {PUBLIC_URL}/webhooks/sms" in run.said
    async with httpx.AsyncClient(base_url=run.url) as client:
        assert (await client.get("/health")).json()["ready"] is True


async def test_a_second_start_is_ready_within_twenty_seconds(world):
    await world.up()
    assert await asyncio.to_thread(world.run.stop) == INTERRUPTED
    assert world.checkout.postmaster() is None
    began = time.monotonic()
    await world.up()
    assert time.monotonic() - began < SECOND_START


async def test_a_telegram_update_and_a_signed_sms_lead_to_true_answers(world):
    chat, phone = 501, "+50370000501"
    question = "soy solicitante de asilo en Grecia, ¿el doctor es gratis?"
    assert await world.post_telegram(question, chat=chat) == 200
    assert (
        await world.post_sms("where can I talk to a psychologist in Athens?", sender=phone) == 200
    )
    await until(lambda: "PAAYPA" in "".join(world.to_chat(chat)), PATIENCE)
    await until(lambda: "+30 210 861 6280" in "".join(world.to_phone(phone)), PATIENCE)
    assert world.telegram.faults == []
    assert world.twilio.faults == []


async def test_forged_requests_are_refused_and_answered_by_nothing(world):
    chat, phone = 502, "+50370000502"
    assert await world.post_telegram("hola", chat=chat, secret="wrong" * 5) == 403
    assert await world.post_sms("hola", sender=phone, signature="wrong") == 403
    assert await world.post_telegram("hola", chat=chat + 1000) == 200
    await until(lambda: world.to_chat(chat + 1000), PATIENCE)
    assert world.to_chat(chat) == []
    assert world.to_phone(phone) == []


async def test_the_same_update_again_and_much_later_is_answered_once(world):
    chat = 503
    assert await world.post_telegram("gracias", chat=chat, update=77) == 200
    await until(lambda: world.to_chat(chat), PATIENCE)
    for _ in range(2):
        assert await world.post_telegram("gracias", chat=chat, update=77) == 200
    assert await world.post_telegram("hola", chat=chat) == 200
    # In order, so what a repeat would have said stands before this.
    await until(lambda: "Soy Faro" in world.to_chat(chat)[-1], PATIENCE)
    assert len(world.to_chat(chat)) == 2


@pytest.mark.parametrize("with_database", [False, True])
async def test_after_kill_9_of_everything_the_reply_comes_and_one_database_is_left(
    world, with_database
):
    run = await world.up()
    chat = 510 + with_database
    database = world.checkout.postmaster()
    assert await world.post_telegram("hola", chat=chat) == 200
    run.kill()
    if with_database:
        os.kill(database, 9)
    assert (world.checkout.postmaster() is None) == with_database
    began = time.monotonic()
    await world.up()
    await until(lambda: world.to_chat(chat), max(0.0, REPLY - (time.monotonic() - began)))
    # A session that the server just forked looks like the server for a moment.
    await until(lambda: len(_servers_of(world.checkout)) == 1)
    assert await asyncio.to_thread(world.run.stop) == INTERRUPTED
    assert _servers_of(world.checkout) == []


async def test_a_corrected_number_is_said_without_a_restart(world):
    await world.up()
    pack = world.checkout.root / "data" / "packs" / "GR" / "helplines.yml"
    before = pack.read_text(encoding="utf-8")
    assert GREEK_LINE in await _lines(world, 520)
    try:
        pack.write_text(re.sub(rf"\b{GREEK_LINE}\b", NEW_LINE, before), "utf-8")
        for command in ("check", "load"):
            told = await asyncio.to_thread(world.checkout.command, command)
            assert told.returncode == 0, told.stderr + told.stdout
        said = await _lines(world, 521)
        assert f": {NEW_LINE}" in said
        assert f": {GREEK_LINE}" not in said  # it stands in a mail address, too
    finally:
        pack.write_text(before, "utf-8")
        await asyncio.to_thread(world.checkout.command, "load")
    assert GREEK_LINE in await _lines(world, 522)


async def test_a_broken_pack_is_told_with_its_line_and_the_old_answer_stays(world):
    await world.up()
    pack = world.checkout.root / "data" / "packs" / "GR" / "helplines.yml"
    before = pack.read_text(encoding="utf-8")
    try:
        pack.write_text(before.replace("purpose:", "purpos:", 1), "utf-8")
        for command in ("check", "load"):
            told = await asyncio.to_thread(world.checkout.command, command)
            assert told.returncode == 1
            assert re.search(r"GR/helplines\.yml:\d+: ", told.stdout + told.stderr)
        assert GREEK_LINE in await _lines(world, 530)
    finally:
        pack.write_text(before, "utf-8")


async def test_no_secret_and_no_word_stands_in_an_argument_or_a_log(world):
    run = await world.up()
    phone, words = "+50370000540", "canary words 8146 at Elm Street"
    assert await world.post_sms(words, sender=phone) == 200
    await until(lambda: world.to_phone(phone), PATIENCE)
    hidden = [*world.secrets.values(), words, "canary", "Elm Street", phone, phone[1:]]
    told = _told_by(run)
    assert len(told) > 5
    for secret in hidden:
        assert not any(secret.encode() in part for part in told)


async def test_a_port_that_is_taken_is_told_in_one_sentence(checkout):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        async with _copy_of(checkout) as other:
            told = await _started(other, {"FARO_PORT": str(port)})
    lines = [line for line in told.splitlines() if line.startswith("faro: ")]
    assert lines[0].startswith(f"faro: Port {port} is used by another program")
    assert f"FARO_PORT={port + 1} faro up" in lines[0]
    assert len(lines) == 1
    assert "Traceback" not in told


async def test_a_second_faro_in_the_same_folder_is_refused_and_the_first_goes_on(world):
    run = await world.up()
    told = await _started(world.checkout, {"FARO_PORT": free_port()})
    assert "already running" in told
    assert "Traceback" not in told
    async with httpx.AsyncClient(base_url=run.url) as client:
        assert (await client.get("/health")).status_code == 200


async def _started(checkout: Checkout, settings: dict[str, str]) -> str:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "faro", "up"),
        cwd=checkout.root, env=environment(settings), stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    out, _ = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == 1
    assert not READY.search(out.decode())
    return out.decode()


@asynccontextmanager
async def _copy_of(checkout: Checkout) -> AsyncIterator[Checkout]:
    """Another folder, so that the port is the only thing in the way."""
    folder = checkout.root.with_name("beside")
    folder.mkdir()
    with copied_checkout(folder) as made:
        yield made


async def _lines(world: World, chat: int) -> str:
    """Return what a new chat reads when it asks for the lines for women in Greece."""
    run = await world.up()
    name, asked = secrets.token_urlsafe(24), ("mi esposo me pega", "estoy en Grecia")
    async with httpx.AsyncClient(base_url=run.url, timeout=20) as client:
        for number, text in enumerate(asked):
            body = {"conversation": name, "id": f"{chat}-{number}", "text": text, "language": "es"}
            assert (await client.post("/webhooks/webchat", json=body)).status_code == 200
        said, until_then = "", time.monotonic() + PATIENCE
        while time.monotonic() < until_then:
            asks = {"conversation": name}
            waiting = await client.post("/webchat/webchat/replies", json=asks)
            replies = waiting.json()["replies"]
            said = "\n".join(reply["text"] for reply in replies)
            if GREEK_LINE in said or NEW_LINE in said:
                return said
            await asyncio.sleep(0.1)
    raise AssertionError(said)


def _told_by(run: Run) -> list[bytes]:
    """Return what everybody on the machine can read of its processes, and all of its logs."""
    told = [Path(f"/proc/{pid}/cmdline").read_bytes() for pid in run.processes()]
    told += [path.read_bytes() for path in run.checkout.root.glob("up-*.log")]
    return [*told, run.checkout.place.log.read_bytes()]


def _servers_of(checkout: Checkout) -> list[int]:
    """Return the processes that run this checkout's database server."""
    wanted = f"-D\0{checkout.place.data}\0".encode()
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if wanted in path.read_bytes():
                found.append(int(path.parent.name))
        except OSError:
            continue
    return found


def _by_file(folder: Path, values: dict[str, str]) -> dict[str, str]:
    named = {}
    for name, value in values.items():
        file = folder / name.lower()
        file.write_text(value, encoding="utf-8")
        file.chmod(0o600)
        named[f"{name}_FILE"] = str(file)
    return named

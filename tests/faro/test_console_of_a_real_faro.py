"""``faro up`` starts the console too, keeps it running, and marks a try-out loudly."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import subprocess
import sys
import time

import httpx
import needs
import pytest
from simulators.checkout import copied_checkout, environment, free_port

pytestmark = [pytest.mark.slow, needs.ENCLAVE]
CONSOLE = re.compile(r"Console         (http://127\.0\.0\.1:\d+)/")


async def test_the_console_of_a_real_faro(tmp_path):
    with copied_checkout(tmp_path) as checkout:
        settings = {"FARO_PORT": free_port(), "FARO_DEMO": "1"}
        run = await asyncio.to_thread(checkout.up, settings)
        url = CONSOLE.search(run.said)[1]
        code = re.search(r"with the code ([A-Z0-9-]{19})", run.said)[1]
        assert "TRY-OUT MODE" in run.said
        await _signs_in(url, code)
        added = await asyncio.to_thread(
            checkout.command, "operator", "add", "Ana Reyes", "--role", "admin"
        )
        assert added.stdout.startswith(f"{url}/enrol#"), added.stderr
        assert await _enrols(url, added.stdout.strip().partition("#")[2])
        before = _pid(checkout)
        os.kill(before, signal.SIGKILL)
        await _answers_again(url)
        assert _pid(checkout) != before
        told = _environment_of(_pid(checkout))
        assert not any(name.startswith(("TELEGRAM_", "FARO_SEAL")) for name in told)
        assert await asyncio.to_thread(run.stop) in {0, 130}
        with pytest.raises(httpx.ConnectError):
            await _answers_again(url, patience=0)


def test_a_try_out_is_refused_where_strangers_come_by(tmp_path):
    with copied_checkout(tmp_path) as checkout:
        told = subprocess.run(
            [sys.executable, "-m", "faro", "up", "--demo"], cwd=checkout.root,
            env=environment({"PUBLIC_URL": "https://faro.example.org"}), timeout=60,
            stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert told.returncode == 1
    assert "FARO_DEMO is for trying out: PUBLIC_URL must be this machine's" in told.stderr
    assert "Traceback" not in told.stderr


async def _signs_in(url: str, code: str) -> None:
    async with httpx.AsyncClient(base_url=url, headers={"Origin": url}) as browser:
        page = await browser.get("/sign-in", headers={"Accept-Language": "es"})
        assert "Modo de prueba" in page.text
        sent = {"try-out-code": code, "role": "reviewer"}
        assert (await browser.post("/sign-in/try-out", data=sent)).headers["location"] == "/"
        assert "Demo reviewer" in (await browser.get("/account")).text


async def _enrols(url: str, code: str) -> bool:
    async with httpx.AsyncClient(base_url=url, headers={"Origin": url}) as browser:
        answer = await browser.post("/enrol", data={"code": code})
        return answer.headers.get("location") == "/enrol/secure"


async def _answers_again(url: str, patience: float = 60) -> None:
    until = time.monotonic() + patience
    async with httpx.AsyncClient(base_url=url) as browser:
        while True:
            try:
                assert (await browser.get("/health")).json() == {"ready": True}
            except httpx.HTTPError:
                if time.monotonic() > until:
                    raise
                await asyncio.sleep(0.2)
            else:
                return


def _pid(checkout) -> int:
    return int((checkout.root / "var" / "run" / "console.lock").read_text())


def _environment_of(pid: int) -> set[str]:
    with open(f"/proc/{pid}/environ", "rb") as file:  # noqa: PTH123 -- no file of ours
        return {part.partition(b"=")[0].decode() for part in file.read().split(b"\0") if part}

"""Real enclaves for the conversations: whole ones, and ones with a safeguard taken out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from faro.enclave_process import EnclaveProcess, _die_with_us, _environment, _port, train
from faro.root import ENCLAVE_PYTHON, ROOT

_MUTANT = Path(__file__).with_name("mutant.py")


class Watched(EnclaveProcess):
    """An enclave of which everything that it prints can be read."""

    def __init__(self, mutation: str | None = None) -> None:
        super().__init__()
        self._mutation = mutation

    async def start(self) -> None:
        if self._mutation is None:
            await super().start()
            return
        added = {"FARO_DOOR_TOKEN": self.door.token, "FARO_DOOR_PORT": _port(self.door.url)}
        self._process = await asyncio.create_subprocess_exec(
            *(str(ENCLAVE_PYTHON), str(_MUTANT), self._mutation),
            cwd=ROOT,
            env={**_environment(added), "PYTHONPATH": str(ROOT)},
            stdin=asyncio.subprocess.DEVNULL,
            stdout=self._log,
            stderr=self._log,
            start_new_session=True,
            preexec_fn=_die_with_us,
        )

    def printed(self) -> str:
        """Return everything that it printed so far."""
        self._log.seek(0)
        return self._log.read().decode(errors="replace")


@asynccontextmanager
async def enclave(mutation: str | None = None) -> AsyncIterator[Watched]:
    """Give an enclave that is ready; it is stopped at the end."""
    await train()
    process = Watched(mutation)
    try:
        await process.start()
        await process.wait_until_ready()
        yield process
    finally:
        await process.stop()

"""The recordings of key messages, for the channels that can play them.

Some lie in ``data/recordings``; those that operators uploaded stand in the database, so that every
machine has them.
"""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path
from urllib.parse import quote

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from content.recordings import MEDIA_TYPES
from directory.recordings import UPLOADED, sound_of

FOLDER = Path(__file__).resolve().parents[1] / "data" / "recordings"
_MOST_KEPT = 32  # recordings in memory, of at most 1 MB each


class Recordings:
    """Fetches recordings. What was fetched stays in memory for a while: a name is one sound.

    Args:
        engine: Of the database that operators upload to; None: there are no uploads.
    """

    def __init__(self, engine: AsyncEngine | None = None) -> None:
        self._engine = engine
        self._kept: OrderedDict[str, bytes] = OrderedDict()

    async def read(self, path: str) -> bytes:
        """Return a recording by the path that a reply names. Raises OSError: there is none."""
        if not path.startswith(f"{UPLOADED}/"):
            return _file(path).read_bytes()
        if path not in self._kept:
            self._kept[path] = await self._uploaded(path)
        self._kept.move_to_end(path)
        if len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)
        return self._kept[path]

    async def aclose(self) -> None:
        """Let go of the database."""
        if self._engine is not None:
            await self._engine.dispose()

    async def _uploaded(self, path: str) -> bytes:
        if self._engine is None:
            raise FileNotFoundError("no such recording")
        try:
            async with AsyncSession(self._engine) as session:
                sound = await sound_of(session, path)
        except SQLAlchemyError:
            raise OSError("recordings cannot be read now") from None
        if sound is None:
            raise FileNotFoundError("no such recording")
        return sound


def _file(path: str) -> Path:
    file = (FOLDER / path).resolve()
    known = file.suffix in MEDIA_TYPES and file.is_relative_to(FOLDER)
    if not known or not file.is_file():
        raise FileNotFoundError("no such recording")
    return file


def address(path: str) -> str:
    """Return where a recording is played from, below the public address of the gateway."""
    return f"/recordings/{quote(path)}"


def route(recordings: Recordings) -> Route:
    """Return the route that browsers and WhatsApp fetch recordings from."""

    async def serve(request: Request) -> Response:
        path = request.path_params["path"]
        try:
            sound = await recordings.read(path)
        except OSError:
            return Response(status_code=404)
        # The same for everybody: nothing in it says who listens.
        headers = {"Cache-Control": "public, max-age=86400", "X-Content-Type-Options": "nosniff"}
        return Response(sound, media_type=MEDIA_TYPES[Path(path).suffix], headers=headers)

    return Route("/recordings/{path:path}", serve, methods=["GET"])

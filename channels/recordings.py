"""The recordings of key messages, for the channels that can play them."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

FOLDER = Path(__file__).resolve().parents[1] / "data" / "recordings"
_KIND = "audio/ogg"


def recording(path: str) -> bytes:
    """Return a recording by its path below ``data/recordings``. Raises OSError: there is none."""
    return _file(path).read_bytes()


def address(path: str) -> str:
    """Return where a recording is played from, below the public address of the gateway."""
    return f"/recordings/{quote(path)}"


def route() -> Route:
    """Return the route that browsers and WhatsApp fetch recordings from."""

    async def serve(request: Request) -> Response:
        try:
            file = _file(request.path_params["path"])
        except FileNotFoundError:
            return Response(status_code=404)
        # The same for everybody: nothing in it says who listens.
        headers = {"Cache-Control": "public, max-age=86400", "X-Content-Type-Options": "nosniff"}
        return FileResponse(file, media_type=_KIND, headers=headers)

    return Route("/recordings/{path:path}", serve, methods=["GET"])


def _file(path: str) -> Path:
    file = (FOLDER / path).resolve()
    if file.suffix != ".ogg" or not file.is_relative_to(FOLDER) or not file.is_file():
        raise FileNotFoundError("no such recording")
    return file

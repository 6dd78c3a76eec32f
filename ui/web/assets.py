"""The components' scripts and styles, served as they lie in the package."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from ui.web.components import FOLDER, version

_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}


async def asset(request: Request) -> Response:
    """Answer with one script or style; its address names its version, so a browser may keep it for good."""
    path = FOLDER / request.path_params["path"]
    try:
        path = path.resolve()
        known = path.suffix in _TYPES and path.is_relative_to(FOLDER) and path.is_file()
    except (OSError, ValueError):  # a name that no file can have
        known = False
    if not known:
        return PlainTextResponse("There is no such file.", 404)
    fresh = request.path_params["version"] == version()
    kept = "public, max-age=31536000, immutable" if fresh else "no-store"
    return Response(path.read_bytes(), media_type=_TYPES[path.suffix], headers={"cache-control": kept})


ROUTES = [Route("/assets/{version}/{path:path}", asset)]

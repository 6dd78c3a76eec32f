"""Who may come in at all: WebSockets only from this server's own pages, and no way into what no page here uses.

Streamlit lets the pages of any other server on this machine connect, and keeps in memory what anybody sends to its own
upload route; ours are in ui/web/uploads.py.
"""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.web.gate import NOT_KEPT, from_here

CLOSED = ("/_stcore/upload_file", "/_stcore/metrics", "/_stcore/agent")


class Doors:
    """ASGI middleware: 403 to a WebSocket from another page, 404 for the routes that are closed."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            headers = Headers(scope=scope)
            origin = headers.get("origin")  # a program that is no browser sends none
            if origin is not None and not from_here(origin, headers.get("host")):
                await send({"type": "websocket.close", "code": 1008})  # before it is accepted: answered with 403
                return
        elif scope["type"] == "http" and scope["path"].startswith(CLOSED):
            await PlainTextResponse("There is nothing here.", 404, headers=NOT_KEPT)(scope, receive, send)
            return
        await self.app(scope, receive, send)

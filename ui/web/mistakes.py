"""A mistake of ours in a route: it is written to the corpus's log, and the reader is told in a sentence."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.web.gate import NOT_KEPT, language_of
from ui.web.room import room
from ui.web.texts import texts


class Mistakes:
    """ASGI middleware: 500 with the sentence instead of an exception, where nothing was answered yet."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def noting(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, noting)
        except Exception as error:
            if scope["type"] != "http" or begun:
                raise
            room().corpus.logger().exception("web %s", scope["path"], exc_info=error)
            sentence = texts("frame", language_of(Request(scope)))["mistake"]
            await PlainTextResponse(sentence, 500, headers=NOT_KEPT)(scope, receive, send)

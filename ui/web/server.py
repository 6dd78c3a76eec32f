"""The server: Streamlit's ASGI app with our own routes and headers, in one process."""

from __future__ import annotations

import os
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from ui.web import assets, exports, nearly_alike, papers, passages, pictures, reports, table_files, uploads
from ui.web.doors import Doors
from ui.web.headers import Headers
from ui.web.look import THEME
from ui.web.mistakes import Mistakes
from ui.web.room import room
from ui.web.warmth import preload

SCRIPT = Path(__file__).parent / "app.py"
OWN_HOSTS = ["127.0.0.1", "localhost", "::1"]  # other names for this machine may be another's (DNS rebinding)


async def health(request: Request) -> Response:
    """Answer that the server is up."""
    return PlainTextResponse("ok")


def routes() -> list[Route]:
    ours = (assets, exports, nearly_alike, pictures, papers, passages, reports, table_files, uploads)
    return [Route("/health", health), *(route for module in ours for route in module.ROUTES)]


def guards(hosts: list[str]) -> list[Middleware]:
    """Return what every request passes, the outermost first: refusals have the headers as well."""
    return [Middleware(Headers), Middleware(TrustedHostMiddleware, hosts), Middleware(Doors), Middleware(Mistakes)]


def serve(folder: Path, port: int, address: str = "127.0.0.1", browser: bool = True) -> None:
    """Serve the corpus in a folder until stopped; `browser` opens a window on it.

    Raises:
        CorpusUnusable: there is none, or it cannot be used.
    """
    os.environ["GONGMUN_CORPUS"] = str(folder.absolute())
    room().warm()
    preload()
    hosts = OWN_HOSTS if address in OWN_HOSTS else ["*"]
    app = st.App(SCRIPT, routes=routes(), middleware=guards(hosts))
    app.run(
        config={
            "server.port": port,
            "server.address": address,
            "server.allowedHosts": hosts,
            "server.headless": not browser,
            "server.showEmailPrompt": False,
            "server.fileWatcherType": "none",
            "ui.hideTopBar": True,
            "server.maxUploadSize": 1,  # our own route takes uploads, to disk
            "browser.gatherUsageStats": False,
            "client.allowedOrigins": [],  # no page of another site may steer this one by messages
            "client.toolbarMode": "minimal",
            "client.showErrorDetails": "none",
            "runner.magicEnabled": False,
            **THEME,
        }
    )

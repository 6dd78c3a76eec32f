"""gongmun web: the reading room in the browser."""

from __future__ import annotations

import ipaddress

import click

from ui.cli.session import Session, corpus_option


@click.command()
@click.option("--port", metavar="N", default=8501, show_default=True, type=click.IntRange(1, 65535))
@click.option(
    "--host",
    metavar="ADDRESS",
    default="127.0.0.1",
    show_default=True,
    help="Listen here; anything but this machine's own address lets whoever reaches it read and annotate everything.",
)
@click.option("--browser/--no-browser", default=True, help="Open a browser window on it.")
@corpus_option
@click.pass_obj
def web(session: Session, port: int, host: str, browser: bool) -> None:
    """Serve the reading room: search, read and annotate in the browser.

    \b
    Examples:
      gongmun web --corpus 법무부-2021
      gongmun web --corpus 법무부-2021 --port 8600 --no-browser
    """
    folder = session.open().folder
    session.close()
    if not _is_own(host):
        click.echo(
            f"Whoever reaches {host}:{port} can read and annotate everything: there is no login yet.\n"
            "Serve a network only behind something that asks who is there.",
            err=True,
        )
    open_room(folder, port, host, browser)


def open_room(folder: object, port: int, host: str = "127.0.0.1", browser: bool = True) -> None:
    """Serve until stopped; say where, and refuse a port that is taken in a sentence.

    Raises:
        UsageError: something else listens there.
    """
    import socket
    from pathlib import Path

    from corpus.errors import UsageError

    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            raise UsageError(
                f"Nothing can be served at {host}:{port} ({error.strerror}); give another one with --port."
            ) from error
    from ui.web.server import serve

    click.echo(
        f"The reading room is at http://{f'[{host}]' if ':' in host else host}:{port}; Ctrl-C closes it.", err=True
    )
    serve(Path(str(folder)), port, host, browser)


def _is_own(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False

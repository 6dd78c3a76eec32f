"""demo, reindex and doctor: trying it, and upkeep."""

from __future__ import annotations

from pathlib import Path

import click

from ui.cli.session import Session, corpus_option, json_option


@click.command()
@click.option("--dir", "folder", type=click.Path(path_type=Path), help="Where to make its corpus; else .demo here.")
@click.option("--fresh", is_flag=True, help="Make the corpus anew.")
@click.option("--web/--no-web", default=True, help="Serve the web page at the end, until Ctrl-C.")
@click.option("--port", metavar="N", default=8501, show_default=True, type=click.IntRange(1, 65535))
@click.option("--browser/--no-browser", default=True, help="Open a browser window on it.")
@click.pass_obj
def demo(session: Session, folder: Path | None, fresh: bool, web: bool, port: int, browser: bool) -> None:
    """Show Gongmun on a sample release: a corpus, four searches, a citation.

    The papers are a reconstruction made for demonstration, not government documents.

    \b
    Examples:
      gongmun demo
      gongmun demo --dir 시연 --no-web
      gongmun demo --fresh
    """
    from ui.cli.demonstration import demonstrate

    demonstrate(session, folder, fresh)
    if web:
        from ui.cli.web_commands import open_room

        place = session.open().folder
        session.close()
        open_room(place, port, browser=browser)


@click.command()
@corpus_option
@click.pass_obj
def reindex(session: Session) -> None:
    """Delete the search index and make it again from the catalogue.

    Nothing is lost by it: the index holds only what the catalogue has. Searches find less until it is done.

    \b
    Examples:
      gongmun reindex
      gongmun reindex --corpus 법무부-2021
    """
    from ui.cli import wording
    from ui.cli.index_state import index_form, made_anew
    from ui.cli.progress import steps
    from ui.cli.terminal import say

    corpus = session.open()
    with steps("Indexing") as tell:
        made_anew(corpus, tell)
    state = index_form(corpus)
    pages, documents = wording.count(state["pages"], "page"), wording.count(state["documents"], "document")
    say(f"Indexed {pages} of {documents}.")


@click.command()
@json_option
@corpus_option
@click.pass_obj
@click.pass_context
def doctor(context: click.Context, session: Session, as_json: bool) -> None:
    """Check what Gongmun needs on this machine, and the corpus if there is one.

    The exit code is 0 unless something is missing that is required.

    \b
    Examples:
      gongmun doctor
      gongmun doctor --corpus 법무부-2021
    """
    from ui.cli.checkup import REQUIRED, examined, findings_form, show_findings
    from ui.cli.terminal import out, print_json

    found = examined(session)
    if as_json:
        print_json(findings_form(found))
    else:
        show_findings(found, out())
    context.exit(1 if any(each.mark == REQUIRED for each in found) else 0)

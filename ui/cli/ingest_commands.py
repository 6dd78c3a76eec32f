"""ingest: papers into the corpus."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ui.cli.dates import date
from ui.cli.session import Session, corpus_option

if TYPE_CHECKING:
    from corpus import Corpus
    from ingest.outcomes import Request

PATHS = click.Path(exists=True, path_type=Path)
UPLOADED = "jobs"  # the folder of a corpus where the web page puts what is sent to it, until it is taken in


@click.command()
@click.argument("paths", metavar="PATH…", nargs=-1, type=PATHS)
@click.option("--release", metavar="NAME", help="What the papers were obtained by; else the name of the folder.")
@click.option("--agency", help="Who released them (법무부).")
@click.option("--requester", help="Who asked for them.")
@click.option("--request-number", help="The number of the request.")
@click.option("--requested", metavar="DATE", callback=date, help="The day they were asked for (2021.10.5.).")
@click.option("--due", metavar="DATE", callback=date, help="The day they were due.")
@click.option("--received", metavar="DATE", callback=date, help="The day they came.")
@click.option("--legal-basis", help="The law they were asked for under.")
@click.option("--workers", type=click.IntRange(0), help="How many processes read; 0 is one per core.")
@click.option("--ocr", is_flag=True, help="Read the pictures of text that are left; without PATH, nothing else.")
@click.option("--no-ocr", is_flag=True, help="Leave pictures of text for later.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--password", is_flag=True, help="Ask for a password to try on encrypted files.")
@click.option("--password-file", metavar="FILE", help="A file of passwords to try, one a line.")
@click.option("--retry", is_flag=True, help="Read again what could not be read before.")
@click.option("--wait", is_flag=True, help="Wait until no other process writes to the corpus.")
@click.option(
    "--progress-file",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write how far it is to FILE, for a program (docs/json.md).",
)
@corpus_option
@click.pass_obj
@click.pass_context
def ingest(
    context: click.Context,
    session: Session,
    /,
    paths: tuple[Path, ...],
    workers: int | None,
    ocr: bool,
    no_ocr: bool,
    dry_run: bool,
    password: bool,
    password_file: str | None,
    retry: bool,
    wait: bool,
    progress_file: Path | None,
    **about: str | None,
) -> None:
    """Take in files and folders: keep them as they came, read them, index them.

    What was taken in before and has not changed is passed over, so the same command goes on after a stop. The exit
    code is 3 if some files cannot be searched; they are kept, and listed with the reason and what to do.

    \b
    Examples:
      gongmun ingest ~/받은자료 --agency 법무부 --received 2021.10.21.
      gongmun ingest 1차.pdf 2차.pdf --release '식별추적시스템 요구자료'
      gongmun ingest ~/받은자료 --password-file 암호.txt --retry
      gongmun ingest --ocr
    """
    from ui.cli import ingesting
    from ui.cli.afterwards import as_listed_now, find_tables, link_alike, recognise
    from ui.cli.progress import watched

    if not paths and not ocr:
        raise click.UsageError("Give the files or folders to take in, or --ocr to read pictures of text.")
    corpus = session.open()
    for path in paths:
        _refuse_itself(path.resolve(), corpus.folder.resolve())
    requests = _requests(corpus, paths, {name: value or None for name, value in about.items()})
    if dry_run:
        for request, group in requests:
            ingesting.show_plan(group, corpus, request)
        return
    secrets = _passwords(password, password_file)
    outcomes = []
    with watched(progress_file) as events:
        manner = ingesting.Manner(workers, secrets, retry, wait, events)
        for request, group in requests:
            outcomes += ingesting.run_and_show(group, corpus, request, manner)
        find_tables(corpus, workers)
        if not no_ocr:
            recognise(corpus, secrets, retry, events, workers)
        link_alike(corpus)
    ingesting.show_news(corpus)
    outcomes = as_listed_now(corpus, outcomes)
    context.exit(3 if any(map(ingesting.failed, outcomes)) else 0)


def _refuse_itself(path: Path, folder: Path) -> None:
    """Keep a corpus from taking in its own files; what was uploaded to it waits in a folder of jobs."""
    if path.is_relative_to(folder / UPLOADED):
        return
    if path.is_relative_to(folder):
        raise click.UsageError(f"{path} belongs to the corpus itself; give the folder the papers came in.")
    if folder.is_relative_to(path):
        raise click.UsageError(f"{path} holds the corpus ({folder}); give folders beside it, or move the corpus.")


def _requests(
    corpus: Corpus, paths: tuple[Path, ...], about: dict[str, str | None]
) -> list[tuple[Request, list[Path]]]:
    """Return a request for each release, with its paths; without --release each folder is one."""
    from ui.cli import ingesting

    given, received = about.pop("release"), about.pop("received")
    groups: dict[str, list[Path]] = {}
    for path in paths:
        groups.setdefault(given or _folder_name(path), []).append(path)
    return [(ingesting.request_for(corpus, name, received, about), group) for name, group in groups.items()]


def _folder_name(path: Path) -> str:
    whole = path.resolve()
    name = whole.name if whole.is_dir() else whole.parent.name
    if not name:
        raise click.UsageError(f"{path} has no folder to name the release after; give --release NAME.")
    return name


def _passwords(ask: bool, file: str | None) -> list[str]:
    """Return the passwords to try; they are never taken from the command line, where others can read them."""
    from ui.cli.reading_files import given_text

    found = [line for line in given_text(file).splitlines() if line] if file else []
    if ask:
        found.append(click.prompt("Password", hide_input=True, err=True))
    return found

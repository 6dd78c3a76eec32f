"""trash, undo, move and purge: what can be taken back, and what cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ui.cli.session import Session, corpus_option, json_option, who

if TYPE_CHECKING:
    from corpus import Corpus
    from corpus.model import Occurrence, Release
    from corpus.purging import Plan
    from ui.cli import lookup


_NOT_CUT_OFF = "No purge was cut off; name what is to be purged, as gongmun trash lists it."


@click.command()
@json_option
@corpus_option
@click.pass_obj
def trash(session: Session, as_json: bool) -> None:
    """List the papers in the trash: what was removed, by whom and when.

    \b
    Examples:
      gongmun trash
      gongmun trash --json --corpus 법무부-2021
    """
    from corpus import taking_back
    from ui.cli import shown_trash, terminal

    found = taking_back.trash(session.open().store)
    if as_json:
        terminal.print_json(shown_trash.trash_form(found))
    else:
        shown_trash.show_trash(found, terminal.out())


@click.command()
@click.option("--restore", is_flag=True, help="Take the last undoing back.")
@corpus_option
@click.pass_obj
def undo(session: Session, restore: bool) -> None:
    """Put what the last ingest added in the trash; once more, what the one before it added.

    Papers that were met before that ingest keep their older places. Nothing is deleted: --restore brings back what the
    last undoing put in the trash.

    \b
    Examples:
      gongmun undo
      gongmun undo --restore --corpus 법무부-2021
    """
    from corpus import taking_back
    from corpus.locking import only_writer
    from ui.cli.shown_trash import said_undone
    from ui.cli.terminal import say

    corpus = session.open()
    with only_writer(corpus.folder, "an undo"):
        done = (taking_back.redo if restore else taking_back.undo)(corpus.store, who())
    if done is not None:
        say(said_undone(corpus, done, restore, f"gongmun{session.corpus_words()} undo --restore"))
    elif restore:
        say("No ingest is undone; gongmun trash lists what can be restored.")
    else:
        say("There is no ingest left to undo; gongmun remove takes back documents and deliveries.")


@click.command()
@click.argument("delivery")
@click.argument("release")
@click.option("--new", is_flag=True, help="Make the release; RELEASE is its name.")
@corpus_option
@click.pass_obj
def move(session: Session, delivery: str, release: str, new: bool) -> None:
    """Count a delivery to another release: it was taken in under the wrong one.

    DELIVERY is named by its folder or its id, RELEASE by its name or id. The release it leaves stays.

    \b
    Examples:
      gongmun move ~/받은자료/2차 '2021년 국정감사 요구자료'
      gongmun move 2차 '추가 제출 자료' --new
    """
    from corpus import taking_back
    from ui.cli import lookup, wording
    from ui.cli.terminal import say

    corpus = session.open()
    moved = corpus.store.deliveries()[lookup.one(delivery, lookup.deliveries(corpus)).id]
    target = _new_release(corpus, release) if new else _known_release(corpus, release)
    before = corpus.store.releases()[moved.release]
    if moved.release == target.id:
        say(f"{moved.source} is in {target.name} already.")
        return
    documents = wording.count(taking_back.move(corpus.store, moved, target, who()), "document")
    say(f"Moved {moved.source} ({documents}) from {before.name} to {target.name}.")


def _new_release(corpus: Corpus, name: str) -> Release:
    from corpus.errors import UsageError
    from ui.cli.ingesting import request_for

    made = request_for(corpus, name, None, {}).release
    if made.id in corpus.store.releases():
        raise UsageError(f"There is a release {made.name!r} already; leave --new away, or give another name.")
    if not made.name:
        raise UsageError("The new release has no name; give one.")
    return made


def _known_release(corpus: Corpus, meant: str) -> Release:
    from corpus.errors import NotFound
    from ui.cli import lookup

    known = corpus.store.releases()
    try:
        return known[lookup.one(meant, [lookup.Known(each.id, each.name, (each.name,)) for each in known.values()]).id]
    except NotFound:
        names = ", ".join(each.name for each in known.values())
        raise NotFound(f"No one release is called {meant!r}; there are: {names}. Or make one: --new") from None


@click.command()
@click.argument("meant", metavar="[DOCUMENT|DELIVERY]", required=False)
@click.option("--yes", is_flag=True, help="Do not ask.")
@corpus_option
@click.pass_obj
def purge(session: Session, meant: str | None, yes: bool) -> None:
    """Delete for good what is in the trash: a document, or all of a delivery that is there.

    Its bytes, text, pictures and index entries are deleted, and its names; the log has its hash alone. What people
    noted on it is kept, with the quoted words covered. Backups are not touched. Without a name, a purge that was cut
    off is finished.

    \b
    Examples:
      gongmun remove 명단.xlsx
      gongmun purge 명단.xlsx
      gongmun purge ~/받은자료/2차 --yes
      gongmun purge
    """
    from ingest import purging
    from ui.cli.progress import steps
    from ui.cli.shown_trash import said_planned
    from ui.cli.terminal import safe, say

    corpus = session.open()
    if meant is None:
        with steps("Indexing") as tell:
            finished = purging.finish(corpus, who(), tell)
        rest = "; what it had not come to is in the trash still: gongmun trash" if _with_trash(corpus) else ""
        say(f"Finished the purge that was cut off{rest}." if finished else _NOT_CUT_OFF)
        return
    planned = _planned(corpus, meant)
    if not yes and not click.confirm(safe(said_planned(corpus, planned), lines=True), err=True):
        say("Nothing was purged.")
        return
    with steps("Indexing") as tell:
        purging.purge(corpus, planned, who(), tell)
    say(f"Purged {_counted(planned)}. Copies in backups and exports are yours to delete.")


def _planned(corpus: Corpus, meant: str) -> Plan:
    from corpus import purging
    from corpus.errors import NotFound
    from ui.cli import lookup

    try:
        thing = lookup.one(meant, lookup.removed(corpus) + _with_trash(corpus))
    except NotFound as error:
        if "fits" in str(error):
            raise
        raise NotFound(f"Nothing in the trash is called {meant!r}; put it there first: gongmun remove") from None
    places = lookup.occurrences(corpus, thing)
    if thing.id in corpus.store.deliveries():
        places = [each for each in places if each.removed]
    return purging.plan(corpus.store, places)


def _with_trash(corpus: Corpus) -> list[lookup.Known]:
    from ui.cli import lookup

    some: list[Occurrence] = [each for each in corpus.store.occurrences() if each.removed]
    deliveries = {each.delivery for each in some}
    return [each for each in lookup.deliveries(corpus) if each.id in deliveries]


def _counted(planned: Plan) -> str:
    from ui.cli import wording

    return wording.count(len(planned.documents), "document")

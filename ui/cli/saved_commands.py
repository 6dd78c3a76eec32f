"""saved: searches kept by a name, asked again, and what is new for each."""

from __future__ import annotations

import click

from ui.cli.session import Session, corpus_option, json_option, who

_MINUS = {"ignore_unknown_options": True}  # -교육 is what is asked for, not an option
_SORTS = click.Choice(["relevance", "date", "document"])
_seconds = click.option(
    "--seconds", type=click.FloatRange(0), default=20, show_default=True, help="Time limit of /…/ and the like."
)


@click.group()
def saved() -> None:
    """Keep searches by a name; see what each finds in the papers that came since.

    \b
    Examples:
      gongmun saved add 동의 '안면인식 동의'
      gongmun saved new
      gongmun saved run 동의
    """


@saved.command(context_settings=_MINUS)
@click.argument("name")
@click.argument("query")
@click.option("--sort", type=_SORTS, default="relevance", show_default=True)
@corpus_option
@click.pass_obj
def add(session: Session, name: str, query: str, sort: str) -> None:
    """Keep QUERY by NAME. What is there now counts as seen.

    \b
    Examples:
      gongmun saved add 동의 '안면인식 동의'
      gongmun saved add '출입국 사진' '"안면 이미지" agency:법무부' --sort date
    """
    from search import watch
    from ui.cli.session import typed
    from ui.cli.terminal import say

    made = watch.keep(session.open().store, name, query, author=who(), sort=sort)
    say(f"Kept {made.name}; to see what is new for it: gongmun{session.corpus_words()} saved new {typed(made.name)}")


@saved.command("list")
@click.option("--removed", is_flag=True, help="Those that were removed.")
@json_option
@corpus_option
@click.pass_obj
def list_(session: Session, removed: bool, as_json: bool) -> None:
    """List the saved searches, and how much is new for each.

    \b
    Examples:
      gongmun saved list
      gongmun saved list --removed --corpus 법무부-2021
    """
    from corpus.saved_searches import saved_searches
    from search import Searcher, watch
    from ui.cli import shown_saved, terminal

    corpus = session.open()
    if removed:
        gone = saved_searches(corpus.store, deleted=True)
        if as_json:
            terminal.print_json(shown_saved.removed_form(gone))
        else:
            shown_saved.show_removed(gone, terminal.out())
        return
    with Searcher(corpus) as searcher:
        found = watch.news(searcher, limit=0)
    if as_json:
        terminal.print_json(shown_saved.list_form(found))
    else:
        shown_saved.show_list(found, terminal.out())


@saved.command()
@click.argument("name")
@click.option("--limit", type=click.IntRange(0), default=10, show_default=True, help="How many hits.")
@click.option("--offset", type=click.IntRange(0), default=0, help="How many hits to pass over.")
@_seconds
@json_option
@corpus_option
@click.pass_obj
def run(session: Session, name: str, limit: int, offset: int, seconds: float, as_json: bool) -> None:
    """Ask a saved search again, of all papers. Nothing is ticked off by it.

    \b
    Examples:
      gongmun saved run 동의
      gongmun saved run 동의 --limit 50 --json > 동의.json
    """
    from corpus.saved_searches import saved_search
    from search import Searcher, watch
    from ui.cli import json_forms, shown_hits, terminal
    from ui.cli.patience import patience, undone

    corpus = session.open()
    found = saved_search(corpus.store, name)
    with Searcher(corpus) as searcher, patience(seconds) as patient:
        results = watch.run(searcher, found, limit, offset, patience=patient)
    if as_json:
        terminal.print_json(json_forms.search_form(results))
    elif results.total or results.partial:
        shown_hits.show_results(results, offset, terminal.out())
    else:
        shown_hits.show_nothing(found.query, results.coverage, terminal.out())
        shown_hits.show_gaps(results.coverage, results.behind, terminal.out())
    for said in undone(results):
        terminal.say(said)


@saved.command()
@click.argument("name", required=False)
@click.option("--limit", type=click.IntRange(0), default=10, show_default=True, help="How many hits of each search.")
@click.option("--seen", is_flag=True, help="Tick them off: what is new now is not new any more.")
@_seconds
@json_option
@corpus_option
@click.pass_obj
@click.pass_context
def new(
    context: click.Context, session: Session, name: str | None, limit: int, seen: bool, seconds: float, as_json: bool
) -> None:
    """Show what is new for each saved search, or for one: pages of papers that came or changed.

    It stays new until it is ticked off with --seen. Exit code 3: a search can no longer be asked.

    \b
    Examples:
      gongmun saved new
      gongmun saved new 동의 --limit 50 --seen
    """
    from corpus.saved_searches import saved_search
    from search import Searcher, watch
    from ui.cli import shown_saved, terminal
    from ui.cli.patience import patience

    corpus = session.open()
    one = saved_search(corpus.store, name) if name is not None else None
    with Searcher(corpus) as searcher, patience(seconds) as patient:
        every = watch.news(searcher, limit, patient) if one is None else []
        found = every if one is None else [watch.whats_new(searcher, one, limit, patience=patient)]
    if as_json:
        terminal.print_json(shown_saved.news_form(found))
    else:
        shown_saved.show_news(found, terminal.out())
    for each in found if seen else ():
        watch.tick(corpus.store, each, editor=who())
    context.exit(3 if any(each.error for each in found) else 0)


@saved.command()
@click.argument("name")
@click.argument("new_name")
@corpus_option
@click.pass_obj
def rename(session: Session, name: str, new_name: str) -> None:
    """Give a saved search another name; what it asks, and what was seen of it, stay as they are.

    \b
    Examples:
      gongmun saved rename 동의 '동의 없이 넘긴 사진'
    """
    from corpus import saved_searches as kept
    from ui.cli.terminal import say

    store = session.open().store
    old = kept.saved_search(store, name)
    made = kept.rename(store, old.id, new_name, editor=who())
    say(f"Renamed {old.name} to {made.name}." if made.name != old.name else f"It is called {made.name} already.")


@saved.command()
@click.argument("name")
@corpus_option
@click.pass_obj
def remove(session: Session, name: str) -> None:
    """Put a saved search away; restore brings it back.

    \b
    Examples:
      gongmun saved remove 동의
    """
    from corpus import saved_searches as kept
    from ui.cli.session import typed
    from ui.cli.terminal import say

    store = session.open().store
    gone = kept.remove(store, kept.saved_search(store, name).id, editor=who())
    say(f"Removed {gone.name}; to bring it back: gongmun{session.corpus_words()} saved restore {typed(gone.name)}")


@saved.command()
@click.argument("name")
@corpus_option
@click.pass_obj
def restore(session: Session, name: str) -> None:
    """Bring back a saved search that was removed, with what had been seen; of several of a name the last removed.

    \b
    Examples:
      gongmun saved restore 동의
    """
    from corpus import saved_searches as kept
    from ui.cli.terminal import say

    store = session.open().store
    back = kept.restore(store, kept.saved_search(store, name, deleted=True).id, editor=who())
    say(f"Brought back {back.name}: {back.query}")

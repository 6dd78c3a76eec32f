"""The `gongmun` command: its group, its help, and what becomes of errors."""

from __future__ import annotations

import contextlib
import difflib
import errno
import importlib
import sys
import traceback
from pathlib import Path
from typing import Any

import click

from ui.cli import INTERRUPTED, STOPPED
from ui.cli.session import Session

INTERNAL = 70  # an error of ours (EX_SOFTWARE of sysexits.h), outside the exit codes that scripts rely on

# Where each command lives, in the order of the help; a module is imported when its command is.
SECTIONS = {
    "Begin": {
        "demo": "system_commands",
        "init": "record_commands",
        "ingest": "ingest_commands",
        "web": "web_commands",
    },
    "Find and cite": {name: "search_commands" for name in ("search", "quote", "cite")}
    | {"figures": "figure_commands", "tables": "table_commands", "show": "record_commands"}
    | {"alike": "version_commands", "compare": "version_commands"},
    "Ask again": {"batch": "batch_commands", "saved": "saved_commands"},
    "Annotate": {"annotations": "annotation_commands"},
    "The record": {
        "status": "record_commands",
        "edit": "edit_commands",
        "withheld": "edit_commands",
        "correct": "correcting_commands",
        "checked": "correcting_commands",
        "read-first": "correcting_commands",
        "remove": "edit_commands",
        "trash": "taking_back_commands",
        "undo": "taking_back_commands",
        "move": "taking_back_commands",
        "purge": "taking_back_commands",
        "verify": "record_commands",
    },
    "Upkeep": {"reindex": "system_commands", "doctor": "system_commands"},
}
MODULES = {name: module for section in SECTIONS.values() for name, module in section.items()}


class Gongmun(click.Group):
    """A group that imports its commands one by one and turns every error into a sentence and an exit code."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(MODULES)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in MODULES:
            return None
        module = importlib.import_module(f"ui.cli.{MODULES[name]}")
        command: click.Command = getattr(module, name.replace("-", "_"))
        return command

    def resolve_command(
        self, context: click.Context, arguments: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(context, arguments)
        except click.UsageError as error:
            near = difflib.get_close_matches(arguments[0], MODULES, n=1)
            if not near:
                raise
            raise click.UsageError(f"{error.message} Did you mean {near[0]}?", context) from None

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        for title, names in SECTIONS.items():
            with formatter.section(title):
                found = [(name, self.get_command(context, name)) for name in names]
                formatter.write_dl([(name, each.get_short_help_str(200)) for name, each in found if each])

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except (click.exceptions.Exit, click.ClickException):
            raise
        except (KeyboardInterrupt, click.Abort):
            click.echo(f"\n{STOPPED}", err=True)
            context.exit(INTERRUPTED)
        except Exception as error:
            if isinstance(error, OSError) and error.errno == errno.EPIPE:
                raise  # whoever read our output has enough of it: click ends quietly
            context.exit(_told(error, context.find_object(Session) or Session()))


def _told(error: Exception, session: Session) -> int:
    """Tell a person what went wrong, in a sentence, and return the exit code."""
    from corpus.errors import ExitCode, GongmunError
    from ui.cli.terminal import safe

    if session.debug:
        click.echo(safe("".join(traceback.format_exception(error)), lines=True), err=True)
    if isinstance(error, GongmunError):
        click.echo(safe(str(error), lines=True), err=True)
        pointer = getattr(error, "pointer", None)
        if pointer is not None:
            click.echo(safe(pointer(), lines=True), err=True)
        return int(error.exit_code)
    where = _logged(error, session)
    if isinstance(error, OSError) and error.strerror:
        click.echo(safe(f"{error.filename or 'A file'}: {error.strerror}; see to that and try again."), err=True)
        return int(ExitCode.CORPUS if error.errno == errno.ENOSPC else ExitCode.USAGE)
    if type(error).__module__.startswith("sqlalchemy."):
        said = str(getattr(error, "orig", error)).splitlines()[0]
        click.echo(safe(f"The catalogue cannot be used now ({said}); try again, then: gongmun verify"), err=True)
        return int(ExitCode.CORPUS)
    said = f"Gongmun made a mistake ({type(error).__name__}: {error}); please report it with {where}."
    click.echo(safe(said), err=True)
    return INTERNAL


def _logged(error: Exception, session: Session) -> str:
    """Write an error in full to the log of the corpus, where there is one; return where it can be read."""
    if session.corpus is not None:
        with contextlib.suppress(Exception):
            session.corpus.logger().error("%s", " ".join(sys.argv[1:2]), exc_info=error)
            from corpus.opened import LOG

            return str(session.corpus.folder / LOG)
    return "what --debug prints"


def version() -> str:
    """Return the version of the installed package, or of the checkout this runs from."""
    from importlib import metadata

    try:
        return metadata.version("gongmun")
    except metadata.PackageNotFoundError:
        import tomllib

        project = Path(__file__).parents[2] / "pyproject.toml"
        return str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"])


def _version(context: click.Context, parameter: click.Parameter, value: bool) -> None:
    if value and not context.resilient_parsing:
        click.echo(f"gongmun {version()}")
        context.exit()


@click.command(
    cls=Gongmun,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="gongmun COMMAND --help shows examples. Exit codes and JSON: docs/cli.md, docs/json.md.",
)
@click.option("--corpus", metavar="DIR", help="The corpus; else $GONGMUN_CORPUS, else the current folder.")
@click.option("--debug", is_flag=True, help="Show Python's traceback of an error.")
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Print the version."
)
@click.pass_context
def gongmun(context: click.Context, corpus: str | None, debug: bool) -> None:
    """Search, read and cite released government records, word for word.

    \b
    Examples:
      gongmun demo
      gongmun init 법무부-2021
      gongmun --corpus 법무부-2021 ingest ~/받은자료 --agency 법무부 --received 2021-10-21
      gongmun --corpus 법무부-2021 search '안면인식 동의'
      gongmun --corpus 법무부-2021 quote '동의를 받지 않고'
    """
    context.obj = Session(corpus, debug)
    context.call_on_close(context.obj.close)

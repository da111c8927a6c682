"""The `tracker` command: puts the jobs' commands together and keeps the contract of errors and exit statuses.

Exit status: 0 done, 1 something failed and was said, 2 bad usage, 130 interrupted from the keyboard.
"""

import inspect
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from jobs import doctor, packages
from jobs.alerts import commands as alerts
from jobs.daemon import command as daemon
from jobs.demo import command as demo
from jobs.deploy import backup, init, migrate, restore, verify
from jobs.gather import poll
from jobs.mail import commands as digest
from jobs.opinions import commands as opinions
from jobs.publish import export, report, search
from jobs.queue import command as worker
from jobs.reading import evaluate, explain, ingest, page, read, reread
from jobs.review import commands as review
from jobs.sources import commands as sources
from jobs.sources import watch
from jobs.subscribers import commands as subscribers
from jobs.terminal.console import DATA, EVERY_DAY, INSIDE, START_HERE, State, fail
from jobs.web.desk import commands as desk
from tracker.errors import BadValue, TrackerError

FAILED = 1
BAD_USAGE = 2
INTERRUPTED = 130
"""128 + SIGINT, as shells report it."""

app = typer.Typer(
    name="tracker",
    help="Polls news feeds and keeps a dated, quoted timeline of changes to local government procedures.",
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.command("demo", rich_help_panel=START_HERE)(demo.command)
app.command("init", rich_help_panel=START_HERE)(init.command)
app.command("doctor", rich_help_panel=START_HERE)(doctor.command)
app.add_typer(sources.app, name="sources", rich_help_panel=EVERY_DAY)
app.add_typer(sources.app, name="feeds", hidden=True)  # their older name
app.command("watch", rich_help_panel=EVERY_DAY)(watch.command)
app.command("poll", rich_help_panel=EVERY_DAY)(poll.command)
app.command("run", rich_help_panel=EVERY_DAY)(daemon.command)
app.command("worker", rich_help_panel=EVERY_DAY)(worker.command)
app.command("search", rich_help_panel=EVERY_DAY)(search.command)
app.command("report", rich_help_panel=EVERY_DAY)(report.command)
app.add_typer(review.app, name="review", rich_help_panel=EVERY_DAY)
app.add_typer(desk.app, name="desk", rich_help_panel=EVERY_DAY)
app.add_typer(opinions.app, name="opinions", rich_help_panel=EVERY_DAY)
app.add_typer(digest.app, name="digest", rich_help_panel=EVERY_DAY)
app.add_typer(subscribers.app, name="subscribers", rich_help_panel=EVERY_DAY)
app.add_typer(alerts.app, name="alerts", rich_help_panel=EVERY_DAY)
app.command("read", rich_help_panel=DATA)(read.command)
app.command("ingest", rich_help_panel=DATA)(ingest.command)
app.command("export", rich_help_panel=DATA)(export.command)
app.command("explain", rich_help_panel=INSIDE)(explain.command)
app.command("page", rich_help_panel=INSIDE)(page.command)
app.command("reread", rich_help_panel=INSIDE)(reread.command)
app.command("verify", rich_help_panel=INSIDE)(verify.command)
app.command("evaluate", rich_help_panel=INSIDE)(evaluate.command)
app.command("backup", rich_help_panel=DATA)(backup.command)
app.command("restore", rich_help_panel=DATA)(restore.command)
app.command("migrate", rich_help_panel=INSIDE)(migrate.command)


def _join_lines(group: typer.Typer) -> None:
    """Lets the paragraphs of docstrings flow in the help: Typer keeps the line breaks of the source."""
    for command in group.registered_commands:
        doc = inspect.cleandoc((command.callback and command.callback.__doc__) or "")
        command.help = "\n\n".join(" ".join(paragraph.splitlines()) for paragraph in doc.split("\n\n"))
    for inner in group.registered_groups:
        if inner.typer_instance:
            _join_lines(inner.typer_instance)


_join_lines(app)


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"tracker {version('procedure-tracker')}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def start(
    ctx: typer.Context,
    config: Annotated[
        Path | None,
        typer.Option(help="The settings file. Without it: TRACKER_CONFIG, then tracker.toml in the current folder."),
    ] = None,
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and end.")
    ] = False,
) -> None:
    """Runs before every command."""
    ctx.obj = State(config=config)
    if ctx.invoked_subcommand is None:
        print(ctx.get_help())


def main() -> None:
    """The console script."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")  # JSON and CSV are UTF-8 whatever the locale says
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Runs a command and gives its exit status; every expected failure is one line on stderr."""
    try:
        status = app(arguments, prog_name="tracker", standalone_mode=False)
        sys.stdout.flush()
        return status if isinstance(status, int) else 0
    except typer.TyperException as error:
        fail(f"{error.format_message()} {_see_help(error)}")
        return error.exit_code
    except BadValue as error:
        fail(error)
        return BAD_USAGE
    except TrackerError as error:
        fail(error)
        return FAILED
    except BrokenPipeError:
        _silence_stdout()
        return FAILED
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except ImportError as error:
        if not packages.is_foreign(error):
            raise
        fail(f"{packages.told(error)}; `tracker doctor` looks at all of them")
        return FAILED
    except OSError as error:
        fail(_disk_trouble(error))
        _silence_stdout()
        return FAILED


def _see_help(error: typer.TyperException) -> str:
    context = getattr(error, "ctx", None)
    return f"(`{context.command_path} --help` shows the usage)" if context else ""


def _silence_stdout() -> None:
    """Nothing more can be written (reader gone, disk full), so Python's own flush at the end must not try."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _disk_trouble(error: OSError) -> str:
    where = f"{error.filename}: " if error.filename else ""
    return f"{where}{error.strerror or error}; check that the disk has space and that the file or folder is writable"

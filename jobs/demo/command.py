"""`tracker demo`: the whole way in one go, on sample news and records that ship with the project."""

from pathlib import Path
from typing import Annotated

import typer

from jobs.terminal.output import named

DEFAULT_OUT = "tracker-demo"


def command(
    out: Annotated[
        str, typer.Option("--out", metavar="DIR", parser=named, help="Where the report goes.")
    ] = DEFAULT_OUT,
    keep: Annotated[
        bool, typer.Option("--keep", help="Keep the database, in DIR/database; run again, it goes on.")
    ] = False,
) -> None:
    """Show the whole job in one go, on sample news and records: poll, read, print the timeline, write the report.

    What is polled ships with the program and is served over HTTP on this machine. No network is needed, your own
    database is not touched. Three of the feeds are broken on purpose.

    Example: tracker demo --out /tmp/demo
    """
    from jobs.demo.run import run

    run(Path(out), keep=keep)

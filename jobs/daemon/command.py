"""`tracker run`: the daemon. Polls what is due, reads, records, rebuilds the report, sends the digest, serves pages."""

from typing import TYPE_CHECKING, Annotated

import typer

from jobs.terminal.console import state

if TYPE_CHECKING:
    from jobs.settings import Settings


def command(
    ctx: typer.Context,
    jobs: Annotated[bool, typer.Option("--jobs", help="List the daemon's jobs and end.")] = False,
) -> None:
    """Run the daemon: poll what is due every minute, read, record, and keep the report up to date.

    Sends the digest at each subscriber's hour where a mail server is set, and serves the report and the pages behind
    the links of a mail at web_host and web_port.

    The log goes to standard error, one event a line. SIGTERM or Ctrl-C ends it within ten seconds; what was in hand is
    taken up by the next start. SIGHUP reads the settings again. Only one daemon runs on one data folder. On PostgreSQL
    a second one, on another machine, stands by, and takes over within half a minute when the first ends. To systemd it
    says when it is ready, and that it is alive (`tracker init --systemd` writes the unit).

    Example: tracker run
    """
    import asyncio

    from jobs.alerts.sending import alert_on_failure
    from jobs.process import log
    from jobs.process.lock import only_one
    from jobs.process.start import start
    from jobs.queue.schema import ready
    from jobs.store import make_data_dir, open_store

    if jobs:
        _list_jobs(state(ctx).settings)
        return
    start()
    settings = state(ctx).settings
    make_data_dir(settings)
    with only_one(settings.data_dir), alert_on_failure(settings), open_store(settings) as engine:
        ready(engine, settings)
        from jobs.daemon.leader import serve  # for seconds, in which `start` sees to signals: a loop would be deaf

        ending = asyncio.run(serve(engine, settings, log.start(settings.log_format), state(ctx)))
    ending.finish()


def _list_jobs(settings: "Settings") -> None:
    from shlex import quote

    from jobs.daemon.scheduler import JOBS
    from jobs.publish.jobs import REPORT_DIR
    from jobs.terminal.table import Column, show

    columns = [Column(name) for name in ("job", "looked at", "by hand")]
    folder = quote(str(settings.report_dir))
    show(columns, [(job.name, str(job.when), job.command.replace(REPORT_DIR, folder)) for job in JOBS])

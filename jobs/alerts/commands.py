"""`tracker alerts`: who is told of problems, and what they were told."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import typer

from jobs.terminal.console import fail, show_help_alone, state, warn

if TYPE_CHECKING:
    from db.values import Alert

FAILED = 1
app = typer.Typer(
    help="Tell a person what is wrong: problems that last go to `alert_to` by themselves.",
    invoke_without_command=True,
    callback=show_help_alone,
)


@app.command("list")
def list_(ctx: typer.Context) -> None:
    """Show the problems of now, and what was told of problems in the last day.

    The exit status is 1 where there is a problem, so that a script can ask.

    Example: tracker alerts list
    """
    from jobs.alerts.sending import AlertStore
    from jobs.checks.catalogue import problems
    from jobs.store import open_store

    settings = state(ctx).settings
    with open_store(settings) as engine:
        found = problems(engine, settings, datetime.now(UTC))
        known = AlertStore(settings.data_dir).load(engine)
    for problem in found:
        print(f"{'grave' if problem.grave else 'problem':<8} {problem.says} ({_told(known.get(problem.kind))})")
    over = [alert for kind, alert in known.items() if kind not in {problem.kind for problem in found}]
    for alert in over:
        print(f"{'over':<8} {alert.what} ({_told(alert)})")
    if not found and not over:
        print("All is well.")
    if found:
        raise typer.Exit(FAILED)


def _told(alert: "Alert | None") -> str:
    return f"told {alert.told_at:%Y-%m-%d %H:%M} UTC" if alert and alert.told_at else "not told yet"


@app.command()
def send(ctx: typer.Context) -> None:
    """Tell what is to be told now, as the daemon does every two minutes.

    A problem is told when it has lasted ten minutes, again after a day, and when it has been over for ten minutes.

    Example: tracker alerts send
    """
    from jobs.alerts.sending import AlertStore, send_due
    from jobs.store import open_store
    from tracker.publish.counts import count

    settings = state(ctx).settings
    _check(ctx)
    with open_store(settings) as engine:
        lines = send_due(engine, settings, AlertStore(settings.data_dir), datetime.now(UTC), warn)
    print(f"{count(len(lines), 'problem')} told." if lines else "There is nothing to tell.")


@app.command()
def test(ctx: typer.Context) -> None:
    """Send a test message to everybody whom `alert_to` names.

    Example: tracker alerts test
    """
    from jobs.alerts.messages import deliver, test_message, where

    settings = state(ctx).settings
    _check(ctx)
    reached, failed = deliver(settings, test_message(where(settings)), datetime.now(UTC))
    for name in reached:
        print(f"{name}: sent")
    for line in failed:
        fail(line)
    if failed:
        raise typer.Exit(FAILED)


def _check(ctx: typer.Context) -> None:
    """Raises SettingsError where there is nobody to tell."""
    from tracker.errors import SettingsError

    if not state(ctx).settings.alert_addresses:
        raise SettingsError("`alert_to` is empty; set it to a mail address, or to one that Apprise knows")

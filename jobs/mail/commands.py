"""`tracker digest`: the weekly mail."""

import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from jobs import clock
from jobs.store import stored
from jobs.terminal.console import say, show_help_alone, state, warn
from jobs.terminal.options import Places, Topics, date, entry_filter
from jobs.terminal.output import named
from tracker.errors import BadValue
from tracker.publish.counts import count

if TYPE_CHECKING:
    from jobs.settings import Settings


app = typer.Typer(help="The weekly mail.", rich_markup_mode="rich")
app.callback(invoke_without_command=True)(show_help_alone)
WEEK = 7
"""Days between two mails."""
NOT_DUE = "No mail is due; `--now` does not wait for the hour."


@app.command("preview")
def preview(
    ctx: typer.Context,
    to: Annotated[str, typer.Option("--to", metavar="ADDRESS", help="What this subscriber would get now.")] = "",
    place: Places = None,
    topic: Topics = None,
    days: Annotated[
        int,
        typer.Option(min=0, metavar="N", help="What was found in so many days; 0: ever."),
    ] = WEEK,
    as_of: Annotated[
        str, typer.Option("--as-of", metavar="DAY", help="As on that day, had each report been read when it ran.")
    ] = "",
    out: Annotated[
        str | None, typer.Option("--out", metavar="DIR", parser=named, help="Write digest.html and digest.txt there.")
    ] = None,
    agenda: Annotated[
        bool, typer.Option("--agenda", help="With --to: the mail about what is new on agendas that they watch.")
    ] = False,
    open_: Annotated[bool, typer.Option("--open", help="Show the HTML in the web browser.")] = False,
) -> None:
    """Show the mail that a subscriber would get now, or somebody who follows these places and topics.

    Sends nothing and marks nothing. With --to, places, topics and days are the subscriber's own. With --as-of also an
    archive shows what its weeks would have brought; who is listened to is as it is today.

    Example: tracker digest preview --to ada@example.org --open
    """
    from db.engine import reading
    from jobs.mail import preview as preview_mail
    from jobs.terminal.no_entries import say_gaps

    settings = state(ctx).settings
    now = _noon(as_of, settings, to) if as_of else clock.now()
    since = now - timedelta(days=days) if days else None
    with stored(ctx) as engine:
        if agenda:
            mail = preview_mail.compose_agenda(engine, settings, _whose(to), now)
        elif to:
            mail = preview_mail.compose_for(engine, settings, to, now)
        else:
            wanted = entry_filter(place, topic, "")
            mail = preview_mail.compose(engine, settings, wanted, now, since, archive=bool(as_of))
            with reading(engine) as session:
                say_gaps(session, wanted)
    if not out and not open_:
        print(f"Subject: {mail.subject}\n\n{mail.text}", end="")
        return
    # a folder that stays, since the browser reads it after we have ended
    paths = preview_mail.write(mail, Path(out or tempfile.mkdtemp(prefix="tracker-digest-")))
    for path in paths:
        print(path.absolute())
    if open_:
        typer.launch(paths[0].absolute().as_uri())


def _whose(to: str) -> str:
    """Raises BadValue."""
    if not to:
        raise BadValue("--agenda: whose? name a subscriber with --to ADDRESS")
    return to


def _noon(text: str, settings: "Settings", to: str) -> datetime:
    """The middle of a day. Raises BadValue."""
    day = date(text, "--as-of")
    if day.precision != "day":
        raise BadValue(f"--as-of: {text!r} is no day; write one like 2017-07-06")
    if to:
        raise BadValue("--as-of: nobody was told anything then; leave out --to and name --place or --topic")
    return datetime(day.year, day.month or 1, day.day or 1, 12, tzinfo=ZoneInfo(settings.timezone))


@app.command("send")
def send(
    ctx: typer.Context,
    to: Annotated[
        list[str] | None, typer.Option("--to", metavar="ADDRESS", help="Only to this subscriber. Repeatable.")
    ] = None,
    now: Annotated[bool, typer.Option("--now", help="Do not wait for the hour. Nothing is told twice.")] = False,
    dry_run: Annotated[
        str | None, typer.Option("--dry-run", metavar="DIR", parser=named, help="Write the mails there as .eml files.")
    ] = None,
) -> None:
    """Send the mails that are due, and those that wait for another try: digests, and what is new on agendas.

    Safe to run at any time and as often as you like: the ledger knows what everybody was told. A dry run sends nothing
    and marks nothing. The exit status is 1 where a mail did not go out; what was put off is tried again later.

    Example: tracker digest send --dry-run /tmp/mails --now
    """
    from jobs.mail import outbox, preview

    settings, written = state(ctx).settings, 0
    with stored(ctx) as engine:
        only = [outbox.known(engine, address).id for address in to or ()]
        if dry_run:
            for path in preview.write_due(engine, settings, Path(dry_run), clock.now(), only=only, early=now):
                print(path.absolute())
                written += 1
            if not written and not now:
                say(NOT_DUE)
            say(f"{count(written, 'mail')} written, none sent, nothing marked.")
            return
        tally = outbox.run(engine, settings, warn, only=only, early=now)
        print(f"{tally.in_words()}.")
        _, later = outbox.waiting(engine, clock.now())
    if not tally.total() and not later and not now:
        say(NOT_DUE)
    if later:
        waits = count(later, "mail waits", "mails wait")
        say(f"{waits} for another try; `tracker run` or the next `tracker digest send` makes it")
    if not tally.all_well:
        raise typer.Exit(1)


@app.command("again")
def again(
    ctx: typer.Context,
    address: Annotated[str, typer.Argument(metavar="ADDRESS", help="The subscriber whom a mail did not reach.")],
) -> None:
    """Have somebody told again what a mail told that perhaps did not arrive.

    A mail that the server may have taken before it refused it is in doubt: `doctor` shows it, and what it told counts
    as told, so that nobody is told twice. Where it did not arrive, this has the next mail tell it.

    Example: tracker digest again ada@example.org
    """
    from db.mail import doubtful_mails
    from db.sessions import session
    from jobs.mail.outbox import known

    with stored(ctx) as engine:
        reader = known(engine, address)
        with session(engine) as opened:
            number = doubtful_mails.tell_again(opened, reader.id)
    if number:
        print(f"What {count(number, 'mail')} told {reader.shown} will be told by the next.")
    else:
        print(f"No mail to {reader.shown} is in doubt.")


@app.command("resume")
def resume(
    ctx: typer.Context,
    as_told: Annotated[
        bool, typer.Option("--as-told", help="What the timeline holds by now counts as told, and is not mailed.")
    ] = False,
) -> None:
    """Let mails go out again, which wait since the database was restored.

    After `tracker restore` without the old database nobody knows which mails went out after the copy was made. Look at
    `subscribers list` for people who left since, and at `digest preview --to ADDRESS` for what would be told. With
    --as-told nothing is told twice, and what was found but not mailed before is not told; `digest again ADDRESS` takes
    that back for one subscriber.

    Example: tracker digest resume --as-told
    """
    from db.mail.doubtful_mails import held_since, release_mails
    from db.sessions import session
    from jobs.mail.outbox import count_as_told

    with stored(ctx) as engine:
        with session(engine) as opened:
            waiting = held_since(opened)
        if as_told:
            count_as_told(engine, state(ctx).settings, clock.now())
        with session(engine) as opened:
            release_mails(opened)
    print("Mails go out again." if waiting else "No mail was waiting for this.")


@app.command("bounces")
def bounces(
    ctx: typer.Context,
    source: Annotated[
        str, typer.Argument(metavar="MAILBOX|-", help="A Maildir folder, an mbox file, or one mail on standard input.")
    ],
) -> None:
    """Read mails that came back, and answers that confirm or unsubscribe.

    An address that does not exist is left alone at once, another one that refuses after three hard failures;
    `subscribers list` shows both, `subscribers confirm` lifts it. A report that is read twice counts once.

    Example: tracker digest bounces /var/mail/digest
    """
    from jobs.mail.bounces import read_all

    with stored(ctx) as engine:
        tally = read_all(engine, state(ctx).settings, source, clock.now(), say)
    print(f"{tally.in_words()}.")

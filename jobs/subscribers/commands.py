"""`tracker subscribers`: who gets the digest, for which places and topics, and when."""

from typing import TYPE_CHECKING, Annotated

import typer

from jobs.choice import Address, AFrequency, AsJson, AWeekday, AZone, Stages, Topics
from jobs.console import fail, say, show_help_alone, state
from jobs.subscribers import asking, pausing

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from sqlalchemy import Engine

    from jobs.settings import Settings
    from jobs.subscribers.choice import Choice
    from jobs.subscribers.csv_lines import Row
    from tracker.publish.mail.subscribers import Subscriber

app = typer.Typer(help="Who gets the digest, for which places and topics, and when.", rich_markup_mode="rich")
app.callback(invoke_without_command=True)(show_help_alone)


@app.command("add")
def add(
    ctx: typer.Context,
    address: Address,
    place: Annotated[
        list[str] | None,
        typer.Option(
            "--place", metavar="PLACE", help='"Milwaukee, WI", "Wisconsin", an OCD id. Repeatable. None: all.'
        ),
    ] = None,
    topic: Topics = None,
    stage: Stages = None,
    inside: Annotated[
        bool, typer.Option("--inside/--not-inside", help="With a state or county, also the places in it.")
    ] = True,
    within: Annotated[
        int, typer.Option("--within", metavar="MILES", min=0, help="Also the places within so many miles of --place.")
    ] = 0,
    frequency: AFrequency = "",
    weekday: AWeekday = "",
    hour: Annotated[int | None, typer.Option(min=0, max=23, help="Of the local day; 7 without it.")] = None,
    timezone: AZone = "",
    confirmed: Annotated[bool, typer.Option("--confirmed", help="They have said yes already: ask nobody.")] = False,
) -> None:
    """Add a subscriber, or something more that a known one follows.

    Without --confirmed they are asked by mail, and get nothing until they say yes.

    Example: tracker subscribers add ada@example.org --place "Milwaukee, WI" --topic immigration --hour 8
    """
    from jobs.mail.tokens import Tokens
    from jobs.subscribers import erasing
    from jobs.subscribers.choice import Choice
    from tracker.publish.mail.subscribers import checked_address

    choice = Choice(place or (), topic or (), stage or (), inside, within, frequency, weekday, hour, timezone)
    address = checked_address(address)
    _check_channel(address)
    settings = state(ctx).settings
    with _store(settings) as engine:
        erasing.welcome(engine, Tokens.of(settings.data_dir), address)
        reader, is_new = _add(engine, settings, address, choice, confirmed)
        print(
            f"{'Added' if is_new else 'Already known, brought up to date:'} {reader.shown}, {reader.rhythm.in_words()}"
        )
        if reader.state in ("unconfirmed", "unsubscribed"):
            asking.ask(engine, settings, reader)
        elif reader.state == "suppressed":
            say(f"But {asking.suppressed(reader)}")


@app.command("list")
def list_subscribers(ctx: typer.Context, as_json: AsJson = False) -> None:
    """Show all subscribers: what they follow, when they are written to, and how their last mail went.

    Suppressed means that mails came back; `confirm` lifts it. Paused means that a person stopped them; `resume` lifts
    that. A last mail that is doubtful may have arrived before it
    was refused; `tracker digest again` has what it told told once more.

    Example: tracker subscribers list --json
    """
    from db.engine import reading
    from db.mail import ledger, subscribers
    from jobs.subscribers import table

    with _store(state(ctx).settings) as engine, reading(engine) as session:
        table.show(subscribers.all_subscribers(session), ledger.last_messages(session), as_json=as_json)


@app.command("confirm")
def confirm(ctx: typer.Context, address: Address) -> None:
    """Note that somebody said yes, by whatever way. Also lifts a suppression or a pause.

    Example: tracker subscribers confirm ada@example.org
    """
    from db.engine import session
    from db.mail import subscribers
    from jobs.mail.job import clock, known

    with _store(state(ctx).settings) as engine:
        reader = known(engine, address)
        with session(engine) as opened:
            subscribers.confirm(opened, reader.id, clock())
    print(f"Confirmed {reader.shown}")


app.command("pause")(pausing.pause)
app.command("resume")(pausing.resume)


@app.command("remove")
def remove(
    ctx: typer.Context,
    address: Address,
    erase: Annotated[
        bool, typer.Option("--erase", help="Erase all that is known of them, as the law may give them a right to.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Erase without asking; for scripts.")] = False,
) -> None:
    """Forget a subscriber and everything about them.

    Somebody who unsubscribes by their link is kept, so that no import brings them back.

    --erase takes also the texts of mails that only they got, overwrites what was deleted, and keeps a keyed hash of the
    address, by which an import that brings it again is refused. It cannot be undone. Backups made before still hold it.

    Example: tracker subscribers remove ada@example.org
    """
    from db.engine import session
    from db.mail import subscribers
    from jobs.mail.job import known

    settings = state(ctx).settings
    with _store(settings) as engine:
        if erase:
            _erase(engine, settings, address.strip(), yes=yes)
            return
        reader = known(engine, address)
        with session(engine) as opened:
            subscribers.remove(opened, reader.id)
    print(f"Removed {reader.shown}")


def _erase(engine: "Engine", settings: "Settings", address: str, *, yes: bool) -> None:
    """Says what went and what stays; one that was erased already is well."""
    from jobs.mail.job import clock, known
    from jobs.mail.tokens import Tokens
    from jobs.subscribers import erasing
    from tracker.publish.mail.subscribers import shown

    tokens = Tokens.of(settings.data_dir)
    before = erasing.erased_before(engine, tokens, address)
    if before and not erasing.find(engine, address):
        print(f"{shown(address)} was erased on {before.erased_at:%Y-%m-%d}; nothing but its hash is left.")
        return
    reader = known(engine, address)
    if not yes and not _agreed(f"Erase all that is known of {reader.shown}? It cannot be undone."):
        print("Nothing was erased.")
        return
    for line in erasing.told(erasing.erase(engine, tokens, reader, clock())):
        print(line)


def _agreed(question: str) -> bool:
    import sys

    from tracker.errors import BadInput

    if sys.stdin.isatty() and sys.stdout.isatty():
        return typer.confirm(question)
    raise BadInput("nothing was erased, since nobody can be asked here; --yes erases without asking")


@app.command("import")
def import_subscribers(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE.csv", help="The list; - is standard input.")],
    confirmed: Annotated[bool, typer.Option("--confirmed", help="All of them have said yes already.")] = False,
) -> None:
    """Add many subscribers from a CSV file.

    The first line names the columns: address, and any of place, topic, stage, inside, within, frequency, weekday, hour,
    timezone, confirmed. Several values in one cell stand between | signs. A person may have several lines. A line that
    cannot be used is said and left out, the others are taken. Whoever unsubscribed stays so. Who is not confirmed is
    asked when mails go out the next time.

    Example: tracker subscribers import readers.csv
    """
    from jobs.mail.job import clock, waiting
    from jobs.subscribers.csv_lines import BadRow, rows
    from tracker.publish.counts import count

    settings, taken, bad = state(ctx).settings, 0, 0
    data = _contents(file)
    with _store(settings) as engine:
        for row in rows(data):
            problem = row.error if isinstance(row, BadRow) else _import(engine, settings, row, confirmed)
            taken, bad = (taken, bad + 1) if problem else (taken + 1, bad)
            if problem:
                fail(f"{file}, line {row.number}: {problem}")
        unsent, _ = waiting(engine, clock())
    print(f"{count(taken, 'line')} taken, {bad} left out.")
    if unsent:
        waits = count(unsent, "mail waits", "mails wait")
        say(f"{waits} to go out, those that ask for a yes among them; `tracker run` or `tracker digest send` does it")
    if bad:
        raise typer.Exit(1)


def _import(engine: "Engine", settings: "Settings", row: "Row", confirmed: bool) -> str:
    """Takes a line; what is wrong with it, or nothing. The mails that ask wait for the next round of sending."""
    from db.engine import reading, session
    from db.mail import subscribers
    from jobs.mail.confirm import store_question
    from jobs.mail.job import clock
    from jobs.mail.mailing import Mailing
    from jobs.mail.tokens import Tokens
    from jobs.subscribers import erasing
    from tracker.errors import TrackerError

    with reading(engine) as opened:
        known = subscribers.by_address(opened, row.address)
    if known and known.ended_at:
        return f"{known.shown} unsubscribed on {known.ended_at:%Y-%m-%d}; only they can come back"
    try:
        erasing.check(engine, Tokens.of(settings.data_dir), row.address)
        _check_channel(row.address)
        reader, is_new = _add(engine, settings, row.address, row.choice, confirmed or row.confirmed)
        if is_new and reader.state == "unconfirmed":
            with session(engine) as opened:
                store_question(opened, Mailing.of(settings, preview=not settings.mail_from), reader, clock())
    except TrackerError as error:
        return str(error)
    return ""


def _add(
    engine: "Engine", settings: "Settings", address: str, choice: "Choice", confirmed: bool
) -> tuple["Subscriber", bool]:
    """Adds or extends; a channel is the operator's own and needs no confirmation."""
    from db.engine import session
    from db.mail import subscribers
    from jobs.mail.job import clock
    from tracker.publish.mail.subscribers import Rhythm

    with session(engine) as opened:
        known = subscribers.by_address(opened, address)
        rhythm = choice.rhythm(known.rhythm if known else Rhythm(timezone=settings.timezone))
        wanted = choice.subscriptions() if choice.names_something or not known else ()
        reader, is_new = subscribers.add(opened, address, rhythm, wanted, clock())
        if confirmed or reader.is_channel:
            subscribers.confirm(opened, reader.id, clock())
        return subscribers.by_address(opened, address) or reader, is_new


def _check_channel(address: str) -> None:
    from jobs.mail import channels
    from tracker.publish.mail.subscribers import is_channel

    if is_channel(address):
        channels.check(address)


def _contents(file: str) -> bytes:
    import sys
    from pathlib import Path

    from tracker.errors import BadInput

    try:
        return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise BadInput(f"{file}: cannot be read ({error.strerror})") from None


def _store(settings: "Settings") -> "AbstractContextManager[Engine]":
    from jobs.store import open_store

    return open_store(settings)

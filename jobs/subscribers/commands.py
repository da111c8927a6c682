"""`tracker subscribers`: who gets the digest, for which places and topics, and when."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jobs import clock
from jobs.review.input import act
from jobs.store import read_store, stored
from jobs.terminal.console import fail, on_terminal, say, show_help_alone, state, warn
from jobs.terminal.options import Address, AFrequency, AsJson, AWeekday, AZone, Stages, Topics
from tracker.errors import BadInput, TrackerError
from tracker.publish.counts import count

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Engine
    from sqlmodel import Session

    from jobs.settings import Settings
    from jobs.subscribers.csv_lines import SubscriberLine
    from jobs.subscribers.preferences import Preferences
    from tracker.publish.mail.subscribers import Subscriber

app = typer.Typer(help="Who gets the mails, for which places and topics, and when.", rich_markup_mode="rich")
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
    agenda: Annotated[
        bool,
        typer.Option("--agenda", help="No digest: a mail when something new is on an agenda, one a day at most."),
    ] = False,
    matter: Annotated[
        list[str] | None,
        typer.Option("--matter", metavar="FILE", help="Watch agendas for this file number. Repeatable."),
    ] = None,
    words: Annotated[
        list[str] | None,
        typer.Option("--words", metavar="WORDS", help='Watch agendas for titles with "license plate". Repeatable.'),
    ] = None,
    frequency: AFrequency = "",
    weekday: AWeekday = "",
    hour: Annotated[int | None, typer.Option(min=0, max=23, help="Of the local day; 7 without it.")] = None,
    timezone: AZone = "",
    confirmed: Annotated[bool, typer.Option("--confirmed", help="They have said yes already: ask nobody.")] = False,
) -> None:
    """Add a subscriber, or something more that a known one follows.

    Without --confirmed they are asked by mail, and get nothing until they say yes. With --agenda they are told what
    stands on the agendas of councils whose record is followed: matters about standing rules, or, where --matter or
    --words name some, any of these. A hearing is told once, and again if it moves or is taken off.

    Example: tracker subscribers add ada@example.org --place "Milwaukee, WI" --topic immigration --hour 8
    """
    from jobs.mail.link_tokens import Tokens
    from jobs.subscribers import erasure
    from jobs.subscribers.preferences import Preferences
    from tracker.publish.mail.subscribers import checked_address

    when = (frequency, weekday, hour, timezone)
    what = (place or (), topic or (), stage or (), inside, within)
    preferences = Preferences(*what, *when, agenda, matter or (), words or ())
    address = checked_address(address)
    _check_channel(address)
    settings = state(ctx).settings
    with stored(ctx) as engine:
        erasure.welcome(engine, Tokens.of(settings.data_dir), address)
        reader, is_new = _add(engine, settings, address, preferences, confirmed)
        print(
            f"{'Added' if is_new else 'Already known, brought up to date:'} {reader.shown}, {reader.rhythm.in_words()}"
        )
        if reader.state in ("unconfirmed", "unsubscribed"):
            _ask(engine, settings, reader)
        elif reader.state == "suppressed":
            say(f"But {_why_suppressed(reader)}")


def _ask(engine: "Engine", settings: "Settings", reader: "Subscriber") -> None:
    """Asks by mail where that is set up, else says how they can be confirmed. Ends with status 1 where no mail went."""
    from jobs.mail import outbox
    from jobs.mail.mailing import Mailing, confirm_link

    if not settings.smtp_host or not settings.mail_from:
        link = confirm_link(Mailing.of(settings, preview=True), reader)
        how = f"give them this link: {link} or run" if link else "when they have said yes, run"
        later = f"`tracker subscribers confirm {reader.address}`; once a mail server is set, a mail asks them"
        say(f"No mail server is set, so nobody was asked; {how} {later}")
        return
    if outbox.ask(engine, settings, reader, warn)["sent"]:
        print("They were asked by mail.")
        return
    now = outbox.known(engine, reader.address)
    if now.suppressed_at:
        fail(_why_suppressed(now))
    else:
        print("They will be asked when the mail server takes the mail.")
    raise typer.Exit(1)


def _why_suppressed(reader: "Subscriber") -> str:
    """Of somebody whose mails came back."""
    why = f" ({reader.problem})" if reader.problem else ""
    confirm = f"`tracker subscribers confirm {reader.address}` lifts that where the address is right"
    return f"mails to {reader.shown} came back{why}, so none are sent there; {confirm}"


@app.command("list")
def list_subscribers(ctx: typer.Context, as_json: AsJson = False) -> None:
    """Show all subscribers: what they follow, when they are written to, and how their last mail went.

    Suppressed means that mails came back; `confirm` lifts it. Paused means that a person stopped them; `resume` lifts
    that. A last mail that is doubtful may have arrived before it
    was refused; `tracker digest again` has what it told told once more.

    Example: tracker subscribers list --json
    """
    from db.mail import ledger, subscribers
    from jobs.subscribers import table

    with read_store(ctx) as session:
        table.show(subscribers.all_subscribers(session), ledger.last_messages(session), as_json=as_json)


@app.command("confirm")
def confirm(ctx: typer.Context, address: Address) -> None:
    """Note that somebody said yes, by whatever way. Also lifts a suppression or a pause.

    Example: tracker subscribers confirm ada@example.org
    """
    from db.mail import subscribers

    reader = _change(ctx, address, lambda opened, reader: subscribers.confirm(opened, reader.id, clock.now()))
    print(f"Confirmed {reader.shown}")


@app.command("pause")
def pause(
    ctx: typer.Context,
    address: Address,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who decides. Without it: your login.")] = "",
) -> None:
    """Send somebody no mails until `resume`. They keep what they follow and need not say yes again.

    Example: tracker subscribers pause ada@example.org
    """
    from db.mail import subscribers

    def change(opened: "Session", reader: "Subscriber") -> None:
        subscribers.pause(opened, reader.id, clock.now(), act(by, "").by)

    print(f"Paused {_change(ctx, address, change).shown}")


@app.command("resume")
def resume(ctx: typer.Context, address: Address) -> None:
    """Send mails again to somebody who was paused, with what they missed.

    Example: tracker subscribers resume ada@example.org
    """
    from db.mail import subscribers

    def change(opened: "Session", reader: "Subscriber") -> None:
        if reader.suppressed_at and not reader.paused_at:
            raise BadInput(f"they are not paused: {_why_suppressed(reader)}")
        subscribers.resume(opened, reader.id)

    reader = _change(ctx, address, change)
    print(f"Resumed {reader.shown}")
    if reader.suppressed_at:
        say(f"But {_why_suppressed(reader)}")


def _change(ctx: typer.Context, address: str, change: "Callable[[Session, Subscriber], None]") -> "Subscriber":
    """Does something to the subscriber of this address; gives them as they were before. Raises BadInput."""
    from db.sessions import session
    from jobs.mail.outbox import known

    with stored(ctx) as engine:
        reader = known(engine, address)
        with session(engine) as opened:
            change(opened, reader)
    return reader


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
    from db.mail import subscribers

    if erase:
        with stored(ctx) as engine:
            _erase(engine, state(ctx).settings, address.strip(), yes=yes)
        return
    reader = _change(ctx, address, lambda opened, reader: subscribers.remove(opened, reader.id))
    print(f"Removed {reader.shown}")


def _erase(engine: "Engine", settings: "Settings", address: str, *, yes: bool) -> None:
    """Says what went and what stays; one that was erased already is well."""
    from jobs.mail.link_tokens import Tokens
    from jobs.mail.outbox import known
    from jobs.subscribers import erasure
    from tracker.publish.mail.subscribers import shown

    tokens = Tokens.of(settings.data_dir)
    before = erasure.erased_before(engine, tokens, address)
    if before and not erasure.find(engine, address):
        print(f"{shown(address)} was erased on {before.erased_at:%Y-%m-%d}; nothing but its hash is left.")
        return
    reader = known(engine, address)
    if not yes and not _agreed(f"Erase all that is known of {reader.shown}? It cannot be undone."):
        print("Nothing was erased.")
        return
    for line in erasure.in_words(erasure.erase(engine, tokens, reader, clock.now())):
        print(line)


def _agreed(question: str) -> bool:
    if on_terminal():
        return typer.confirm(question)
    raise BadInput("nothing was erased, since nobody can be asked here; --yes erases without asking")


@app.command("import")
def import_subscribers(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE.csv", help="The list; - is standard input.")],
    confirmed: Annotated[bool, typer.Option("--confirmed", help="All of them have said yes already.")] = False,
) -> None:
    """Add many subscribers from a CSV file.

    The first line names the columns: address, and any of place, topic, stage, inside, within, agenda, matter, words,
    frequency, weekday, hour, timezone, confirmed. Several values in one cell stand between | signs. A person may have
    several lines. A line that cannot be used is said and left out, the others are taken. Whoever unsubscribed stays so.
    Who is not confirmed is asked when mails go out the next time.

    Example: tracker subscribers import readers.csv
    """
    from jobs.mail.outbox import waiting
    from jobs.subscribers.csv_lines import BadSubscriberLine, rows

    settings, taken, bad = state(ctx).settings, 0, 0
    data = _contents(file)
    with stored(ctx) as engine:
        for row in rows(data):
            problem = row.error if isinstance(row, BadSubscriberLine) else _import(engine, settings, row, confirmed)
            taken, bad = (taken, bad + 1) if problem else (taken + 1, bad)
            if problem:
                fail(f"{file}, line {row.number}: {problem}")
        unsent, _ = waiting(engine, clock.now())
    print(f"{count(taken, 'line')} taken, {bad} left out.")
    if unsent:
        waits = count(unsent, "mail waits", "mails wait")
        say(f"{waits} to go out, those that ask for a yes among them; `tracker run` or `tracker digest send` does it")
    if bad:
        raise typer.Exit(1)


def _import(engine: "Engine", settings: "Settings", row: "SubscriberLine", confirmed: bool) -> str:
    """Takes a line; what is wrong with it, or nothing. The mails that ask wait for the next round of sending."""
    from db.engine import reading
    from db.mail import subscribers
    from db.sessions import session
    from jobs.mail.link_tokens import Tokens
    from jobs.mail.mailing import Mailing, store_question
    from jobs.subscribers import erasure

    with reading(engine) as opened:
        known = subscribers.by_address(opened, row.address)
    if known and known.ended_at:
        return f"{known.shown} unsubscribed on {known.ended_at:%Y-%m-%d}; only they can come back"
    try:
        erasure.check(engine, Tokens.of(settings.data_dir), row.address)
        _check_channel(row.address)
        reader, is_new = _add(engine, settings, row.address, row.preferences, confirmed or row.confirmed)
        if is_new and reader.state == "unconfirmed":
            with session(engine) as opened:
                store_question(opened, Mailing.of(settings, preview=not settings.mail_from), reader, clock.now())
    except TrackerError as error:
        return str(error)
    return ""


def _add(
    engine: "Engine", settings: "Settings", address: str, preferences: "Preferences", confirmed: bool
) -> tuple["Subscriber", bool]:
    """Adds or extends; a channel is the operator's own and needs no confirmation."""
    from db.mail import subscribers
    from db.sessions import session
    from tracker.publish.mail.subscribers import Rhythm

    with session(engine) as opened:
        known = subscribers.by_address(opened, address)
        rhythm = preferences.rhythm(known.rhythm if known else Rhythm(timezone=settings.timezone))
        wanted = preferences.subscriptions() if preferences.names_something or not known else ()
        reader, is_new = subscribers.add(opened, address, rhythm, wanted, clock.now())
        if confirmed or reader.is_channel:
            subscribers.confirm(opened, reader.id, clock.now())
        return subscribers.by_address(opened, address) or reader, is_new


def _check_channel(address: str) -> None:
    from jobs.mail import transports
    from tracker.publish.mail.subscribers import is_channel

    if is_channel(address):
        transports.check_channel(address)


def _contents(file: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise BadInput(f"{file}: cannot be read ({error.strerror})") from None

"""One act of `tracker review` after another, each in a transaction of its own."""

import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

import typer

from jobs.console import fail, one_line, state
from tracker.errors import BadInput

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from sqlalchemy import Engine
    from sqlmodel import Session

    from tracker.model import Entry, Policy


def store(ctx: typer.Context) -> "AbstractContextManager[Engine]":
    """The database of the settings."""
    from jobs.store import open_store

    return open_store(state(ctx).settings)


def one(ctx: typer.Context, decide: "Callable[[Session], Entry | Policy]", what: str) -> None:
    """One act; says what it was done to. Raises BadInput."""
    from db.engine import session

    with store(ctx) as engine, session(engine) as opened:
        after = decide(opened)
    _say(what, after)


def shown_after(ctx: typer.Context, what: str, name: str, decide: "Callable[[Session], Entry]") -> None:
    """One act on an entry; says in a line of its own what this shows otherwise from now on. Raises BadInput."""
    from db.engine import session
    from db.people import decisions
    from tracker.publish import words
    from tracker.timeline.actions import changes_between
    from tracker.timeline.decisions import EDITABLE

    with store(ctx) as engine, session(engine) as opened:
        before = decisions.entry(opened, name)
        after = decide(opened)
    _say(what, after)
    changed = [words.change(item) for item in changes_between(before, after) if item.field in EDITABLE]
    if changed:
        print(one_line(f"It shows now: {'; '.join(f'{field}: {old} → {new}' for field, old, new in changed)}"))


def each(ctx: typer.Context, names: Iterable[str], decide: "Callable[[Session, str], Entry]", what: str) -> None:
    """The same act for each of these entries, each at a moment of its own, so that it can be taken back alone: what
    cannot be done is said, stops no other, and gives status 1."""
    from db.engine import session
    from db.timeline.entries import load_entry

    failed = False
    with store(ctx) as engine:
        for name in names:
            try:
                with session(engine) as opened:
                    before = load_entry(opened, name)
                    after = decide(opened, name)
                same = before is not None and before.revision == after.revision
                _say(f"{what} already, nothing changed:" if same else what, after)
            except BadInput as error:
                fail(error)
                failed = True
    if failed:
        raise typer.Exit(1)


def is_policy(ctx: typer.Context, name: str) -> bool:
    """True where the id is that of a policy."""
    from db.engine import reading
    from db.people import decisions

    with store(ctx) as engine, reading(engine) as session:
        return decisions.is_policy(session, name)


def on_terminal() -> bool:
    """True where somebody can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def stages_agreed(ctx: typer.Context, into: str, others: "Sequence[str]") -> bool:
    """True where a person at a terminal agrees that entries of other stages are the same step; nobody is asked where
    there are none, and without a terminal. Ends the command where the person does not agree."""
    from db.engine import reading
    from db.people import decisions

    if not on_terminal():
        return False
    with store(ctx) as engine, reading(engine) as session:
        strange = decisions.of_other_stages(session, into, others)
        stage = decisions.entry(session, into).stage
    for other in strange:
        print(one_line(f"{other.id} is {other.stage}, {into} is {stage}: {other.title}"))
    if strange and not typer.confirm(f"Are they one step, which is {stage}?"):
        raise BadInput("nothing was merged")
    return bool(strange)


def _say(what: str, after: "Entry | Policy") -> None:
    from tracker.model import Policy

    print(one_line(f"{what} {after.id}: {after.name if isinstance(after, Policy) else after.title}"))

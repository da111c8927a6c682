"""`tracker review remarks` and `close`: what readers wrote about entries, and those that change nothing."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from jobs.choice import AsJson
from jobs.console import one_line
from jobs.review.work import store
from tracker.errors import BadInput

if TYPE_CHECKING:
    from tracker.timeline.remarks import Remark

Remarks = Annotated[
    list[str] | None,
    typer.Option("--remark", metavar="R1", help="A reader's remark that this answers. Repeatable."),
]


def numbers(names: Iterable[str]) -> tuple[int, ...]:
    """`R12` and `12` as numbers. Raises BadInput."""
    found = []
    for name in names:
        digits = name.strip().upper().removeprefix("R")
        if not (digits.isascii() and digits.isdigit() and len(digits) < 10):
            raise BadInput(f"{one_line(name)!r} is no remark; `tracker review remarks` gives their names, like R12")
        found.append(int(digits))
    return tuple(found)


def remarks(
    ctx: typer.Context,
    as_json: AsJson = False,
) -> None:
    """Show what readers wrote about entries and nobody has answered yet, the oldest first.

    `tracker review show ENTRY` shows them beside the entry. An edit, a rejection or a confirmation with --remark R12
    answers one, and so does `tracker review close R12`. Who left an address gets one mail about what came of it.

    Example: tracker review remarks
    """
    from db.engine import reading
    from db.people import remarks as kept

    with store(ctx) as engine, reading(engine) as opened:
        found = kept.waiting(opened)
    if as_json:
        _print_json(found)
    elif found:
        _table(found)
    else:
        print("No reader waits for an answer.")


def close(
    ctx: typer.Context,
    names: Annotated[list[str], typer.Argument(metavar="R1...", help="Remarks that change nothing.")],
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who decides. Without it: your login.")] = "",
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why; the reader is told.")] = "",
) -> None:
    """Say that what readers wrote was looked at, and that the entries stand as they are.

    Example: tracker review close R12 --reason "the minutes say June 20 as well"
    """
    from db.engine import session
    from db.people import remarks as kept
    from jobs.review.input import act

    done = act(by, reason)
    with store(ctx) as engine, session(engine) as opened:
        closed = [kept.close(opened, number, done) for number in numbers(names)]
    for item in closed:
        print(one_line(f"Closed {item.name}: entry {item.entry} stands as it is"))


def _print_json(found: dict[str, list["Remark"]]) -> None:
    from jobs.review.said import as_record
    from jobs.wire import to_json

    for name, said in found.items():
        for item in said:
            print(to_json(as_record(item) | {"shown_with": name}))


def _table(found: dict[str, list["Remark"]]) -> None:
    from jobs.table import Column, show

    columns = (
        Column("Id"),
        Column("Entry"),
        Column("Since"),
        Column("What is wrong", ratio=1),
        Column("Words", ratio=3),
    )
    rows = [(item, name) for name, said in found.items() for item in said]
    show(columns, [(i.name, name, f"{i.at:%Y-%m-%d}", i.about.words, i.text) for i, name in rows])

"""`tracker subscribers pause` and `resume`: no mails for a while."""

from typing import Annotated

import typer

from jobs.choice import Address
from jobs.console import say, state
from jobs.subscribers.asking import suppressed


def pause(
    ctx: typer.Context,
    address: Address,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who decides. Without it: your login.")] = "",
) -> None:
    """Send somebody no mails until `resume`. They keep what they follow and need not say yes again.

    Example: tracker subscribers pause ada@example.org
    """
    from db.engine import session
    from db.mail import subscribers
    from jobs.mail.job import clock, known
    from jobs.review.input import act
    from jobs.store import open_store

    with open_store(state(ctx).settings) as engine:
        reader = known(engine, address)
        with session(engine) as opened:
            subscribers.pause(opened, reader.id, clock(), act(by, "").by)
    print(f"Paused {reader.shown}")


def resume(ctx: typer.Context, address: Address) -> None:
    """Send mails again to somebody who was paused, with what they missed.

    Example: tracker subscribers resume ada@example.org
    """
    from db.engine import session
    from db.mail import subscribers
    from jobs.mail.job import known
    from jobs.store import open_store
    from tracker.errors import BadInput

    with open_store(state(ctx).settings) as engine:
        reader = known(engine, address)
        if reader.suppressed_at and not reader.paused_at:
            raise BadInput(f"they are not paused: {suppressed(reader)}")
        with session(engine) as opened:
            subscribers.resume(opened, reader.id)
    print(f"Resumed {reader.shown}")
    if reader.suppressed_at:
        say(f"But {suppressed(reader)}")

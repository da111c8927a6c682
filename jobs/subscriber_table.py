"""Subscribers on the terminal: a table for people, JSON lines for programs."""

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table

from db.values_mail import Message
from jobs.console import cell, one_line
from jobs.wire import to_json
from tracker.publish.audience import describe
from tracker.publish.subscribers import Subscriber

SHOWN_STATE = {"suppressed": "suppressed: mails came back", "unconfirmed": "waits for their confirmation"}


def show(readers: Sequence[Subscriber], last: Mapping[int, Message], *, as_json: bool) -> None:
    """Prints all, those who get nothing first; by address for programs."""
    if as_json:
        for reader in readers:
            print(to_json(record(reader, last.get(reader.id))))
    elif not readers:
        print('There are no subscribers yet. `tracker subscribers add ADDRESS --place "Milwaukee, WI"` adds one.')
    else:
        table = Table("State", "Address", "Follows", "When", "Last mail", "Problem", box=None, padding=(0, 2, 0, 0))
        for reader in sorted(readers, key=lambda reader: (reader.state == "active", reader.address)):
            table.add_row(*map(cell, _cells(reader, last.get(reader.id))))
        Console(soft_wrap=False).print(table)


def _cells(reader: Subscriber, last: Message | None) -> tuple[str, ...]:
    follows = "\n".join(describe(item) for item in reader.subscriptions) or "nothing"
    mail = f"{last.state}, {last.composed_at:%Y-%m-%d %H:%M} UTC" if last else "none yet"
    problem = reader.problem or (last.error if last else "")
    state = SHOWN_STATE.get(reader.state, reader.state)
    return state, reader.shown, follows, reader.rhythm.in_words(), mail, one_line(problem)


def record(reader: Subscriber, last: Message | None) -> dict[str, Any]:
    """A subscriber for programs: their state first."""
    values = reader.model_dump(mode="json", exclude={"id", "key", "address", "rhythm", "subscriptions"})
    follows = [item.model_dump(mode="json", exclude={"id"}) for item in reader.subscriptions]
    mail = last.model_dump(mode="json", include={"message_id", "slot", "state", "composed_at", "tries", "unclear",
                                                 "sent_at", "error"}) if last else None  # fmt: skip
    return {
        "address": reader.shown,
        "state": reader.state,
        **reader.rhythm.model_dump(mode="json"),
        "subscriptions": follows,
        **values,
        "last_mail": mail,
    }

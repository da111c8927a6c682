"""Subscribers on the terminal: a table for people, JSON lines for programs."""

from collections.abc import Mapping, Sequence
from typing import Any

from db.values import Message
from jobs.json_lines import to_json
from jobs.terminal.table import Column
from jobs.terminal.table import show as show_table
from tracker.publish.mail.audience import describe
from tracker.publish.mail.subscribers import Subscriber

COLUMNS = tuple(Column(name, ratio=1) for name in ("State", "Address", "Follows", "When", "Last mail", "Problem"))
SHOWN_STATE = {"suppressed": "suppressed: mails came back", "unconfirmed": "waits for their confirmation"}


def show(readers: Sequence[Subscriber], last: Mapping[int, Message], *, as_json: bool) -> None:
    """Prints all, those who get nothing first; by address for programs."""
    if as_json:
        for reader in readers:
            print(to_json(record(reader, last.get(reader.id))))
    elif not readers:
        print('There are no subscribers yet. `tracker subscribers add ADDRESS --place "Milwaukee, WI"` adds one.')
    else:
        ordered = sorted(readers, key=lambda reader: (reader.state == "active", reader.address))
        show_table(COLUMNS, (_cells(reader, last.get(reader.id)) for reader in ordered))


def _cells(reader: Subscriber, last: Message | None) -> tuple[str, ...]:
    follows = "; ".join(describe(item) for item in reader.subscriptions) or "nothing"
    mail = f"{last.state}, {last.composed_at:%Y-%m-%d %H:%M} UTC" if last else "none yet"
    problem = reader.trouble or (last.error if last else "")
    state = SHOWN_STATE.get(reader.state, reader.state)
    return state, reader.shown, follows, reader.rhythm.in_words(), mail, problem


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

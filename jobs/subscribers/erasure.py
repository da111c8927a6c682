"""`tracker subscribers remove --erase`: what is known of somebody goes, and what stays is said.

For the pages of readers as well: `erase` needs no more than the subscriber whom a link names.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from db.engine import reading
from db.mail import subscribers
from db.people import erasure, remarks
from db.people.erasure import ErasedRows, Erasure
from db.sessions import session
from jobs.mail.link_tokens import Tokens
from tracker.errors import BadInput
from tracker.publish.counts import count
from tracker.publish.mail.subscribers import Subscriber, folded, shown

if TYPE_CHECKING:
    from sqlalchemy import Engine


def erase(engine: "Engine", tokens: Tokens, reader: Subscriber, now: datetime) -> ErasedRows:
    """Erases everything about somebody in one transaction, and takes it out of the database's files. What was erased
    before is well."""
    with session(engine) as opened:
        done = erasure.erase(opened, reader, hashed(tokens, reader.address), now)
        remarks.forget_address(opened, reader.address)
    erasure.scrub(engine)
    return done


def erased_before(engine: "Engine", tokens: Tokens, address: str) -> Erasure | None:
    """When the address was erased, if it was and did not come back."""
    with reading(engine) as opened:
        return erasure.erasure_of(opened, hashed(tokens, address))


def check(engine: "Engine", tokens: Tokens, address: str) -> None:
    """Raises BadInput for an address that no list may bring back, since it was erased."""
    if known := erased_before(engine, tokens, address):
        was = {"suppressed": "its mails came back", "unsubscribed": "it had unsubscribed"}.get(known.was, "")
        why = f"; {was}" if was else ""
        raise BadInput(
            f"{shown(address)} was erased on {known.erased_at:%Y-%m-%d}{why}; only they can come back: "
            "`tracker subscribers add` asks them"
        )


def welcome(engine: "Engine", tokens: Tokens, address: str) -> None:
    """The address is named by somebody's hand: it may be known again."""
    with session(engine) as opened:
        erasure.forget_erasure(opened, hashed(tokens, address))


def find(engine: "Engine", address: str) -> Subscriber | None:
    """The subscriber of this address."""
    with reading(engine) as opened:
        return subscribers.by_address(opened, address)


def hashed(tokens: Tokens, address: str) -> str:
    """The address as it is remembered."""
    return tokens.pseudonym(folded(address))


def in_words(done: ErasedRows) -> Iterator[str]:
    """What went and what stays, line by line."""
    parts = (
        count(done.subscriptions, "subscription"),
        count(done.mails, "mail"),
        count(done.ledger_lines, "line of the ledger", "lines of the ledger"),
        count(done.texts, "text that went to nobody else", "texts that went to nobody else"),
        count(done.bounces, "returned mail"),
    )
    yield f"Erased: the address, the name in its links, {', '.join(parts)}."
    yield "Kept: the day, and a hash of the address with this data folder's secret, so that no import brings it back."
    yield "Not reached: mails on their way, logs, other servers and backups made before, which hold it until they go."

"""The values of the digest that only the storing storey needs: mails as they stand, and what became of them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from db.values import Storable

ASKING = "confirm:"
"""Begins the slot of a mail that asks for a confirmation: the one that goes to somebody who has not said yes."""
BY_FORM = f"{ASKING}form:"
"""The same where somebody, whoever it was, had typed the address into the form."""


class MessageState(StrEnum):
    """How a mail stands. `composed`: to be sent; `sending`: in hand; `unclear`: the server may have it, and it is tried
    again; `sent`; `failed`: refused for good or given up; `doubtful`: the same, but it may have arrived before, so what
    it told counts as told; `dropped`: its reader left before it went out."""

    COMPOSED = "composed"
    SENDING = "sending"
    UNCLEAR = "unclear"
    SENT = "sent"
    FAILED = "failed"
    DOUBTFUL = "doubtful"
    DROPPED = "dropped"


class Message(Storable):
    """A mail as stored, with what sending it needs of its reader and its edition. `wanted`: its reader is there to get
    it; `suppressed`: their address is left alone."""

    id: int
    message_id: str
    subscriber_id: int
    address: str
    key: str
    edition_id: str
    slot: str
    state: MessageState
    composed_at: datetime
    tries: int = 0
    unclear: int = 0
    sent_at: datetime | None = None
    error: str = ""
    wanted: bool = True
    suppressed: bool = False


class EditionText(Storable):
    """A composed mail. `bulk` False: one that its reader asked for."""

    subject: str
    html: str
    text: str
    bulk: bool = True


@dataclass(frozen=True)
class LedgerLine:
    """A line of the ledger that a mail brings. Not validated: a morning has millions of them, all of our making."""

    entry_id: str
    revision: int
    in_full: bool = True


class SendResult(Storable):
    """What became of one attempt. `next_try` None: it is over. `unclear`: nobody knows whether the server took it."""

    state: MessageState
    at: datetime
    next_try: datetime | None = None
    error: str = ""
    unclear: bool = False


class DoubtfulMail(Storable):
    """A mail that may have arrived and will not be tried again; `told` entries count as told by it alone."""

    address: str
    composed_at: datetime
    told: int
    error: str

"""The values that only the storing storey needs: feeds and items as they stand, and what one poll of a feed gave."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any, overload

from pydantic import field_validator

from tracker.errors import BadInput
from tracker.gather.feeds.searches import engine_of
from tracker.gather.schedule import FeedState
from tracker.model import Article, OcdId, SourceKind, Value
from tracker.nearest import member

MAX_KEY_BYTES = 2000
"""A PostgreSQL index row holds 2,704 bytes; no address that people use comes near."""
_UNSTORABLE = {0: ""} | dict.fromkeys(range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}")
"""PostgreSQL cannot hold NUL, and neither engine half a UTF-16 pair; feeds have brought both."""


def storable(text: str) -> str:
    """The text without what no database can hold."""
    is_plain = text.isascii() and "\0" not in text  # nearly every text, and fifty times as fast
    return text if is_plain else text.translate(_UNSTORABLE)


def checked_address(url: str) -> str:
    """The address, or BadInput where it is too long for a unique index."""
    if len(url.encode()) > MAX_KEY_BYTES:
        raise BadInput(f"the address {url[:60]}… is longer than {MAX_KEY_BYTES} bytes")
    return url


@overload
def utc(moment: datetime) -> datetime: ...
@overload
def utc(moment: None) -> None: ...
def utc(moment: datetime | None) -> datetime | None:
    """A stored moment with its zone, which SQLite does not keep."""
    return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment


class Storable(Value):
    """Base: text is made storable, and a moment without a zone is taken as UTC."""

    @field_validator("*", mode="before")
    @classmethod
    def _storable(cls, value: Any) -> Any:
        if isinstance(value, str):
            return storable(value)
        return utc(value) if isinstance(value, datetime) else value


class Feed(Storable):
    """A source and how its polling stands. `topics` narrow what a record or a list of documents brings, none: all of
    it. `next_poll` None: retired, never polled. `interval_s` in seconds; `unchanged`
    and `errors` count polls in a row; `heard_at` is the last good answer, `changed_at` the last that brought news;
    `cursor`: how far a source that is no feed was read, a text of its kind's own."""

    id: int = 0
    url: str
    title: str = ""
    site: str = ""
    kind: SourceKind = SourceKind.FEED
    home: OcdId | None = None
    topics: tuple[str, ...] = ()
    added_at: datetime
    retired_at: datetime | None = None
    next_poll: datetime | None = None
    polled_at: datetime | None = None
    heard_at: datetime | None = None
    changed_at: datetime | None = None
    interval_s: int = 0
    unchanged: int = 0
    errors: int = 0
    error: str = ""
    error_kind: str = ""
    etag: str = ""
    modified: str = ""
    body_hash: str = ""
    cursor: str = ""

    @property
    def state(self) -> str:
        """`active`, `failing` or `retired`."""
        return "retired" if self.retired_at else "failing" if self.errors else "active"

    @property
    def engine(self) -> str:
        """The name of the engine whose news search it is; empty for what an outlet or a government publishes itself."""
        return _engine(self.url) if self.kind is SourceKind.FEED else ""


@dataclass(frozen=True, slots=True)
class DueFeed(FeedState):
    """A source that is to be polled: no more than a poll must know, since there may be tens of thousands. `everything`:
    all that it lists is to be asked for, also what is not due."""

    id: int = 0
    kind: SourceKind = SourceKind.FEED
    everything: bool = False


class PollResult(Storable):
    """What one poll gave. `error` empty: the server answered; `changed`: it brought something new; `early`: it came
    before the feed was due. None keeps what is stored: a 304 says nothing of the title."""

    at: datetime
    next_poll: datetime
    interval_s: int
    error: str = ""
    error_kind: str = ""
    early: bool = False
    changed: bool = False
    title: str | None = None
    site: str | None = None
    etag: str | None = None
    modified: str | None = None
    body_hash: str | None = None


class AlertState(StrEnum):
    """`waiting`: not told yet; `told`: people know of it; `closed`: they know that it is over."""

    WAITING = "waiting"
    TOLD = "told"
    CLOSED = "closed"


class Alert(Storable):
    """A problem that people are told of. `gone_at`: since when it is no more; `told_at`: when a message last had it."""

    kind: str
    what: str
    remedy: str
    grave: bool = False
    began_at: datetime
    gone_at: datetime | None = None
    told_at: datetime | None = None
    state: AlertState = AlertState.WAITING


class StoredArticle(Article):
    """An article as it is stored, with its key; `id` is the key as text."""

    key: int


class OpinionState(StrEnum):
    """How far an article is that a language model is asked about."""

    WAITING = "waiting"
    ASKED = "asked"  # a run asks about it, or did when it was ended
    PUT_OFF = "put off"  # the server failed; it is asked again
    REFUSED = "refused"  # its answer could not be used; asked again a few times
    ANSWERED = "answered"  # the answer is kept and decides nothing yet
    RECORDED = "recorded"  # entries rest on it
    PAST = "past"  # the answer is kept; the article has changed, and is asked about no more


class FormerAddress(Value):
    """An address that a feed had until it moved for good."""

    url: str
    until: datetime


class FetchedPage(Value):
    """A page as it was fetched: `body` as the server sent it, unpacked; `sha256` in hexadecimal, as it was then."""

    url: str
    content_type: str = ""
    fetched_at: datetime
    sha256: str = ""
    body: bytes


PUT_ASIDE = "put aside"
"""The state of an item whose page is not fetched, as its headline and summary look."""


class NewItem(Storable):
    """What a feed brought. `identity` is unique within the feed (`tracker.gather.feeds.identity`); `publisher` is the
    outlet, where the feed is of several."""

    identity: str
    url: str = ""
    title: str = ""
    summary: str = ""
    content: str = ""
    published: datetime | None = None
    publisher: str = ""


class Item(NewItem):
    """An item as stored, with what its article needs of its feed. `state`: new, article, failed or skipped."""

    id: int
    feed_id: int
    feed_url: str = ""
    feed_title: str = ""
    home: OcdId | None = None
    first_seen: datetime
    state: str = "new"
    tries: int = 0
    next_try: datetime | None = None
    error: str = ""
    article_id: int | None = None

    @property
    def from_search(self) -> bool:
        """Whether a news search brought it: its feed's home is then none of its outlet's."""
        return bool(_engine(self.feed_url))


def _engine(url: str) -> str:
    engine = engine_of(url)
    return engine.name if engine else ""


class Role(StrEnum):
    """What somebody may do at the desk, each more than the one before: look, decide, look after people."""

    VIEWER = "viewer"
    EDITOR = "editor"
    ADMIN = "admin"

    @classmethod
    def known(cls, text: str) -> "Role":
        """The role of this name. Raises BadValue with the nearest one."""
        return member(cls, "role", text)

    def includes(self, other: "Role") -> bool:
        """True where whoever has this role may do what the other one may."""
        order = list(Role)
        return order.index(self) >= order.index(other)


class DeskUser(Storable):
    """Somebody who may use the desk. `name` is what they sign in with, and the actor in the revisions of what they
    decide; `sessions` counts the browsers in which they are signed in, where that was asked for."""

    id: int
    name: str
    role: Role
    added_at: datetime
    password_at: datetime
    sessions: int = 0


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


@dataclass(frozen=True)
class HearingLine:
    """The same of a hearing: as of a revision, for when it was then, or that it was gone."""

    hearing: str
    revision: int
    day: date
    hour: time | None = None
    gone: bool = False


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

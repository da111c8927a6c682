"""Sends what the ledger holds: takes a mail in hand, sends it, notes what became of it, one transaction a mail.

A kill at any point leaves a mail either untouched, or in hand; what was in hand is tried again under the same
Message-ID. So a mail arrives twice only where the server took it and nobody could be told, and then under one name.
Nothing is lost unseen: what may have arrived and is refused later counts as told, and is kept as doubtful.
"""

import threading
import time
from collections import Counter
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from db.engine import reading
from db.mail import ledger, subscribers
from db.mail.subscribers import Bounce
from db.sessions import session
from db.values import ASKING, Message, MessageState, SendResult
from db.withholdings import withheld
from jobs.mail import transports
from jobs.mail.mailing import Mailing
from jobs.mail.transports import Attempt, Delivery, NoConnectionError
from tracker.errors import SettingsError
from tracker.publish.counts import count
from tracker.publish.mail import bounces
from tracker.publish.mail.digest import Digest
from tracker.publish.mail.envelope import Edition
from tracker.publish.mail.subscribers import is_channel, shown

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlmodel import Session

CALM = timedelta(minutes=1)
"""After no connection was had, until somebody tries again."""
FAILED_CONNECTIONS = 3
"""In a row, after which a run ends: one may be a server that sheds load."""
BREATH_S = 0.5
"""Before another attempt to connect."""
EDITIONS = 64
"""Composed mails kept in memory while they are sent, of up to 100 KB."""
KEEP_EDITIONS = timedelta(days=30)
"""How long the text of a mail that was sent can be looked up."""
AWAY = "the reader left or was paused before it went out"
"""Why a mail that was stored is sent to nobody."""


class Server(Protocol):
    """What takes mails: a connection to a mail server."""

    def send(self, to: str, data: bytes) -> Attempt:
        """One mail to one address. Raises NoConnectionError."""


Connect = Callable[[], AbstractContextManager[Server]]


class SendCounts(Counter[str]):
    """Counts of `sent`, `later`, `unclear`, `failed`, `doubtful`, `dropped`, `suppressed`; `unreachable`: no server was
    there."""

    @property
    def all_well(self) -> bool:
        """True where everything that was taken in hand went out."""
        return not any(self[name] for name in ("later", "unclear", "failed", "doubtful", "unreachable"))

    def in_words(self) -> str:
        """`3 mails sent, 1 waits for another try`."""
        said = {
            "later": "put off by the server",
            "unclear": "unclear, to be sent again",
            "failed": "refused",
            "doubtful": "refused after it may have arrived",
            "dropped": "dropped, since the reader left or was paused",
            "suppressed": "left alone from now on",
        }
        rest = (f"{self[name]} {words}" for name, words in said.items() if self[name])
        return ", ".join([f"{count(self['sent'], 'mail')} sent", *rest])


class Pace:
    """No more than so many mails a minute, whatever number of threads send them."""

    def __init__(self, per_minute: int, stop: threading.Event) -> None:
        self._gap = 60 / per_minute if per_minute else 0.0
        self._stop, self._lock, self._next = stop, threading.Lock(), 0.0

    def wait(self) -> None:
        """Until the next mail may go; ends at once when the run is stopped."""
        if not self._gap:
            return
        with self._lock:
            now = time.monotonic()
            at = max(now, self._next)
            self._next = at + self._gap
        self._stop.wait(at - now)


class Post:
    """One run of sending. Only for whoever is the only sender (`jobs.mail.outbox`); `alone` is asked before each mail
    whether that still holds."""

    def __init__(
        self,
        engine: "Engine",
        mailing: Mailing,
        connect: Connect,
        clock: Callable[[], datetime],
        warn: Callable[[str], None],
        *,
        per_minute: int = 0,
        alone: Callable[[], bool] = lambda: True,
    ) -> None:
        self._engine, self._mailing, self._connect, self._clock, self._warn = engine, mailing, connect, clock, warn
        self._alone = alone
        self.stop = threading.Event()
        self._pace = Pace(per_minute, self.stop)
        self._lock = threading.Lock()
        self.tally = SendCounts()
        self._edition = lru_cache(EDITIONS)(self._load)

    def send_all(self, *, only: Collection[int] = (), connections: int = 1) -> SendCounts:
        """Sends all that may go out now. A server that is not there ends the run; what is left waits."""
        with session(self._engine) as opened:
            ledger.recover_unsent(opened, self._clock())
            ready, _ = ledger.count_open(opened, self._clock())
            ledger.forget_editions(opened, self._clock() - KEEP_EDITIONS)
        workers = max(1, min(connections, ready))
        if ready and workers == 1:
            self._work(only)
        elif ready:
            with ThreadPoolExecutor(workers, "mail") as pool:
                list(pool.map(self._work, [only] * workers))
        return self.tally

    def _work(self, only: Collection[int]) -> None:
        done: tuple[Message, SendResult] | None = None
        failures = 0
        with self._connect() as server:
            while message := self._next(only, done):
                self._pace.wait()
                try:
                    done = None if self.stop.is_set() else (message, self._tried(server, message))
                    failures = 0
                except NoConnectionError as error:
                    done, failures = None, failures + 1
                    if error.final or failures == FAILED_CONNECTIONS:
                        self._stop_for(error)
                    self.stop.wait(BREATH_S * failures)
                if done is None:
                    self._put_back(message)

    def _stop_for(self, error: NoConnectionError) -> None:
        """Ends the run, with one line for however many threads found the server away."""
        with self._lock:
            if not self.stop.is_set():
                self.stop.set()
                self.tally["unreachable"] += 1
                self._warn(str(error))

    def _next(self, only: Collection[int], done: tuple[Message, SendResult] | None) -> Message | None:
        """Notes what became of one mail and takes the next in hand, in one transaction."""
        with self._lock, session(self._engine) as opened:
            if done:
                ledger.finish(opened, *done)
            if not self.stop.is_set() and not self._alone():
                self.stop.set()
                self._warn("the database no longer knows this process as the only sender; what is left is sent later")
            return None if self.stop.is_set() else ledger.claim(opened, self._clock(), only)

    def _put_back(self, message: Message) -> None:
        now = self._clock()
        with self._lock, session(self._engine) as opened:
            ledger.unclaim(opened, message, now + CALM if self.tally["unreachable"] else now)

    def _tried(self, server: Server, message: Message) -> SendResult:
        if not message.wanted:
            return self._dropped(message)
        attempt = self._attempted(server, message)
        outcome = self._outcome(message, attempt)
        self._count({MessageState.COMPOSED: "later"}.get(outcome.state, outcome.state.value))
        if outcome.state is not MessageState.SENT:
            self._warn(f"{shown(message.address)}: {outcome.error}")
        if attempt.delivery is Delivery.NEVER:
            self._strike(message, attempt)
        return outcome

    def _dropped(self, message: Message) -> SendResult:
        """They may have left because of this very mail; an address that is left alone got nothing."""
        self._count("dropped")
        if message.unclear and not message.suppressed:
            return SendResult(state=MessageState.DOUBTFUL, at=self._clock(), error=f"may have arrived; {AWAY}")
        return SendResult(state=MessageState.DROPPED, at=self._clock(), error=AWAY)

    def _attempted(self, server: Server, message: Message) -> Attempt:
        digest, edition = self._edition(message.edition_id)
        if is_channel(message.address):
            return _to_channel(message.address, digest)
        bulk = not message.slot.startswith(ASKING)
        reader = self._mailing.reader(message.address, message.key, message.message_id, message.composed_at, bulk=bulk)
        return server.send(message.address, edition.message(reader))

    def _load(self, edition_id: str) -> tuple[Digest, Edition]:
        """What was withheld after it was composed is taken out."""
        with reading(self._engine) as opened:
            text, hidden = ledger.edition(opened, edition_id), withheld(opened)
        digest = Digest(hidden.text(text.subject), hidden.html(text.html), hidden.text(text.text))
        return digest, Edition(digest, self._mailing.sender, bulk=text.bulk)

    def _outcome(self, message: Message, attempt: Attempt) -> SendResult:
        now, says, unclear = self._clock(), attempt.says, attempt.delivery is Delivery.UNCLEAR
        if attempt.delivery is Delivery.SENT:
            return SendResult(state=MessageState.SENT, at=now)
        if attempt.delivery is not Delivery.NEVER:
            if later := bounces.next_try(message.composed_at, message.tries + 1, now):
                state = MessageState.UNCLEAR if unclear else MessageState.COMPOSED
                return SendResult(state=state, at=now, next_try=later, error=says, unclear=unclear)
            says = f"given up: {says}"
        if bounces.leaves_doubt(attempt.status, message.unclear + unclear):
            error = f"may have arrived; {says}"
            return SendResult(state=MessageState.DOUBTFUL, at=now, error=error, unclear=unclear)
        return SendResult(state=MessageState.FAILED, at=now, error=says)

    def _strike(self, message: Message, attempt: Attempt) -> None:
        """A permanent refusal counts against the address where it is about the address."""
        if not attempt.about_address and attempt.status not in bounces.NO_SUCH_ADDRESS:
            return
        now = self._clock()
        key = f"{message.message_id} {message.tries}"
        bounce = Bounce(key=key, at=now, status=attempt.status, reason=attempt.says, hard=True)
        with self._lock, session(self._engine) as opened:
            if note_bounce(opened, message.subscriber_id, bounce, now):
                self.tally["suppressed"] += 1

    def _count(self, what: str) -> None:
        with self._lock:
            self.tally[what] += 1


def _to_channel(address: str, digest: Digest) -> Attempt:
    """Without Apprise a channel waits; everybody else gets their mail."""
    try:
        return transports.send_to_channel(address, digest)
    except SettingsError as error:
        return Attempt(Delivery.LATER, str(error))


def note_bounce(opened: "Session", subscriber_id: int, bounce: Bounce, now: datetime) -> bool:
    """Notes a mail that came back; True where the address is left alone from now on."""
    if not subscribers.add_bounce(opened, subscriber_id, bounce) or not bounce.hard:
        return False
    if bounces.ends(bounce.status, subscribers.strikes(opened, subscriber_id, now)):
        subscribers.suppress(opened, subscriber_id, now, bounce.reason)
        return True
    subscribers.note(opened, subscriber_id, bounce.reason)
    return False

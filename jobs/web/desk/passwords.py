"""Who may use the desk: names, passwords, and whether somebody is who they say they are."""

import time
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from db.desk import users
from db.engine import reading
from db.sessions import session
from db.values import DeskUser, Role
from jobs.web.middleware.clients import Rate
from tracker.characters import visible
from tracker.errors import BadInput
from tracker.timeline.history import PROGRAM

if TYPE_CHECKING:
    from sqlalchemy import Engine

MEMORY_KIB, ROUNDS = 19 * 1024, 2
"""Of Argon2id, on one thread: the least that OWASP's cheat sheet on passwords advises, so that signing in takes the
daemon no more memory than a page of feeds does. A stronger choice later makes hashes anew when people sign in."""
SHORTEST = 10
"""Characters of a password: NIST SP 800-63B asks for 8 at least; whoever has a copy of the database can try long."""
LONGEST = 1000
LONGEST_NAME = 60
SAY_EVERY_S = 60.0
"""Somebody who must wait is logged at most so often: a program that tries passwords would fill the disk."""
TRIES, TRY_AGAIN_S = 10, 30.0
"""Passwords that one client may try for one name at once, and seconds after which one more may be. Also of a browser
that is known: whoever steals its cookie has no more."""
OF_A_CLIENT, OF_A_CLIENT_S = 20, 10.0
"""The same for all names from one address: an office in the morning, and nobody who goes through a list."""
OF_STRANGERS, OF_STRANGERS_S = 200, 4.0
"""The same for all who never signed in from their browser or address: many addresses together try 22,000 a day, which
guesses no password of ten characters that is worth the name. Nobody who is known waits for them."""
MOST_KNOWN = 1000
"""Addresses from which somebody signed in since the daemon began; browsers are known without."""
STRANGERS = "strangers"

_hashing = Lock()
"""One at a time: each takes a core and its memory for a moment, and anybody may send passwords."""


@cache
def hasher() -> PasswordHasher:
    """The one way passwords are hashed."""
    return PasswordHasher(time_cost=ROUNDS, memory_cost=MEMORY_KIB, parallelism=1)


@cache
def _nobodys() -> str:
    """The hash of a password that nobody has: trying it takes as long as trying somebody's."""
    return hasher().hash("nobody")


def hashed(password: str) -> str:
    """The password as it is stored. Raises BadInput for one that is too short or too long."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise BadInput(f"a password has {SHORTEST} to {LONGEST:,} characters; this one has {len(password):,}")
    with _hashing:
        return hasher().hash(password)


def checked_name(name: str) -> str:
    """The name of a user. Raises BadInput for one that no revision can bear."""
    checked = " ".join(visible(name).split())
    if checked != name.strip() or not 1 <= len(checked) <= LONGEST_NAME or not any(one.isalnum() for one in checked):
        raise BadInput(f"a name is one line of 1 to {LONGEST_NAME} characters, letters among them: Ada, ada.lovelace")
    if checked.lower() == PROGRAM:
        raise BadInput(f"{checked} is what the program calls itself in the history; choose another name")
    return checked


def add(engine: "Engine", name: str, role: Role, password: str, now: datetime) -> DeskUser:
    """Adds a user. Raises BadInput."""
    checked, hash_ = checked_name(name), hashed(password)
    with session(engine) as opened:
        return users.add(opened, checked, role, hash_, now)


def change_password(engine: "Engine", user: DeskUser, password: str, now: datetime) -> None:
    """Gives a user another password; all their sessions end. Raises BadInput."""
    hash_ = hashed(password)
    with session(engine) as opened:
        users.set_password(opened, user.id, hash_, now)


class SignInLimits:
    """How many passwords may be tried; one for a daemon. A client is an address, or a network that one customer has.

    Names stand in public histories, so nobody is locked out by theirs: a try counts for the client and the name
    together, and who signed in before from this browser or address counts apart from strangers. The browser proves it
    by a cookie of its own ("device cookie", as OWASP advises), which outlives sessions and restarts."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._own = Rate(clock, at_once=TRIES, each_s=TRY_AGAIN_S)
        self._clients = Rate(clock, at_once=OF_A_CLIENT, each_s=OF_A_CLIENT_S)
        self._strangers = Rate(clock, at_once=OF_STRANGERS, each_s=OF_STRANGERS_S)
        self._known: dict[tuple[str, str], None] = {}

    def late(self, name: str, client: str, device: str = "") -> int:
        """Counts a try for a name: seconds to wait before it may be made, 0 where it may. `device` names the browser,
        if this name signed in there before."""
        rows = list(self._rows(name, client, device))
        wait = max(rate.wait(who) for rate, who in rows)
        for rate, who in rows if not wait else ():
            rate.charge(who, 1)
        return wait

    def right(self, name: str, client: str, device: str = "") -> None:
        """It was the right password: the try counts for nothing, and the address is known."""
        for rate, who in self._rows(name, client, device):
            rate.charge(who, -1)
        self._known.pop((name, client), None)
        self._known[name, client] = None
        if len(self._known) > MOST_KNOWN:
            del self._known[next(iter(self._known))]

    def _rows(self, name: str, client: str, device: str) -> Iterator[tuple[Rate, str]]:
        """Where a try counts."""
        if device:
            yield self._own, device
            return
        yield self._own, f"{client} {name}"
        if (name, client) not in self._known:
            yield self._clients, client
            yield self._strangers, STRANGERS


class Entrance:
    """Lets people in who know their password. Nobody learns from it who has an account: an unknown name takes as long
    as a wrong password, counts as one, and is told in the same words."""

    def __init__(self, engine: "Engine", clock: Callable[[], float] = time.monotonic) -> None:
        self._engine, self._clock, self._said = engine, clock, float("-inf")
        self.limits = SignInLimits(clock)

    def says_late(self) -> bool:
        """Whether it is to be logged that somebody must wait: once a minute, however many tries come."""
        now = self._clock()
        if now - self._said < SAY_EVERY_S:
            return False
        self._said = now
        return True

    def admit(self, name: str, password: str) -> DeskUser | None:
        """The user of this name, if this is the password."""
        with reading(self._engine) as opened:
            found = users.password_of(opened, name)
        known, hash_ = found or (None, _nobodys())
        if not self._is_right(hash_, password[:LONGEST]) or known is None:
            return None
        if hasher().check_needs_rehash(hash_):
            with session(self._engine) as opened:
                users.set_hash(opened, known.id, hashed(password))
        return known

    def _is_right(self, hash_: str, password: str) -> bool:
        with _hashing:
            try:
                return hasher().verify(hash_, password)
            except (VerificationError, InvalidHashError):
                return False

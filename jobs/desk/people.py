"""Who may use the desk: names, passwords, and whether somebody is who they say they are."""

import time
from collections.abc import Callable
from datetime import datetime
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from db.desk import users
from db.engine import reading, session
from db.values import DeskUser, Role
from jobs.desk.tries import Tries
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
    told = " ".join(visible(name).split())
    if told != name.strip() or not 1 <= len(told) <= LONGEST_NAME or not any(one.isalnum() for one in told):
        raise BadInput(f"a name is one line of 1 to {LONGEST_NAME} characters, letters among them: Ada, ada.lovelace")
    if told.lower() == PROGRAM:
        raise BadInput(f"{told} is what the program calls itself in the history; choose another name")
    return told


def add(engine: "Engine", name: str, role: Role, password: str, now: datetime) -> DeskUser:
    """Adds a user. Raises BadInput."""
    told, made = checked_name(name), hashed(password)
    with session(engine) as opened:
        return users.add(opened, told, role, made, now)


def change_password(engine: "Engine", user: DeskUser, password: str, now: datetime) -> None:
    """Gives a user another password; all their sessions end. Raises BadInput."""
    made = hashed(password)
    with session(engine) as opened:
        users.set_password(opened, user.id, made, now)


class Entrance:
    """Lets people in who know their password. Nobody learns from it who has an account: an unknown name takes as long
    as a wrong password, counts as one, and is told in the same words."""

    def __init__(self, engine: "Engine", clock: Callable[[], float] = time.monotonic) -> None:
        self._engine, self._clock, self._said = engine, clock, float("-inf")
        self.tries = Tries(clock)

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
        known, told = found or (None, _nobodys())
        if not self._is_right(told, password[:LONGEST]) or known is None:
            return None
        if hasher().check_needs_rehash(told):
            with session(self._engine) as opened:
                users.set_hash(opened, known.id, hashed(password))
        return known

    def _is_right(self, told: str, password: str) -> bool:
        with _hashing:
            try:
                return hasher().verify(told, password)
            except (VerificationError, InvalidHashError):
                return False

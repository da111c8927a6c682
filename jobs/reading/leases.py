"""An article may end the program: the system kills what takes all its memory, people kill what goes on without end.
Such an article must not stop all reading for ever.

So articles are noted as in hand before they are read (`db/articles/leases.py`). The next run reads those that it finds
there one by one, and gives up the one that was in hand alone, and so ended a run, GIVEN_UP_AFTER times.
"""

import faulthandler
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from uuid import uuid4

from sqlalchemy import Engine

from db.articles import leases
from db.locks import run_lock
from db.sessions import session
from db.values import StoredArticle
from tracker.errors import ScorerFault

GIVEN_UP_AFTER = 2
"""Times that a run was ended with one article in hand: once may be a power cut."""
STALLED_S = 900
"""Seconds that one batch may take. The worst that we could make take seconds each, and a batch has 25; what goes on for
so long goes on without end."""


LOOKED_AT_S = 0.05
"""Whoever looks whether a run lives keeps its lock for a moment."""


@contextmanager
def present(engine: Engine) -> Iterator[None]:
    """While this run reads, others see on PostgreSQL that it lives, and leave what it has in hand. Where the scorer
    cannot be reached, the run ends and has nothing in hand. Raises StorageError."""
    hold = run_lock(engine, _run(os.getpid()))
    try:
        while not hold.take():
            time.sleep(LOOKED_AT_S)
        yield
    except ScorerFault:
        with session(engine) as opened:
            leases.release_all(opened, _run(os.getpid()))
        raise
    finally:
        hold.release()


def claim(engine: Engine, version: str, limit: int) -> tuple[tuple[StoredArticle, ...], dict[int, int]]:
    """Takes articles that wait for this version of the reader in hand, and gives them; and those among them that were
    in hand when another run was ended, by their keys, with how often they were so alone. Raises StorageError."""
    with session(engine) as opened:
        return leases.claim(opened, version, limit, _run(os.getpid()))


def take(engine: Engine, batch: Sequence[StoredArticle]) -> dict[int, int]:
    """The same for a batch that somebody chose. Raises StorageError."""
    with session(engine) as opened:
        return leases.take(opened, [article.key for article in batch], _run(os.getpid()))


def take_alone(engine: Engine, article: StoredArticle) -> None:
    """Notes an article as the only one in hand. Raises StorageError."""
    with session(engine) as opened:
        leases.take_alone(opened, article.key, _run(os.getpid()))


@cache
def _run(_process: int) -> str:
    """The name of this run; a process that was forked off is another one."""
    return uuid4().hex


@contextmanager
def watched() -> Iterator[None]:
    """Ends the program, saying where it was, if what is done here goes on without end. The clock is C's: it runs even
    where a regular expression holds all of Python still."""
    sys.stderr.flush()
    faulthandler.dump_traceback_later(STALLED_S, exit=True, file=STDERR)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()


STDERR = 2
"""Its number, since `sys.stderr` may be no file."""

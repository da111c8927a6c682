"""Where the documents of feeds are read: in threads, and where very many have changed, beside them in processes."""

import asyncio
import os
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import datetime
from multiprocessing import connection, get_context, parent_process
from threading import Thread

from tracker.errors import FeedError
from tracker.gather.feeds.document import FeedDocument, read_document

FEW = 100
"""Documents of one run that are read in threads: a process takes as long to start as it takes to read them."""
MOST_PROCESSES = 2
"""They cost 30 MB each, and the one writer behind them stores as fast as about one and a half of them read."""
_THREADS = ThreadPoolExecutor(2, "parser")
"""More would only wait for one another; one alone could be held up by a document that was made for that."""


class Parsers:
    """Reads documents. One for a poll; `close` it behind it."""

    def __init__(self) -> None:
        self._read = 0
        self._pool: Executor = _THREADS

    async def read(self, body: bytes, url: str, content_type: str, now: datetime) -> FeedDocument:
        """`read_document`, while other answers come in. Raises FeedError."""
        self._read += 1
        if self._read == FEW and (cores := os.cpu_count() or 1) > 1:
            self._pool = _processes(min(cores - 1, MOST_PROCESSES))
        loop = asyncio.get_running_loop()
        try:
            told = await loop.run_in_executor(self._pool, _told, body, url, content_type, now)
        except BrokenProcessPool:
            # Whatever ended it, the poll goes on.
            self._pool = _THREADS
            told = await loop.run_in_executor(_THREADS, _told, body, url, content_type, now)
        if isinstance(told, FeedDocument):
            return told
        kind, message = told
        raise kind(url, message)

    def close(self) -> None:
        """Ends the processes."""
        if self._pool is not _THREADS:
            self._pool.shutdown(wait=False, cancel_futures=True)


def _told(body: bytes, url: str, content_type: str, now: datetime) -> FeedDocument | tuple[type[FeedError], str]:
    """The document, or what is wrong with it: our errors have addresses, which pickle does not bring back."""
    try:
        return read_document(body, url, content_type, now)
    except FeedError as error:
        return type(error), str(error)


def _processes(count: int) -> ProcessPoolExecutor:
    """Started anew, not forked: threads hold locks that a fork would never see opened."""
    return ProcessPoolExecutor(count, get_context("spawn"), initializer=end_with_parent)


def end_with_parent() -> None:
    """In a process of ours: ends it with the run. One that is killed cannot end its processes; they look after it."""
    parent = parent_process()
    if parent:
        Thread(target=lambda: (connection.wait([parent.sentinel]), os._exit(1)), daemon=True).start()

"""Where published policies are read: in a process of its own, with limits, since a hostile PDF takes what it gets."""

import asyncio
import json
import resource
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict, dataclass
from multiprocessing import connection, get_context
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any

from jobs.gather.parsers import end_with_parent
from tracker.errors import DamagedDocument, DocumentError, HeavyDocument, LockedDocument, OtherDocument
from tracker.gather.documents.policy_text import DocumentText

MEGABYTE = 1024 * 1024
MOST_KEPT = 150
"""Megabytes of memory with which a process waits for the next document: what it took for one is not all given back."""
ERRORS: dict[str, type[DocumentError]] = {
    kind.__name__: kind for kind in (DocumentError, DamagedDocument, HeavyDocument, LockedDocument, OtherDocument)
}
"""By the names under which they come back."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one document; `megabytes` beside what the program takes up itself. A manual of 1,200 pages takes 15 s of the
    processor and 200 MB of memory, with the program that reads it; `seconds` on the clock are for a machine that has
    other work."""

    megabytes: int = 1024
    processor_s: int = 60
    seconds: float = 300.0


class DocumentProcess:
    """Reads documents, one after the other. The process starts with the first, and anew behind one that ended it. One
    for a round of polls; `close` it behind it."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._thread = ThreadPoolExecutor(1, "document")
        self._process: SpawnProcess | None = None
        self._pipe: connection.Connection | None = None

    @property
    def pid(self) -> int | None:
        """Of the process, while there is one."""
        return self._process.pid if self._process else None

    async def read(self, body: bytes, url: str, content_type: str = "") -> DocumentText:
        """`read_document`. Raises DocumentError; HeavyDocument where a limit was met or the process ended."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._read, body, url, content_type)

    def close(self) -> None:
        """Ends the process, whatever it does."""
        self._end()
        self._thread.shutdown(wait=True, cancel_futures=True)
        self._end()

    def _read(self, body: bytes, url: str, content_type: str) -> DocumentText:
        pipe = self._open()
        try:
            pipe.send_bytes(json.dumps([url, content_type]).encode())
            pipe.send_bytes(body)
            if not pipe.poll(self.limits.seconds):
                raise HeavyDocument(url, f"it takes more than {self.limits.seconds:.0f} seconds to read")
            answer = json.loads(pipe.recv_bytes())
        except (EOFError, OSError) as error:
            raise HeavyDocument(url, self._why()) from error
        except BaseException:
            self._end()
            raise
        if answer.pop("last"):
            self._end()
        if "error" in answer:
            raise ERRORS[answer["error"]](url, answer["message"])
        return DocumentText.of(answer)  # no pickle is taken from a process that a document may have taken over

    def _open(self) -> connection.Connection:
        if self._process is None or not self._process.is_alive() or self._pipe is None:
            self._end()
            context = get_context("spawn")
            self._pipe, theirs = context.Pipe()
            self._process = context.Process(target=_serve, args=(theirs, self.limits), daemon=True)
            self._process.start()
            theirs.close()
        return self._pipe

    def _why(self) -> str:
        """Why the process ended."""
        process = self._process
        if process:
            process.join(self.limits.seconds)
        if process and process.exitcode == -signal.SIGXCPU:
            return f"it takes more than {self.limits.processor_s} seconds of the processor to read"
        return f"what reads it ended: it takes more than {self.limits.megabytes} MB of memory, or is made to do harm"

    def _end(self) -> None:
        process, pipe, self._process, self._pipe = self._process, self._pipe, None, None
        if process:
            process.kill()
            process.join()
        if pipe:
            pipe.close()


def _serve(pipe: connection.Connection, limits: Limits) -> None:
    """The process: a document in, its text or what is wrong with it out."""
    end_with_parent()
    size = _address_space() + limits.megabytes * MEGABYTE
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    while True:
        try:
            url, content_type = json.loads(pipe.recv_bytes())
            body = pipe.recv_bytes()
        except EOFError:
            return
        _limit_processor(limits.processor_s)
        answer = _answer(body, url, content_type, limits)
        last = _memory() > MOST_KEPT * MEGABYTE
        pipe.send_bytes(json.dumps(answer | {"last": last}).encode())


def _address_space() -> int:
    """Bytes that the program itself takes up before it reads, as Linux tells it: libraries of the run that started it
    reserve hundreds of megabytes. 0 elsewhere."""
    with suppress(OSError):
        return int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    return 0


def _memory() -> int:
    """Bytes that the process holds now, as Linux tells it; 0 elsewhere. The system's peak counts from the run's own."""
    with suppress(OSError):
        return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * resource.getpagesize()
    return 0


def _limit_processor(seconds: int) -> None:
    """From now on; the system counts from the start of the process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds, hard))


def _answer(body: bytes, url: str, content_type: str, limits: Limits) -> dict[str, Any]:
    from tracker.gather.documents.reading import read_document

    try:
        return asdict(read_document(body, url, content_type))
    except DocumentError as error:
        return {"error": type(error).__name__, "message": str(error)}
    except MemoryError:
        message = f"it takes more than {limits.megabytes} MB of memory to read"
        return {"error": HeavyDocument.__name__, "message": message}

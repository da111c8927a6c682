"""A document is read in a process with limits: one that takes too much, or is killed, costs itself and no other."""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable
from contextlib import closing, suppress
from typing import TypeVar

import pytest

from jobs.gather.document_process import DocumentProcess, Limits
from support.documents import pdfs
from support.documents.orders import HEAD, order
from support.documents.typesetting import Layout, typeset
from tracker.errors import DamagedDocument, HeavyDocument, LockedDocument, OtherDocument
from tracker.gather.documents.reading import read_document

T = TypeVar("T")
URL = "https://lakemoor.example/7-04.pdf"
GOOD = typeset(HEAD, order(1), Layout())


def run(work: Callable[[DocumentProcess], Awaitable[T]], limits: Limits | None = None) -> T:
    async def whole() -> T:
        with closing(DocumentProcess(limits)) as process:
            return await work(process)

    return asyncio.run(whole())


def test_it_reads_as_the_function_does() -> None:
    page = b"<html><body><h1>Policy</h1><ul><li>Members keep the log.</li></ul></body></html>"

    async def work(process: DocumentProcess) -> None:
        for body in (GOOD, page, pdfs.scanned(2)):
            assert await process.read(body, URL) == read_document(body, URL)

    run(work)


@pytest.mark.parametrize(
    ("body", "kind"),
    [(pdfs.encrypted(), LockedDocument), (GOOD[:-300], DamagedDocument), (b"PK\x03\x04", OtherDocument)],
)
def test_errors_come_back_as_they_were(body: bytes, kind: type[Exception]) -> None:
    async def work(process: DocumentProcess) -> None:
        with pytest.raises(kind) as error:
            await process.read(body, URL)
        assert error.value.url == URL  # type: ignore[attr-defined]

    run(work)


def test_several_that_ask_at_once_get_their_own_answers() -> None:
    bodies = [typeset(HEAD, order(seed), Layout()) for seed in range(6)]

    async def work(process: DocumentProcess) -> None:
        found = await asyncio.gather(*(process.read(body, URL) for body in bodies))
        assert [one.paragraphs for one in found] == [order(seed) for seed in range(6)]

    run(work)


@pytest.mark.parametrize(
    ("body", "limits", "message"),
    [
        (pdfs.bomb(1500), Limits(megabytes=512), "memory"),
        (pdfs.endless(900_000), Limits(processor_s=1), "of the processor"),
        (pdfs.endless(900_000), Limits(seconds=0.5), "seconds to read"),
    ],
)
def test_one_that_takes_too_much_is_named_and_the_next_is_read(body: bytes, limits: Limits, message: str) -> None:
    async def work(process: DocumentProcess) -> None:
        with pytest.raises(HeavyDocument, match=message):
            await process.read(body, URL)
        process.limits = Limits()
        assert (await process.read(GOOD, URL)).paragraphs == order(1)

    run(work, limits)


def test_a_process_that_is_killed_between_two_documents_costs_none() -> None:
    async def work(process: DocumentProcess) -> None:
        await process.read(GOOD, URL)
        assert process.pid
        os.kill(process.pid, signal.SIGKILL)
        with suppress(HeavyDocument):  # it may not be dead yet
            await process.read(GOOD, URL)
        assert (await process.read(GOOD, URL)).paragraphs == order(1)

    run(work)


def test_nothing_is_left_when_it_is_closed_while_it_reads() -> None:
    async def work(process: DocumentProcess) -> int:
        await process.read(GOOD, URL)
        waiting = asyncio.create_task(process.read(pdfs.endless(900_000), URL))
        await asyncio.sleep(0.2)
        pid = process.pid
        assert pid
        await asyncio.to_thread(process.close)
        with pytest.raises(HeavyDocument):
            await waiting
        return pid

    pid = run(work)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_memory_that_one_document_took_is_not_kept() -> None:
    async def work(process: DocumentProcess) -> None:
        await process.read(GOOD, URL)
        first = process.pid
        await process.read(pdfs.endless(300_000), URL)
        await process.read(GOOD, URL)
        assert process.pid not in (first, None)

    run(work)

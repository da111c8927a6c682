"""One process's end of the queue: puts tasks in, takes out what stalled, works."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any

from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.jobs import Job, Status

from jobs.queue import tasks
from jobs.queue.schema import STALLED_S
from tracker.errors import StorageError

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from jobs.process.context import JobContext
    from jobs.process.guard import Guard

HEARTBEAT_S = 4.0
ENDING_S = 4.0
"""What is under way has so long to end by itself when a worker is asked to end; then it is broken off. A request that
is broken off is made again by another worker."""
AGAIN_S = 3.0
"""Until a worker that lost the database tries again."""
Wanted = Mapping[str, dict[str, Any]]
"""Tasks to be put in, by their queueing locks: the arguments of each."""


class Queue:
    """Raises StorageError where the database is away."""

    def __init__(self, engine: "Engine") -> None:
        self._app = tasks.made(engine)

    @asynccontextmanager
    async def opened(self) -> AsyncIterator["Queue"]:
        """Connects; the connections are closed at the end."""
        with _as_storage_error():
            await self._app.open_async()
        try:
            yield self
        finally:
            await self._app.close_async()

    async def locks(self, task: str) -> set[str]:
        """The queueing locks of what waits or is being done."""
        with _as_storage_error():
            found = await self._app.job_manager.list_jobs_async(task=task)
        return {job.queueing_lock or "" for job in found if job.status in (Status.TODO.value, Status.DOING.value)}

    async def defer(self, task: str, wanted: Wanted) -> int:
        """Puts tasks in; how many. One that is there already, since another process was faster, is left."""
        new = [
            Job(task_name=task, queue=tasks.QUEUE_OF[task], lock=None, queueing_lock=lock, task_kwargs=arguments)
            for lock, arguments in wanted.items()
        ]
        if not new:
            return 0
        with _as_storage_error():
            with suppress(AlreadyEnqueued):
                return len(await self._app.job_manager.batch_defer_jobs_async(new))
            return sum([await self._one(job) for job in new])

    async def _one(self, job: Job) -> int:
        try:
            await self._app.job_manager.defer_job_async(job)
        except AlreadyEnqueued:
            return 0
        return 1

    async def sweep(self) -> int:
        """Takes out what is in the hands of workers that are gone; how many. Procrastinate leaves such tasks as "doing"
        for ever, with their locks, and putting one back fails where another of its lock waits already. Taken out, it is
        put in anew where it is still due."""
        with _as_storage_error():
            stalled = list(await self._app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_S))
            for job in stalled:
                with suppress(ConnectorException):  # it ended by itself just now
                    await self._app.job_manager.finish_job(job, Status.FAILED, delete_job=True)
            await self._app.job_manager.prune_stalled_workers(STALLED_S)
        return len(stalled)

    async def work(self, context: "JobContext", guard: "Guard", queue: str, concurrency: int) -> None:
        """Does tasks of one queue until it is cancelled. While the database is away it waits."""
        while not context.stopping:
            with suppress(ConnectorException):
                await self._app.run_worker_async(
                    queues=[queue],
                    name=queue,
                    concurrency=concurrency,
                    install_signal_handlers=False,
                    delete_jobs="always",
                    update_heartbeat_interval=HEARTBEAT_S,
                    stalled_worker_timeout=STALLED_S,
                    shutdown_graceful_timeout=ENDING_S,
                    additional_context={"context": context, "guard": guard},
                )
            if not context.stopping:
                context.log.warning("failed", job=queue, what="the queue cannot be reached; tried again in seconds")
                await asyncio.sleep(AGAIN_S)


class _as_storage_error:  # noqa: N801 - used as a function
    """Turns Procrastinate's failures into ours: one line, and what to do."""

    def __enter__(self) -> None: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, ConnectorException):
            why = error.__cause__ or error
            raise StorageError(f"the queue cannot be used: {why}; check the database") from error

"""The tasks: the daemon's own functions, each for one share of the work. Arguments are numbers of rows."""

from functools import partial
from typing import TYPE_CHECKING, Any

from procrastinate import App, PsycopgConnector
from procrastinate import JobContext as Task

from jobs.gather import jobs as feeds
from jobs.opinions import jobs as asking
from jobs.reading import jobs as reading

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from jobs.process.context import JobContext
    from jobs.process.guard import Guard

POLL, FETCH, READ, OPINIONS = "poll", "fetch", "read", "opinions"
"""The tasks, by the names of the daemon's jobs whose share they are."""
NETWORK, READING = "network", "reading"
"""The queues: of what waits for servers a worker does many at once, of what needs the processor one."""
QUEUE_OF = {POLL: NETWORK, FETCH: NETWORK, READ: READING, OPINIONS: NETWORK}
CONNECTIONS = 6
"""Of a worker to the queue: it fetches, ends and listens; the tasks have connections of their own."""


def made(engine: "Engine") -> App:
    """The tasks, and the way to their queue; connects to nothing yet."""
    address = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    app = App(connector=PsycopgConnector(conninfo=address, min_size=1, max_size=CONNECTIONS))
    for name, task in ((POLL, poll), (FETCH, fetch), (READ, read), (OPINIONS, opinions)):
        app.task(name=name, queue=QUEUE_OF[name], pass_context=True)(task)
    return app


async def poll(task: Task, feed: int) -> None:
    """Polls one feed, if it is still due."""
    await _guarded(task, POLL, partial(feeds.poll_one, feed=feed))


async def fetch(task: Task, items: list[int]) -> None:
    """Fetches the articles of some items of one host that are still due."""
    await _guarded(task, FETCH, partial(feeds.fetch_some, items=items))


async def read(task: Task) -> None:
    """Reads what waits, until nothing does; each batch is claimed, so others read at the same time."""
    await _guarded(task, READ, reading.read)


async def opinions(task: Task) -> None:
    """Asks about what waits, until nothing does; each article is claimed, so others ask at the same time."""
    await _guarded(task, OPINIONS, asking.opinions)


async def _guarded(task: Task, name: str, work: Any) -> None:
    """A failure is logged and noted as the daemon's own are; for the queue the task is over: the database says what is
    due again."""
    context: JobContext = task.additional_context["context"]
    guard: Guard = task.additional_context["guard"]

    async def done() -> bool:
        if context.stopping:
            return False
        await work(context)
        return True

    await guard.around(name, done)()

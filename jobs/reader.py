"""The one place that makes readers, and knows which one the settings want."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from jobs.process.context import JobContext
    from jobs.settings import Settings
    from tracker.read.reader import Reader


def open_reader(settings: "Settings") -> "Reader":
    """The reader as the settings want it. Loads no model yet."""
    from tracker.read.reader import Reader

    return Reader(big_look=settings.big_look)


def reader_of(context: "JobContext") -> "Reader":
    """The one reader of this process."""
    from tracker.read.reader import Reader

    return context.singleton(Reader, lambda: open_reader(context.settings))


def reader_version(settings: "Settings") -> str:
    """The version of that reader, without making it."""
    from tracker.read import version

    return version.READER_VERSION if settings.big_look else version.SMALL_LOOK_VERSION


def has_unread(engine: "Engine", version: str) -> bool:
    """Whether an article waits for the reader of a version: asked before the reader is loaded, which takes longer."""
    from db.articles import articles
    from db.engine import reading

    with reading(engine) as opened:
        return bool(articles.waiting(opened, version, 1))

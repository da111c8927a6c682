"""What both witnesses say of an article, recorded on the path of `reread`: history, locks of people, corrections in
mails as ever."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from db.articles import articles
from db.engine import session
from db.locks import hold_timeline
from db.opinions import opinions
from jobs.reading.unread import store_read
from tracker.read.version import with_model

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlmodel import Session

    from db.opinions.opinions import KeptAnswer
    from db.values import StoredArticle
    from tracker.read.opinions.trust import Trust
    from tracker.read.reader import Reader

SOON = timedelta(minutes=1)
"""Until an article that came anew is asked about again: the reader reads it first."""


def record(
    engine: "Engine",
    reader: "Reader",
    article: "StoredArticle",
    answer: "KeptAnswer",
    trust: "Trust",
    now: datetime,
    beside: "Callable[[Session], None]" = lambda _session: None,
) -> bool:
    """Reads an article with an answer about it and records what comes of it, in one transaction with what is done
    `beside`; False where the article came anew meanwhile: it waits again then. Raises OpinionRefused, StorageError."""
    told = reader.read_with(article, answer.content, trust)
    with session(engine) as opened:
        hold_timeline(opened)
        if articles.article(opened, article.key) != article:
            opinions.queue(opened, {article.key: article.published}, now + SOON)
            return False
        beside(opened)
        store_read(opened, [(article, told, with_model(reader.version, answer.model))], now)
        opinions.recorded(opened, [article.key])
        return True

"""What a reader said of articles, recorded: the timeline follows, and each article is noted as read."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from db import freshness
from db.articles import articles
from db.articles.leases import release
from db.opinions import opinions
from db.people.review_queue import note_needs
from db.timeline.passages import with_passages
from db.timeline.recorder import EntryChanges, record_all
from db.values import StoredArticle
from tracker.model import Reading
from tracker.timeline.provenance import model_of

BATCH = 25
"""Articles recorded in one transaction: seconds of work at most are done again after a kill, and an archive of one
city folds its timeline once for all of them."""
ReadArticle = tuple[StoredArticle, Reading, str]
"""An article, what was read, and the reader version to note."""


def record_readings(session: Session, done: Sequence[ReadArticle], now: datetime) -> EntryChanges:
    """Records what was read and notes that it was, in the caller's transaction."""
    said = with_passages(session, ((article, result.score, result.findings) for article, result, _ in done))
    changed = record_all(session, said, now)
    heard = articles.with_opinion(session, [article.key for article, *_ in done])
    for article, result, version in done:
        articles.mark_read(session, article.key, result, version, now)
        if result.alone:
            opinions.save_readings(session, article.key, result.alone)
    note_needs(session, heard | {article.key for article, _, version in done if model_of(version)})
    release(session, [article.key for article, *_ in done])
    if any(articles.failed(version) for *_, version in done):
        freshness.touch(session)  # the coverage page names them
    return changed

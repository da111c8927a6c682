"""Policies as they are published: a list is looked at once a day, each document at its own pace, a few at a time."""

import asyncio
from contextlib import closing
from dataclasses import dataclass, field

from db.engine import reading
from db.feeds import feeds
from db.sessions import session
from db.sources import documents
from db.sources.documents import FollowedDocument
from db.values import DueFeed, Feed
from jobs.gather.document_process import DocumentProcess
from jobs.gather.document_versions import VersionWriter
from jobs.gather.source_context import MOVED, SourceContext, SourceNews
from tracker.errors import GatherError, RecordError
from tracker.gather.canonical import bare_host
from tracker.gather.feeds.poll import conditions, validator
from tracker.gather.http.client import NOT_MODIFIED, Response
from tracker.gather.schedule import DAY, MINUTE, SHORTEST_S, FeedState
from tracker.gather.sources.document_list import MOST_DOCUMENTS, Listed, documents_of, list_address
from tracker.gather.sources.document_visit import Visit, VisitKind, concerns_host, visit
from tracker.gather.sources.list_cursor import ListCursor

AT_ONCE = 2
"""Documents in hand at the same time: as many as one host is asked for; more would only wait with their files."""
BACKLOG_S = MINUTE
"""When a source is due again whose documents could not all be visited: others come between."""


async def poll_documents(context: SourceContext, source: DueFeed) -> SourceNews:
    """One poll; whether a document appeared, changed or is gone. Raises GatherError kinds."""
    with closing(DocumentProcess()) as process:
        return await DocumentPoll(context, source, process).run()


@dataclass
class DocumentPoll:
    """One poll of one source. `quiet`: hosts that are left alone until the next one, each with its failure; `heard`:
    whether anything was answered."""

    context: SourceContext
    source: DueFeed
    process: DocumentProcess
    quiet: dict[str, GatherError] = field(default_factory=dict)
    heard: bool = False
    changed: int = 0

    async def run(self) -> SourceNews:
        """Looks at the list where its time has come, then visits what is due, as long as patience lasts."""
        known = await asyncio.to_thread(self.context.subscription, self.source)
        cursor = ListCursor.from_json(known.cursor)
        if self.source.everything or cursor.is_due(self.context.clock()):
            self.changed += await self._look_at_list(known, cursor)
        writer = VersionWriter(self.context, known, self.process)
        await self._visit_all(await asyncio.to_thread(self._due), writer)
        if self.quiet and not self.heard:
            raise next(iter(self.quiet.values()))
        return SourceNews(self.changed > 0, await asyncio.to_thread(self._due_s))

    def _due(self) -> list[FollowedDocument]:
        """By the clock of now: what the list has just brought is due since a moment ago."""
        now = self.context.clock()
        with reading(self.context.engine) as opened:
            return documents.due(opened, self.source.id, now, MOST_DOCUMENTS, everything=self.source.everything)

    def _due_s(self) -> float:
        """Seconds until the list, or the first document, is due."""
        now = self.context.clock()
        with reading(self.context.engine) as opened:
            first = documents.next_visit(opened, self.source.id)
            known = feeds.by_id(opened, self.source.id)
        listed = ListCursor.from_json(known.cursor).due if known else None
        waits = [(at - now).total_seconds() for at in (first, listed) if at]
        wait = min(waits, default=DAY)
        return BACKLOG_S if wait <= 0 else max(wait, SHORTEST_S)

    async def _look_at_list(self, known: Feed, cursor: ListCursor) -> int:
        """How many documents are new or gone."""
        url = list_address(known.url)
        state = FeedState(url, cursor.etag, cursor.modified, cursor.body_hash, unchanged=cursor.unchanged)
        await self.context.robots.check(url)
        answer = await self.context.fetcher.get(url, headers=conditions(state))
        if answer.status != NOT_MODIFIED and answer.status >= 400:
            raise RecordError(url, f"the page of documents is gone; {MOVED}")
        self.heard = True
        seen = cursor.after(answer, validator(answer, "etag"), validator(answer, "last-modified"), self.context.clock())
        if not seen.unchanged:
            listed = await asyncio.to_thread(_listed, answer, url)
            if not listed:
                raise RecordError(url, f"the page lists no documents; {MOVED}")
            return await self.context.tasks.store(self._save_list, known, answer, seen, listed)
        return await self.context.tasks.store(self._save_same_list, seen)

    def _save_list(self, known: Feed, answer: Response, seen: ListCursor, listed: tuple[Listed, ...]) -> int:
        now = self.context.clock()
        with session(self.context.engine) as opened:
            changes = documents.note_list(opened, self.source.id, listed, now)
            feeds.save_cursor(opened, self.source.id, seen.to_json())
            if answer.permanent_url and list_address(known.url) == known.url:
                feeds.move(opened, self.source.id, answer.permanent_url, now)
        return changes.new + changes.gone

    def _save_same_list(self, seen: ListCursor) -> int:
        with session(self.context.engine) as opened:
            gone = documents.note_same_list(opened, self.source.id, self.context.clock())
            feeds.save_cursor(opened, self.source.id, seen.to_json())
        return gone

    async def _visit_all(self, due: list[FollowedDocument], writer: VersionWriter) -> None:
        """Some at the same time; what patience does not last for stays due."""
        loop = asyncio.get_running_loop()
        until = loop.time() + self.context.options.patience_s
        waiting = iter(due)

        async def some() -> None:
            for document in waiting:
                if loop.time() > until:
                    return
                if bare_host(document.state.url) not in self.quiet:
                    self.changed += await self._visit(document, writer)

        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(AT_ONCE):
                    group.create_task(some())
        except ExceptionGroup as failed:
            raise failed.exceptions[0] from failed

    async def _visit(self, document: FollowedDocument, writer: VersionWriter) -> int:
        """One document. Whatever goes wrong with it, the others go on."""
        try:
            met = await visit(self.context.fetcher, self.context.robots, document.state)
            self.heard = True
            if met.kind is VisitKind.CHANGED:
                return await writer.write(document, met)
        except GatherError as error:
            if concerns_host(error):
                self.quiet[bare_host(document.state.url)] = error
                return 0
            self.heard = True
            return await self.context.tasks.store(self._save_error, document, str(error))
        return await self.context.tasks.store(self._save_visit, document, met)

    def _save_error(self, document: FollowedDocument, error: str) -> int:
        with session(self.context.engine) as opened:
            documents.note_error(opened, document.id, error, self.context.clock())
        return 0

    def _save_visit(self, document: FollowedDocument, met: Visit) -> int:
        now = self.context.clock()
        with session(self.context.engine) as opened:
            if met.kind is VisitKind.MISSING:
                return documents.note_absent(opened, document.id, now)
            documents.note_same(opened, document.id, met, now)
        return 0


def _listed(answer: Response, url: str) -> tuple[Listed, ...]:
    """What a list has; an address that is itself a document is the one that it lists."""
    found = documents_of(answer.body, answer.url, answer.headers.get("content-type", ""))
    return (Listed(url, ""),) if found is None else found

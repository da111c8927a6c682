"""A document that a visit found changed: read, compared with the version before, and stored with all that it tells."""

import asyncio
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import Session

from db import freshness
from db.engine import reading
from db.sessions import session
from db.sources import document_versions, documents, records
from db.sources.document_versions import NewVersion, StoredVersion
from db.sources.documents import FollowedDocument
from db.values import Feed
from jobs.gather.document_process import DocumentProcess
from jobs.gather.ocr import read_policy, remedy
from jobs.gather.source_context import SourceContext
from tracker.errors import DocumentError, RecordError
from tracker.gather.documents.policy_text import DocumentText
from tracker.gather.sources.document_visit import Visit
from tracker.model import Jurisdiction
from tracker.read.documents.comparison import Comparison, compare
from tracker.read.documents.findings import (
    LabelledEdit,
    PolicyVersion,
    PublishedPolicy,
    labelled,
    read_change,
    sentences,
)
from tracker.read.documents.issuer import government_of
from tracker.read.documents.order_head import OrderHead, order_head
from tracker.read.places import gazetteer
from tracker.read.records.findings import ReadRecord

NO_HOME = 'nobody said whose document it is, and it does not say so surely: `tracker sources add {} --home "City, ST"`'


@dataclass(frozen=True, slots=True)
class ReadVersion:
    """A new version beside the last one that can be read; `document` is whose version it is, `home` whose policy.
    `record`: what the timeline is told, None where that is nothing."""

    document: int
    last: StoredVersion | None
    before: StoredVersion | None
    new: NewVersion
    home: Jurisdiction | None = None
    found: Comparison | None = None
    edits: tuple[LabelledEdit, ...] = ()
    record: ReadRecord | None = None


@dataclass(frozen=True, slots=True)
class VersionWriter:
    """Reads and stores versions of the documents of one source."""

    context: SourceContext
    source: Feed
    process: DocumentProcess

    async def write(self, document: FollowedDocument, met: Visit) -> int:
        """Whether the document changed. What is read here rests on what was stored before; should another run store a
        version meanwhile, nothing is, and the document stays due."""
        now = self.context.clock()
        new = await self._read(document, met, now)
        read = await asyncio.to_thread(self._compare, document, new, now)
        return await self.context.tasks.store(self._save, document, met, read, now)

    async def _read(self, document: FollowedDocument, met: Visit, now: datetime) -> NewVersion:
        """The file with its text, or why it has none."""
        file = NewVersion(met.url, met.body, met.body_hash, met.content_type)
        try:
            text = await read_policy(self.process, met.body, met.url, met.content_type)
        except DocumentError as error:
            return replace(file, unreadable=str(error))
        if not text.paragraphs:
            why = (remedy() or "scanned: no text was recognised") if text.scanned else "no text stands in it"
            return replace(file, unreadable=why)
        head = await asyncio.to_thread(order_head, text, now.date())
        return replace(file, text=text, head=head)

    def _compare(self, document: FollowedDocument, new: NewVersion, now: datetime) -> ReadVersion:
        with reading(self.context.engine) as opened:
            key = self._key(opened, document, new)
            last = document_versions.last_version(opened, key)
            before = document_versions.last_readable(opened, key)
            text = document_versions.text_of(opened, before.id) if before else None
        if new.text is None or new.head is None:
            return ReadVersion(key, last, before, new)
        home = self._government(document, new.text, new.head)
        if before is None or text is None or _says_same(text, new.text):
            return ReadVersion(key, last, before, new, home)
        found = compare(text, new.text)
        read = self.context.options.edits(new.head.title or new.text.title or document.name, sentences(found))
        edits = labelled(found, read)
        policy = PublishedPolicy(key, document.address, document.name, home)
        record = self._told(policy, (before, text), (last or before, new), edits, read.topic, now.date())
        return ReadVersion(key, last, before, new, home, found, edits, record)

    def _key(self, opened: Session, document: FollowedDocument, new: NewVersion) -> int:
        """Whose version it is: the document's own, or that of one which the list had under another address."""
        if new.head is None or document_versions.last_version(opened, document.id):
            return document.id
        return documents.earlier_address(opened, document.id, new.head) or document.id

    def _government(self, document: FollowedDocument, text: DocumentText, head: OrderHead) -> Jurisdiction:
        home = gazetteer.load().get(self.source.home) if self.source.home else None
        found = government_of(head.department, text, home)
        if found is None:
            raise RecordError(document.address, NO_HOME.format(self.source.url))
        return found

    def _told(
        self,
        policy: PublishedPolicy,
        before: tuple[StoredVersion, DocumentText],
        after: tuple[StoredVersion, NewVersion],
        edits: tuple[LabelledEdit, ...],
        topic: str,
        today: date,
    ) -> ReadRecord | None:
        last, new = after
        assert new.text
        assert new.head
        stored, text = before
        head = order_head(text, stored.first_seen.date())
        old = PolicyVersion(stored.number, text, head, stored.first_seen.date(), stored.last_seen.date())
        version = PolicyVersion(last.number + 1, new.text, new.head, today, today)
        return read_change(policy, old, version, edits, topic)

    def _save(self, document: FollowedDocument, met: Visit, read: ReadVersion, now: datetime) -> int:
        """All of it in one transaction; the timeline comes first: whoever waits for it must hold nothing."""
        with session(self.context.engine) as opened:
            last = document_versions.last_version(opened, read.document)
            if last and (read.last is None or last.id != read.last.id):
                return 0
            wanted = self._wanted(read)
            article = self._record(opened, wanted, now) if wanted else None
            if read.document != document.id:
                documents.move_to(opened, read.document, document.id)
            documents.note_visit(opened, read.document, met, now, read.new.unreadable)
            if read.new.head and read.home:
                documents.learn_head(opened, read.document, read.new.head, read.home.id)
            return self._keep(opened, read, article, now)

    def _wanted(self, read: ReadVersion) -> ReadRecord | None:
        """What is told, where the subscription's topics have it."""
        topics = self.source.topics
        found = read.record
        return found if found and (not topics or found.findings[0].topic in topics) else None

    def _record(self, opened: Session, found: ReadRecord, now: datetime) -> int | None:
        """The article that tells the change."""
        changes = records.record_rows(opened, self.source.id, [found], now)
        self.context.tally.add_changes(changes)
        return next(iter(records.named(opened, self.source.id, [found.record.record])), None)

    def _keep(self, opened: Session, read: ReadVersion, article: int | None, now: datetime) -> int:
        """The version with its file and text, and what it changed. One that says the same in another file is none, nor
        is a file that was met before and cannot be read still."""
        last = read.last
        same_text = last and read.before and last.id == read.before.id and read.new.text and read.found is None
        same_file = last and last.sha256 == read.new.sha256 and bool(last.unreadable) == bool(read.new.unreadable)
        if last and (same_text or same_file):
            document_versions.note_met(opened, last.id, now)
            return 0
        version, _ = document_versions.add_version(opened, read.document, read.new, now)
        if read.found is not None and read.before:
            pair = read.before.id, version
            document_versions.add_change(opened, read.document, pair, read.found, read.edits, article, now)
        document_versions.prune(opened, read.document)
        freshness.touch(opened)  # the report lists every version, also one that tells nothing
        return 1 if last else 0


def _says_same(old: DocumentText, new: DocumentText) -> bool:
    return (old.head, old.paragraphs, old.cut) == (new.head, new.paragraphs, new.cut)

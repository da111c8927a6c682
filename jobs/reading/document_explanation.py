"""What is known of a followed document: its versions, what each changed, why an edit is of rule or of form, line by
line."""

from collections.abc import Iterator

from sqlmodel import Session

from db.sources import document_versions
from db.sources.document_versions import StoredChange, StoredEdit, StoredVersion
from db.sources.documents import StoredDocument
from tracker.kinds import EditSort
from tracker.publish import words
from tracker.read.documents.rules_or_form import edit_weights, telling_words
from tracker.read.thresholds import sigmoid

SHOWN = 160
"""Characters of a sentence that are enough to know it."""
MOST_FORM = 20
"""Edits of form of one change that are shown: an order that was written anew has hundreds."""


def of_document(session: Session, document: StoredDocument) -> Iterator[tuple[str, int | None]]:
    """Each line, with the article whose entries follow it."""
    yield f"document {document.number or 'without a number'}: {document.title}", None
    versions = {one.id: one for one in document_versions.versions(session, document.id)}
    if document.error:
        yield f"its last visit failed: {document.error}", None
    if not versions:
        yield "no visit met a version yet", None
    for version in versions.values():
        yield _version(version), None
    for change in document_versions.changes(session, document.id):
        old, new = versions[change.old_id].number, versions[change.new_id].number
        yield from ((line, None) for line in _change(f"version {old} to {new}", change))
        yield ("" if change.article_id else "       nothing of it is in the timeline"), change.article_id
    if len(versions) == 1:
        yield "nothing changed yet: later versions are compared with this one", None


def _version(one: StoredVersion) -> str:
    days = dict.fromkeys(words.day(at.date()) for at in (one.first_seen, one.last_seen))
    printed = [f"{kind.value.replace('_', ' ')} {day.in_words()}" for kind, day in one.printed.items()]
    read = f"; not read: {one.unreadable}" if one.unreadable else f"; prints {', '.join(printed) or 'no date'}"
    return f"version {one.number}, met on {' to '.join(days)}{read}"


def _change(name: str, change: StoredChange) -> Iterator[str]:
    of_rule = [one for one in change.edits if (one.decision or one.sort) is EditSort.RULE]
    of_form = [one for one in change.edits if (one.decision or one.sort) is not EditSort.RULE]
    counts = f"{words.count(len(of_rule), 'edit')} of rule, {len(of_form)} of form, {change.moved} moved"
    least = sigmoid(edit_weights().needed)
    yield f"{name}, met on {words.day(change.at.date())}: {counts}; of rule from a chance of {least:.2f} on"
    for one in (*of_rule, *of_form[:MOST_FORM]):
        yield f"       of {one.decision or one.sort}, {_why(one)}"
        yield f"              before: {one.old[:SHOWN] or 'nothing'}"
        yield f"              now: {one.new[:SHOWN] or 'nothing'}"
    if len(of_form) > MOST_FORM:
        yield f"       and {len(of_form) - MOST_FORM} more of form"


def _why(edit: StoredEdit) -> str:
    if edit.decision:
        return f"as {edit.actor} said"
    told = telling_words(edit.old, edit.new)
    return f"chance of rule {sigmoid(edit.odds):.2f}{f'; its words: {told}' if told else ''}"

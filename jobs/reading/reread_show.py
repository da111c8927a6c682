"""What reading again changed: entries opened, changed and retired, for people and for programs."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session

from db.timeline.entries import revised_at
from jobs.json_lines import to_json
from jobs.review.show import place_name
from jobs.tally import Tally
from jobs.terminal.console import one_line
from tracker.model import Entry, EntryStatus, Revision
from tracker.publish import words
from tracker.publish.exports.json import record
from tracker.timeline.merging.intents import SHOWN

OPENED, CHANGED, RETIRED, EVIDENCE = "opened", "changed", "retired", "evidence"


def changes_at(session: Session, now: datetime) -> list[dict[str, Any]]:
    """One record for each revision of this moment: `what` happened, the entry as exported, the fields that changed."""
    return [_change(entry, revision) for entry, revision in revised_at(session, now)]


def _change(entry: Entry, revision: Revision) -> dict[str, Any]:
    changes = [change.model_dump() for change in revision.changes]
    told = {"what": _what(entry, revision), "place": place_name(entry.jurisdiction, entry), "reason": revision.reason}
    shown = [f"{name}: {old} → {new}" for name, old, new in words.revision_changes(revision)]
    return told | {"in_words": shown, "changes": changes, "entry": record(entry)}


def _what(entry: Entry, revision: Revision) -> str:
    """`evidence`: the entry shows what it showed, by other sentences. An entry that is found again counts as opened."""
    if not entry.evidence:
        return RETIRED
    back = any((change.field, change.new) == ("status", EntryStatus.PENDING) for change in revision.changes)
    if revision.number == 1 or back:
        return OPENED
    return CHANGED if any(change.field in SHOWN for change in revision.changes) else EVIDENCE


def show(tally: Tally, changes: Sequence[dict[str, Any]], *, as_json: bool, dry_run: bool) -> None:
    """Prints all changes for programs; for people those of what entries show, and the counts."""
    for change in changes:
        if as_json:
            print(to_json(change))
        elif change["what"] != EVIDENCE:
            for line in _lines(change):
                print(one_line(line) if not line.startswith(" ") else f"    {one_line(line)}")
    if not as_json:
        print(_counts(tally, changes, dry_run))


def _lines(change: dict[str, Any]) -> Iterable[str]:
    entry = change["entry"]
    when = f", {entry['date']}" if entry["date"] else ""
    yield f"{change['what']:<8} {change['place']}: {entry['title']} ({entry['stage']}{when}; {entry['id']})"
    if change["what"] == CHANGED:
        yield from (f"  {line}" for line in change["in_words"])


def _counts(tally: Tally, changes: Iterable[dict[str, Any]], dry_run: bool) -> str:
    if not tally.read:
        return "Nothing to read again: this version of the reader has read every article (--all reads them anyway)."
    counted = Counter(change["what"] for change in changes)
    report = "reports" if tally.changes == 1 else "report"
    told = (
        f"{words.count(tally.read, 'article')} read again, {tally.changes} {report} a change; "
        f"{words.count(counted[OPENED], 'entry', 'entries')} opened, "
        f"{counted[CHANGED]} changed, {counted[RETIRED]} retired, {counted[EVIDENCE]} with other evidence only."
    )
    return f"{told} Nothing was kept: this was a dry run." if dry_run else told

"""JSON: a list of entries with exactly the keys of the contract first, then what else is known."""

import json
from importlib.resources import files
from typing import Any

from tracker.characters import escaped
from tracker.model import Entry, Evidence, Revision, Stage
from tracker.publish.exports.format import Export
from tracker.timeline.figures import turn, votes
from tracker.timeline.how_sure import how_sure
from tracker.timeline.labels import label
from tracker.timeline.provenance import model_asked
from tracker.timeline.titles import title_source

ACTIONS: dict[Stage, str | None] = {
    Stage.PROPOSED: "introduction",
    Stage.ADOPTED: "passage",
    Stage.EFFECTIVE: "became-law",
    Stage.RESCINDED: None,
    Stage.REJECTED: "failure",
    Stage.BLOCKED: None,
}
"""Open Civic Data action classes (OCDEP 3, bill actions) that come nearest; None where there is none."""


SCHEMA_VERSION = 1
"""Of `entries-1.schema.json`; when it goes up is told in the README."""


def schema() -> str:
    """The JSON Schema of the file, as it ships."""
    name = f"entries-{SCHEMA_VERSION}.schema.json"
    return files("tracker.publish.exports").joinpath(name).read_text("utf-8")


def evidence(item: Evidence) -> dict[str, Any]:
    """One piece of evidence: the contract's keys, then the rest; who read it, where a language model was heard; of a
    record, its file number and its row."""
    model = model_asked(item)
    told = {"witness": item.finding.witness.value, "model": model} if model else {}
    if not item.is_report:
        told |= {"matter": item.matter, "record": item.record}
    return {
        "url": item.url,
        "publisher": item.publisher,
        "published": item.published.isoformat(),
        "quote": item.finding.quote,
        "title": item.title,
        "report": item.report,
        "published_basis": item.published_basis.value,
        "factuality": item.finding.factuality.value,
        "kind": item.kind.value,
        **told,
    }


def revision_record(revision: Revision) -> dict[str, Any]:
    """One revision; the act behind it is our own book-keeping."""
    return revision.model_dump(mode="json", exclude={"act"})


def record(entry: Entry, permalink: str = "") -> dict[str, Any]:
    """One entry as plain values. `date` is EDTF or None; the keys up to `evidence` are a contract."""
    sure, change = how_sure(entry), turn(entry)
    return {
        "id": entry.id,
        "policy": entry.policy,
        "jurisdiction": entry.jurisdiction,
        "jurisdiction_name": entry.jurisdiction_name,
        "body": entry.body,
        "instrument": entry.instrument,
        "topic": entry.topic,
        "stage": entry.stage.value,
        "date": str(entry.date) if entry.date else None,
        "basis": entry.basis.value,
        "effect": entry.effect.value if entry.effect else None,
        "direction": entry.direction.value if entry.direction else None,
        "how_sure": sure.word.value,
        "title": entry.title,
        "status": entry.status.value,
        "revision": entry.revision,
        "permalink": permalink or None,
        "evidence": [evidence(item) for item in entry.evidence],
        "identifier": entry.identifier,
        "subject": entry.subject,
        "candidates": list(entry.candidates),
        "score": entry.score,
        "chance": sure.chance,
        "why": list(sure.why),
        "locked": sorted(entry.locked),
        "action": ACTIONS[entry.stage],
        "policy_name": entry.policy_name or None,
        "standing": entry.standing or None,
        "standing_line": entry.standing_line or None,
        "label": label(entry),
        "title_url": source.url if (source := title_source(entry)) else None,
        "schema_version": SCHEMA_VERSION,
        "votes": votes(entry) or None,
        "before": change.before if change else None,
        "after": change.after if change else None,
        "revisions": [revision_record(revision) for revision in entry.revisions],
    }


class JsonExport(Export):
    """A JSON array, one entry a line."""

    tells_status = True
    before_first, between = "\n", ",\n"

    def head(self) -> str:
        return "["

    def item(self, entry: Entry) -> str:
        return escaped(json.dumps(record(entry, self.permalink(entry)), ensure_ascii=False))

    def tail(self) -> str:
        return "\n]\n"

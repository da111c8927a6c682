"""Entries as a reviewer sees them: the list, one entry with its evidence in its paragraphs, the same for programs."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from rich.text import Text

from db.people.review_queue import QueuedEntry
from jobs.json_lines import to_json
from jobs.review.input import OPTIONS
from jobs.review.withholding import log
from jobs.terminal.console import cell, one_line
from jobs.terminal.table import Column, show_lines
from jobs.terminal.table import show as show_table
from tracker.characters import as_seen, visible
from tracker.model import Change, Entry, EntryStatus, Evidence, Policy, Revision
from tracker.publish import words
from tracker.publish.exports.json import record, revision_record
from tracker.publish.withholding import Withholding
from tracker.read.places import gazetteer
from tracker.timeline.decisions.remarks import Remark
from tracker.timeline.decisions.review import paragraph, told_changes
from tracker.timeline.history import by_person
from tracker.timeline.how_sure import how_sure
from tracker.timeline.provenance import FieldSource, provenance
from tracker.timeline.standing.standing import standing
from tracker.timeline.titles import title_provenance

COLUMNS = (
    Column("Need", right=True),
    *(Column(name) for name in ("Entry", "When", "Stage", "Sure")),
    Column("Place and title", ratio=3),
    Column("Its policy stands", ratio=2),
    Column("Why", ratio=2),
)
CONTEXT = 600
"""Characters of a paragraph that are shown on either side of the quote: some texts have no paragraphs."""


def show_list(
    found: Sequence[QueuedEntry], today: date, said: Mapping[str, Sequence[Remark]], *, as_json: bool
) -> None:
    """Prints what needs a person, one entry a line for programs. `said`: what readers wrote, by entry."""
    if as_json:
        for one in found:
            wrote = [remark_record(item) for item in said.get(one.entry.id, ())]
            print(to_json(as_record(one) | {"remarks": wrote}))
    elif found:
        show_table(COLUMNS, (_cells(one, today, said.get(one.entry.id, ())) for one in found))


def as_record(one: QueuedEntry) -> dict[str, Any]:
    """An entry as `tracker export` writes it, how its policy stands, and why it needs a person."""
    reasons = [{"name": reason.name, "weight": reason.weight, "words": reason.words} for reason in one.needs]
    more = {"standing_line": one.entry.standing_line or None, "need": one.need, "needs": reasons}
    return record(one.entry) | more


def _cells(one: QueuedEntry, today: date, said: Sequence[Remark]) -> tuple[str, ...]:
    entry = one.entry
    wrote = (f"a reader: {item.about.words}" for item in said)
    why = "; ".join([*dict.fromkeys(wrote), *(reason.words for reason in one.needs)])
    what, sure = f"{place_name(entry.jurisdiction, entry)}: {entry.title}", how_sure(entry).word.value
    start = f"{one.need:.1f}", entry.id, words.when(entry), words.stage(entry, today)
    return *start, sure, what, entry.standing_line or "not told", why


def place_name(place: str, entry: Entry | None = None) -> str:
    """`Milwaukee, WI`; the name in the entry where the gazetteer does not have the place."""
    found = gazetteer.load().get(place)
    return found.label if found else entry.jurisdiction_name if entry else place


def now_says(entry: Entry, name: str) -> str:
    """What a field says now, as it would be typed; fields by the names of `tracker review edit`."""
    if name == "place":
        return place_name(entry.jurisdiction, entry)
    value = getattr(entry, OPTIONS[name])
    return str(value) if value else ""


def show_entry(
    one: QueuedEntry,
    told: Sequence[Revision],
    texts: Mapping[str, str],
    kept_out: Sequence[Withholding] = (),
    said: Sequence[Remark] = (),
    *,
    as_json: bool,
) -> None:
    """Prints everything that is known of an entry. `texts` are its articles by address, `told` is what people did to
    its policy, `kept_out` what of it is, or was, withheld from everything published, `said` what readers wrote."""
    if as_json:
        more = {"withheld": [item.model_dump(mode="json") for item in kept_out]}
        more |= {"remarks": [remark_record(item) for item in said]}
        print(to_json(full_record(one, told, texts) | more))
        return
    entry = one.entry
    parts = head(one), remark_lines(said), evidence(entry, texts), history(entry, told), _kept_out(kept_out)
    show_lines([line for part in parts for line in part])


def _kept_out(found: Sequence[Withholding]) -> Iterator[Text]:
    if found:
        yield Text("\nWithheld from everything published", style="bold")
    for item in found:
        what = "the name" if item.is_name else "the quote"
        yield Text(one_line(f"{item.id:>3}  {what} “{item.text}”, {log(item)}"))


def show_policy(policy: Policy, told: Sequence[Revision], today: date, *, as_json: bool) -> None:
    """Prints a policy: how it stands, its entries from the oldest on, and what people did to it."""
    how = standing(policy.entries, today)
    line = how.words if how else "not known"
    if as_json:
        named = {"id": policy.id, "name": policy.name, "jurisdiction": policy.jurisdiction, "topic": policy.topic}
        acts = [revision_record(revision) for revision in told]
        print(to_json(named | {"standing": line, "entries": [*map(record, policy.entries)], "revisions": acts}))
        return
    lines = [cell(policy.name, "bold"), Text(f"policy {policy.id}: {line}\n", style="dim")]
    for entry in policy.entries:
        line = f"{entry.id}  {words.when(entry):<18}  {words.stage(entry, today):<12}  {entry.title} "
        line += f"({entry.status if entry.status is not EntryStatus.REJECTED else words.review(entry)})"
        lines.append(cell(line))
    lines += [Text("\nHistory of the policy", style="bold"), *map(_revision, told)] if told else []
    show_lines(lines)


def full_record(one: QueuedEntry, told: Sequence[Revision], texts: Mapping[str, str]) -> dict[str, Any]:
    """Everything for programs: `sources` names for each field the numbers of the evidence that says it (from 1), and
    the revision by which a person set it."""
    entry, policy, found = one.entry, one.policy, as_record(one)
    for item, piece in zip(found["evidence"], entry.evidence, strict=True):
        item |= {"start": piece.finding.start, "end": piece.finding.end, "score": piece.finding.score}
        item["paragraph"] = "".join(in_context(piece, texts)).strip()
    named = {
        "id": policy.id,
        "name": policy.name,
        "entries": [member.id for member in policy.entries],
        "revisions": [revision_record(revision) for revision in told],
    }
    return found | {"sources": sources(entry), "policy_record": named}


def sources(entry: Entry) -> dict[str, dict[str, Any]]:
    """The provenance of each field with the numbers of its evidence as shown."""
    return {
        name: {
            "evidence": [entry.evidence.index(item) + 1 for item in source.evidence],
            "revision": source.revision.number if source.revision else None,
        }
        for name, source in provenance(entry).items()
    }


def head(one: QueuedEntry) -> Iterator[Text]:
    """What readers are shown of the entry, why it needs a person, and what each field rests on."""
    entry, policy = one.entry, one.policy
    yield cell(entry.title, "bold")
    yield cell(f"title: {title_provenance(entry)}", "dim")
    yield cell(words.how_sure(entry, chance=True))
    yield Text(one_line(f"entry {entry.id}, revision {entry.revision}, {words.review(entry)}"), style="dim")
    for reason in one.needs:
        yield Text(f"! {reason.words} ({reason.name}, {reason.weight:.1f})", style="yellow")
    yield Text()
    found = provenance(entry)
    for name, value in _shown(entry):
        source = found.get(name)
        line = Text(f"{_NAMES.get(name, name):<11}", style="bold")
        line.append(one_line(value) or "-", style="")
        line.append(f"  {one_line(_rests(entry, source))}" if source else "", style="dim")
        yield line
    yield Text(f"{'policy':<11}", style="bold").append(one_line(f"{policy.name} ({policy.id})"), style="")
    yield Text(f"{'stands':<11}", style="bold").append(one_line(entry.standing_line) or "not told", style="")


_NAMES = {"jurisdiction": "place", "identifier": "number"}


def _shown(entry: Entry) -> Iterator[tuple[str, str]]:
    yield "jurisdiction", place_name(entry.jurisdiction, entry)
    if entry.candidates and entry.status is not EntryStatus.CONFIRMED:
        yield "or", "; ".join(place_name(place) for place in entry.candidates)
    yield "stage", entry.stage.value
    yield "date", f"{words.when(entry)} ({words.basis(entry)})"
    for name in ("body", "instrument", "identifier", "topic", "subject", "effect", "direction"):
        yield name, getattr(entry, name) or ""


def _rests(entry: Entry, source: FieldSource) -> str:
    """`[1] [3]` for evidence, `set by Ada` for a person."""
    if source.revision:
        return f"set by {source.revision.actor}, {source.revision.at:%Y-%m-%d}"
    numbers = [entry.evidence.index(item) + 1 for item in source.evidence]
    return " ".join(f"[{number}]" for number in numbers) if numbers else "said by no report"


def evidence(entry: Entry, texts: Mapping[str, str]) -> Iterator[Text]:
    """Each quoted sentence in its paragraph, with its source."""
    for number, item in enumerate(entry.evidence, 1):
        yield Text()
        date_said = item.finding.date.in_words() if item.finding.date else "no date"
        line = f"[{number}] {words.outlet(item)}, {words.report_day(item)}: {item.finding.stage}, {date_said}, "
        reading = words.read_by(item)
        yield cell(f"{line}score {item.finding.score:.2f}{', ' * bool(reading)}{reading}", "bold")
        yield cell(item.url, "dim")
        before, quote, after = in_context(item, texts)
        yield Text(_folded(before)).append(_folded(quote), style="bold green").append(_folded(after))
    if not entry.evidence:
        yield Text("\nno article supports this entry")


def in_context(item: Evidence, texts: Mapping[str, str]) -> tuple[str, str, str]:
    """The quote with what stands before and after it in its paragraph."""
    text = texts.get(item.url)
    if text is None or text[item.finding.start : item.finding.end] != item.finding.quote:
        return "", item.finding.quote, ""
    before, quote, after = paragraph(text, item.finding.start, item.finding.end)
    return before[-CONTEXT:], quote, after[:CONTEXT]


def _folded(text: str) -> str:
    """A part of a paragraph on one line, as it is read; blanks at its ends are kept, control characters go."""
    words = visible(as_seen(text))
    return f"{' ' * text[:1].isspace()}{words}{' ' * text[-1:].isspace()}" if words else " " * bool(text)


def history(entry: Entry, told: Sequence[Revision] = ()) -> Iterator[Text]:
    """Who changed what, when and why."""
    yield Text("\nHistory", style="bold")
    for revision in entry.revisions:
        yield _revision(revision)
    if told:
        yield Text("\nHistory of the policy", style="bold")
        yield from map(_revision, told)


def _for_people(revision: Revision) -> list[Change]:
    """The changes without those that only follow: how a date is known, where a person set it."""
    dated = by_person(revision) and any(change.field == "date" for change in revision.changes)
    return [change for change in told_changes(revision) if not (dated and change.field == "basis")]


def _revision(revision: Revision) -> Text:
    said_by = one_line(f"{revision.actor}: {revision.reason}")
    line = Text(f"{revision.number:>3}  {revision.at:%Y-%m-%d %H:%M}  {said_by}")
    said = words.changes_in_words(_for_people(revision)) if revision.number > 1 else []
    for name, old, new in said:
        line.append(f"\n     {name}: {one_line(old)} → {one_line(new)}", style="dim")
    return line


def remark_lines(found: Sequence[Remark]) -> Iterator[Text]:
    """What readers wrote about an entry, for `review show`: what waits for an answer stands out."""
    if found:
        yield Text("\nReaders wrote", style="bold")
    for item in found:
        head = f"{item.name:>4}  {item.at:%Y-%m-%d}  {item.about.words} (revision {item.revision}){_address(item)}"
        yield Text(head, style="" if item.closed_at else "yellow")
        yield Text(f"      {one_line(item.text)}") if item.text else Text("      no more words")
        if item.source:
            yield Text(f"      source: {one_line(item.source)}", style="dim")
        if item.closed_at:
            yield Text(f"      {one_line(answered(item))}", style="dim")


def answered(item: Remark) -> str:
    """`2026-11-23 Ada: stands, the minutes`."""
    why = f", {item.why}" if item.why else ""
    return f"{item.closed_at:%Y-%m-%d} {item.closed_by}: {item.outcome}{why}"


def _address(item: Remark) -> str:
    return ", waits for an answer by mail" if item.address else ""


def remark_record(item: Remark) -> dict[str, object]:
    """For programs. A reader's address is nobody's business but the mail's."""
    record = item.model_dump(mode="json", exclude={"address"})
    return record | {"id": item.name, "wants_answer": bool(item.address)}

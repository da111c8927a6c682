"""Where every field of an entry comes from: the findings that say it, or the act by which a person set it; and who read
these findings: the encoder, a language model, or both."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tracker.model import Basis, Entry, EntryStatus, Evidence, Finding, Readings, Revision, Witness
from tracker.timeline.entry_fields import news_order
from tracker.timeline.history import by_person

Says = Callable[[Entry, Finding], bool]
SAYS: dict[str, Says] = {
    "jurisdiction": lambda entry, finding: finding.jurisdiction == entry.jurisdiction,
    "jurisdiction_name": lambda entry, finding: finding.jurisdiction_name == entry.jurisdiction_name,
    "body": lambda entry, finding: finding.body == entry.body,
    "instrument": lambda entry, finding: finding.instrument == entry.instrument,
    "identifier": lambda entry, finding: finding.identifier == entry.identifier,
    "topic": lambda entry, finding: finding.topic == entry.topic,
    "subject": lambda entry, finding: not set(entry.subject.split()).isdisjoint(finding.subject.split()),
    "stage": lambda entry, finding: finding.stage is entry.stage,
    "date": lambda entry, finding: finding.date == entry.date,
    "effect": lambda entry, finding: finding.effect is entry.effect,
    "direction": lambda entry, finding: finding.direction is entry.direction,
}
"""Whether a finding says what the entry shows, field by field. A title only puts these together."""
FOLLOWS = {"jurisdiction_name": "jurisdiction"}
"""A field that is set with another one."""


@dataclass(frozen=True, slots=True)
class FieldSource:
    """What one field rests on: `evidence` that says it, in the order of the news, and the `revision` by which a person
    decided it, if one did."""

    evidence: tuple[Evidence, ...]
    revision: Revision | None = None


def provenance(entry: Entry) -> dict[str, FieldSource]:
    """The source of every field that shows something, by the field's name; the date also where no article gives one."""
    told = [name for name in SAYS if getattr(entry, name) or name == "date"]
    return {name: FieldSource(_saying(entry, name), _decision(entry, name)) for name in told}


def _saying(entry: Entry, name: str) -> tuple[Evidence, ...]:
    found = [item for item in entry.evidence if SAYS[name](entry, item.finding)]
    return tuple(sorted(found, key=news_order))


def _decision(entry: Entry, name: str) -> Revision | None:
    """The last act of a person that set the field, or that confirmed the entry with it."""
    field = FOLLOWS.get(name, name)
    if field not in entry.locked and entry.status is not EntryStatus.CONFIRMED:
        return None
    acts = [revision for revision in entry.revisions if by_person(revision)]
    named = [act for act in acts if any(_concerns(field, item.field, item.new) for item in act.changes)]
    return next(reversed(named or acts), None)


def _concerns(field: str, changed: str, new: str) -> bool:
    return changed == field or (changed == "locked" and field in new.split(", "))


def unproven(entry: Entry) -> tuple[str, ...]:
    """The fields that neither a finding nor a person answers for; none where all is well. An entry that no article
    supports any more shows what it showed, and says so by itself; a rejected one claims nothing."""
    if not entry.evidence or entry.status is EntryStatus.REJECTED:
        return ()
    decided = entry.status is EntryStatus.CONFIRMED
    sources = provenance(entry).items()
    return tuple(
        name
        for name, source in sources
        if not source.evidence and not decided and FOLLOWS.get(name, name) not in entry.locked
    )


def misquoted(finding: Finding, text: str) -> bool:
    """True where the article's text does not hold the quote at its offsets."""
    return text[finding.start : finding.end] != finding.quote


def model_asked(item: Evidence) -> str:
    """The language model whose opinion of the article was heard, by its name; empty where none was."""
    return model_of(item.reader_version)


def model_of(reader_version: str) -> str:
    """The language model that was heard, by the version of the reader that is noted for an article."""
    return reader_version.partition("+")[2]


def one_sided(entry: Entry) -> Evidence | None:
    """The first evidence of an entry that only one of two witnesses read, where no article tells it to both; None also
    where no language model was heard."""
    heard = [item for item in entry.evidence if item.supports and model_asked(item) and not item.is_passage]
    alike = any(item.finding.witness is Witness.BOTH for item in heard)
    return None if alike else next(iter(sorted(heard, key=news_order)), None)


def read_alike(entry: Entry) -> bool:
    """True where some article tells it to the encoder and to a language model alike."""
    return any(item.supports and item.finding.witness is Witness.BOTH for item in entry.evidence)


def read_by(item: Evidence) -> str:
    """Who read a piece of evidence, in words; empty where no language model was heard. What one of them read *so*, the
    other may have read with another stage, date or place."""
    model = model_asked(item)
    if not model or item.is_passage:
        return ""
    return {
        Witness.BOTH: f"read alike by the encoder and by {model}",
        Witness.MODEL: f"read so by {model} only, not by the encoder",
        Witness.ENCODER: f"read so by the encoder only, not by {model}",
    }[item.finding.witness]


@dataclass(frozen=True, slots=True)
class TwoReadings:
    """How the encoder and a language model each read the step that a piece of evidence tells; None: one reads none."""

    encoder: Finding | None
    model: Finding | None

    @property
    def differ(self) -> bool:
        """Whether they read it otherwise in place, stage or date."""
        return not (self.encoder and self.model and alike(self.encoder, self.model))


def two_readings(item: Evidence, alone: Readings) -> TwoReadings:
    """Both readings of the step, of all that each witness reads in the article."""
    told = item.finding
    return TwoReadings(
        _same_step(told, alone.encoder, alone.model),
        _same_step(told, alone.model, alone.encoder),
    )


def alike(one: Finding, other: Finding) -> bool:
    """Whether two witnesses tell one step alike."""
    return (one.jurisdiction, one.stage, one.date) == (other.jurisdiction, other.stage, other.date)


def differ(alone: Readings) -> bool:
    """Whether one witness reads a step in the article that the other does not read alike."""
    sides = ((alone.encoder, alone.model), (alone.model, alone.encoder))
    return any(not any(alike(one, other) for other in others) for own, others in sides for one in own)


def judged(told: Finding) -> dict[str, object]:
    """The fields of an entry that a reading decides: stage, date, and the place where it tells one."""
    fields: dict[str, object] = {"stage": told.stage, "date": None if told.basis is Basis.REPORTED else told.date}
    if told.jurisdiction:
        fields |= {"jurisdiction": told.jurisdiction, "jurisdiction_name": told.jurisdiction_name}
    return fields


def _same_step(told: Finding, own: Sequence[Finding], others: Sequence[Finding]) -> Finding | None:
    """What one witness reads where another reads this: the same, else what its sentence says to this one, or what it
    tells of this place and stage. What the others read alike is another step, which they tell too."""
    fitting = [one for one in own if alike(one, told)]
    free = [one for one in own if not any(alike(one, other) for other in others)]
    fitting = fitting or [one for one in free if _overlap(one, told) or _of_one_kind(one, told)]
    return max(fitting, key=lambda one: (_overlap(one, told), one.stage is told.stage), default=None)


def _overlap(one: Finding, other: Finding) -> bool:
    return one.start < other.end and other.start < one.end


def _of_one_kind(one: Finding, other: Finding) -> bool:
    return (one.jurisdiction, one.stage) == (other.jurisdiction, other.stage)

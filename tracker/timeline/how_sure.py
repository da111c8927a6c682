"""How sure an entry is: the chance that its place, stage and date are all right, in one of three words, and why. Pure.

Weights and thresholds stand in `data/how_sure.json`; `tests/eval/fit_how_sure.py` fits them on stories that the reader
has learnt nothing from.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib.resources import files
from math import exp, floor, log, log1p

from tracker.characters import as_seen
from tracker.kinds import Witness
from tracker.model import Basis, Entry, EntryStatus, Evidence, Publish, Stage
from tracker.partial_date import PartialDate
from tracker.timeline.claims import claim_of
from tracker.timeline.entry_fields import LeadingDate, by_stage, leading_date, outlet, witnesses
from tracker.timeline.history import corrected_articles
from tracker.timeline.provenance import model_asked, one_sided, read_alike
from tracker.timeline.steps import denial, first_told, is_put_off, recorded_by, span, whose_record

DATA = "how_sure.json"
SCORE_RANGE = 0.02, 0.99
"""Scores are taken no further from a half than this: what is closer to 0 or 1 says nothing more."""

SURE, LIKELY = 19 / 20, 4 / 5
"""The share that must be right of what bears each word, where it is measured as a whole."""
DOUBTED = 0.6
"""A score below which it is named as a reason: of the entries of such a score hardly half are right."""


PLACE, DATE = "jurisdiction", "date"
JUDGED = frozenset({PLACE, "stage", DATE})
"""What the chance is about. Where a person set one of these, it is right, and no report counts against it."""


class SureWord(StrEnum):
    """How sure: of the sure ones 19 in 20 are right, of the likely ones 4 in 5; the rest is uncertain."""

    SURE = "sure"
    LIKELY = "likely"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class HowSure:
    """The chance (0 to 1) that place, stage and date are all right; its word; what it rests on, in a few words each."""

    chance: float
    word: SureWord
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SureWeights:
    """A logistic regression on `FEATURES`, and the chances from which on an entry is sure or likely. None: no chance is
    high enough that so many of those who reach it are right. `measured` is what was found of each word: `share` of the
    entries, and of these the share that is `right`."""

    intercept: float
    weights: dict[str, float]
    sure: float | None
    likely: float | None
    measured: dict[str, dict[str, float]] = field(default_factory=dict)

    def chance(self, entry: Entry) -> float:
        """The chance that the entry is right."""
        features = features_of(entry)
        odds = self.intercept + sum(weight * features[name] for name, weight in self.weights.items())
        return 1 / (1 + exp(-odds))

    def word(self, chance: float) -> SureWord:
        """The word of a chance."""
        if self.sure is not None and chance >= self.sure:
            return SureWord.SURE
        return SureWord.LIKELY if self.likely is not None and chance >= self.likely else SureWord.UNCERTAIN


def how_sure(entry: Entry) -> HowSure:
    """How sure an entry is; one that a person confirmed is."""
    if entry.status is EntryStatus.CONFIRMED:
        return HowSure(1.0, SureWord.SURE, ("checked by a person",))
    if record := recorded_by(entry):
        share = record_shares().of(record)
        return HowSure(share, SureWord.UNCERTAIN if denial(entry) else _word_of(share), reasons(entry))
    by = weights(heard=any(model_asked(item) for item in entry.evidence))
    chance = by.chance(entry)
    word = SureWord.UNCERTAIN if denial(entry) else by.word(chance)
    return HowSure(round(chance, 3), word, reasons(entry))


@dataclass(frozen=True, slots=True)
class RecordShares:
    """The share of right entries that records support, as measured: by stage of steps of council's `file`s, of `row`s
    of a sheet, and of policies' own `text`s; `unmeasured` for any other stage."""

    file: dict[str, float]
    row: dict[str, float]
    text: dict[str, float]
    unmeasured: float

    def of(self, record: Evidence) -> float:
        """The share of those like this record."""
        told = self.text if not record.is_record else self.file if record.matter else self.row
        return told.get(record.finding.stage.value, self.unmeasured)


@cache
def record_shares() -> RecordShares:
    """Those of the data file."""
    return RecordShares(**json.loads(files("tracker.timeline").joinpath("data", DATA).read_text("utf-8"))["records"])


def _word_of(share: float) -> SureWord:
    return SureWord.SURE if share >= SURE else SureWord.LIKELY if share >= LIKELY else SureWord.UNCERTAIN


@cache
def weights(heard: bool = False) -> SureWeights:
    """Those of the data file: of entries on which a language model was `heard`, or that the encoder read alone. Two
    witnesses are right so much oftener that one regression would do neither justice."""
    told = json.loads(files("tracker.timeline").joinpath("data", DATA).read_text("utf-8"))
    group = told["heard" if heard else "alone"]
    return SureWeights(**{name: group[name] for name in ("intercept", "weights", "sure", "likely", "measured")})


def measured(heard: bool) -> dict[str, dict[str, float]]:
    """What was found of each word; of a word that only entries on which a model was `heard` bear, of those."""
    alone, both = weights().measured, weights(heard=True).measured
    return {word: both[word] if heard or not alone[word]["entries"] else alone[word] for word in alone}


def is_uncertain(entry: Entry) -> bool:
    """True for an entry that is neither sure nor likely."""
    return how_sure(entry).word is SureWord.UNCERTAIN


def is_published(entry: Entry, publish: Publish) -> bool:
    """True where an entry is shown. One that a person rejected is shown nowhere, but its address says so always. Of
    what a person put right, what was told before stays told."""
    if publish == Publish.ALL or entry.status in (EntryStatus.CONFIRMED, EntryStatus.REJECTED):
        return True
    if publish == Publish.CONFIRMED:
        return False
    if entry.locked & JUDGED:
        return True
    sure = how_sure(entry)
    return (
        sure.word is not SureWord.UNCERTAIN
        if publish.chance is None
        else percent(sure.chance) >= percent(publish.chance)
    )


def percent(chance: float) -> int:
    """A chance in whole percents, never rounded up: as searches keep it, and `publish` is compared."""
    return floor(round(100 * chance, 6))


def _score(entry: Entry) -> float:
    low, high = SCORE_RANGE
    score = min(max(entry.score, low), high)
    return log(score / (1 - score))


def _reports(entry: Entry) -> int:
    return len({item.report for item in witnesses(entry.evidence) if item.is_report})


def _agreeing(entry: Entry) -> int:
    """Independent reports that give a date which agrees with the entry's; all, where a person set that."""
    if DATE in entry.locked:
        return _reports(entry)
    items = witnesses(entry.evidence)
    said = (item for item in items if item.finding.date and item.finding.basis is not Basis.REPORTED)
    return len({item.report for item in said if _agrees(entry, item)})


def _agrees(entry: Entry, item: Evidence) -> bool:
    day = item.finding.date
    return entry.date is not None and day is not None and entry.date.agrees(day)


def other_dates(entry: Entry) -> tuple[PartialDate, ...]:
    """The dates that reports also give and that do not agree with the one that leads."""
    return _leading(entry).others if entry.evidence else ()


def _basis(entry: Entry) -> Basis:
    """How reports tell the date, also where a person set another one: it says how exact they are, not who is right."""
    if DATE not in entry.locked or not entry.evidence:
        return entry.basis
    return _leading(entry).basis


def _leading(entry: Entry) -> LeadingDate:
    """The date that leads among the reports of the entry's own stage; there must be evidence."""
    own, _ = by_stage(entry.stage, entry.evidence, corrected_articles(entry))
    return leading_date(entry.stage, list(map(claim_of, own)))


def _names_place(entry: Entry, item: Evidence) -> bool:
    name = entry.jurisdiction_name.removesuffix(" County").lower()
    return name in item.finding.said.lower() or name in item.title.lower()


def names_place(entry: Entry) -> bool:
    """True where the quoted sentence or the headline of some report names the place; else it is taken from the rest of
    the article or from where the outlet is at home."""
    return any(_names_place(entry, item) for item in entry.evidence)


def _years_back(entry: Entry) -> float:
    """How long before the first report the step lies, in years; 0 for one to come."""
    return max(0, (first_told(entry) - span(entry)[0]).days) / 365 if entry.evidence else 0.0


def _by_encoder(entry: Entry) -> bool:
    return all(item.finding.witness is Witness.ENCODER for item in entry.evidence)


def _is_at(stage: Stage) -> Callable[[Entry], float]:
    return lambda entry: entry.stage is stage


FEATURES: dict[str, Callable[[Entry], float]] = {
    "score": _score,
    "reports": lambda entry: log(max(1, _reports(entry))),
    "agreeing": lambda entry: log1p(_agreeing(entry)),
    "differing": lambda entry: DATE not in entry.locked and bool(other_dates(entry)),
    "relative": lambda entry: _basis(entry) is Basis.RELATIVE,
    "no date": lambda entry: DATE not in entry.locked and entry.basis is Basis.REPORTED,
    "coarse": lambda entry: DATE not in entry.locked and entry.date is not None and entry.date.precision != "day",
    "other places": lambda entry: PLACE not in entry.locked and bool(entry.candidates),
    "place named": lambda entry: PLACE in entry.locked or names_place(entry),
    "read alike": read_alike,
    "model alone": lambda entry: one_sided(entry) is not None and not _by_encoder(entry),
    "encoder alone": lambda entry: one_sided(entry) is not None and _by_encoder(entry),
    "news": lambda entry: any(item.finding.primary for item in entry.evidence),
    "looking back": lambda entry: log1p(_years_back(entry)),
    **{str(stage): _is_at(stage) for stage in Stage if stage is not Stage.ADOPTED},
}
"""What an entry is judged by, each a number of about 0 to 5; adopted is the stage that the others are compared with."""


def features_of(entry: Entry) -> dict[str, float]:
    """Every feature of an entry by its name."""
    return {name: float(feature(entry)) for name, feature in FEATURES.items()}


def reasons(entry: Entry) -> tuple[str, ...]:
    """What an entry rests on, and what speaks against it, in the order of place in a sentence."""
    record = recorded_by(entry)
    said = [_recorded(entry, record) if record else _reported(entry), *_read(entry)]
    if against := denial(entry):
        said.append(f"{'put off' if is_put_off(against) else 'denied'} by a later report")
    if entry.score < DOUBTED:
        said.append("the program is unsure of its reading")
    if DATE in entry.locked:
        said.append("date set by a person")
    elif entry.basis is not Basis.STATED:
        said.append("date worked out" if entry.basis is Basis.RELATIVE else "no date given")
    asserted = {item.finding.date for item in entry.evidence if item.supports}
    if DATE not in entry.locked and (others := [day for day in other_dates(entry) if day in asserted]):
        said.append(f"reports also say {', '.join(day.in_words() for day in others)}")
    if PLACE not in entry.locked and not record:
        said += _about_place(entry)
    return tuple(said)


def _recorded(entry: Entry, record: Evidence) -> str:
    """Whose record it is, and how many reports stand beside it."""
    number, whose = _reports(entry), whose_record(record)
    return f"{whose} and {number} report{'' if number == 1 else 's'}" if number else whose


def _reported(entry: Entry) -> str:
    """How many reports, and how many outlets stand behind them: what one outlet says again, it says of itself."""
    number, outlets = _reports(entry), len({as_seen(outlet(item)).casefold() for item in entry.evidence})
    if number < 2:
        return "one report" if number else "no report"
    by = "one outlet" if outlets == 1 else f"{outlets} outlets"
    return f"{number} reports by {by}" if outlets < number else f"{number} independent reports"


def _read(entry: Entry) -> list[str]:
    """Whether two programs read it alike; that is one report all the same."""
    if read_alike(entry):
        return ["read alike by two programs"]
    return ["read so by one program of two"] if one_sided(entry) else []


def _about_place(entry: Entry) -> list[str]:
    if entry.candidates:
        count = len(entry.candidates)
        return [f"{count} other {'place' if count == 1 else 'places'} possible"]
    return [] if names_place(entry) or not entry.evidence else ["the quoted sentence does not name the place"]

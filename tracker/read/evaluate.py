"""How well the reader does on labelled articles, step by step: screen, detection, place, stage, date, topic, entry.

A label is an article record with `is_change`, `topic`, `topic_alt`? and `entries` of
`{primary, jurisdiction, stage, date}`, where a jurisdiction is an OCD id or `{name, kind, state}`. What counts as right
is what tests/eval/README.md says; dates agree when they are equal, and an act without a date may have the month of
publication. Intervals are 95 % Wilson intervals.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from math import sqrt
from typing import Any, Protocol

from pydantic import ValidationError

from tracker.errors import BadInput
from tracker.model import Article, Finding, Jurisdiction, Kind, Reading, first_wrong
from tracker.read.places.gazetteer import load
from tracker.read.places.place_names import fold
from tracker.read.screen import screen
from tracker.read.text.document import document

Z95 = 1.96
"""Standard deviations that hold 95 % of a normal distribution."""
WORST = 12
"""Errors shown; the rest is a matter for the labels themselves."""


@dataclass(slots=True)
class Proportion:
    """So many right of so many."""

    right: int = 0
    total: int = 0

    def count(self, right: bool) -> None:
        """Adds one case."""
        self.right += right
        self.total += 1

    @property
    def value(self) -> float:
        """The share, 0 where nothing was counted."""
        return self.right / self.total if self.total else 0.0

    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % score interval."""
        if not self.total:
            return 0.0, 1.0
        n, p = self.total, self.value
        middle = (p + Z95**2 / (2 * n)) / (1 + Z95**2 / n)
        half = Z95 * sqrt(p * (1 - p) / n + Z95**2 / (4 * n * n)) / (1 + Z95**2 / n)
        return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(slots=True)
class Counts:
    """True and false positives and misses, with the figures made of them."""

    hit: int = 0
    extra: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """The share of the found that is right."""
        return self.hit / (self.hit + self.extra) if self.hit + self.extra else 0.0

    @property
    def recall(self) -> float:
        """The share of the wanted that was found."""
        return self.hit / (self.hit + self.missed) if self.hit + self.missed else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.hit / (2 * self.hit + self.extra + self.missed) if self.hit else 0.0


@dataclass(slots=True)
class Evaluation:
    """All figures of one run and the articles that were read wrong."""

    screened: Proportion = field(default_factory=Proportion)
    detection: Counts = field(default_factory=Counts)
    alarms: Proportion = field(default_factory=Proportion)
    steps: dict[str, Proportion] = field(
        default_factory=lambda: {k: Proportion() for k in ("place", "stage", "date", "topic", "all three")}
    )
    entries: Counts = field(default_factory=Counts)
    undated: Counts = field(default_factory=Counts)
    sorts: dict[str, Proportion] = field(default_factory=lambda: {"effect": Proportion(), "direction": Proportion()})
    errors: list[tuple[float, str]] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """Name → value between 0 and 1: what the floors of tests/eval/baseline.json are set on."""
        found = {
            "screen_recall": self.screened.value,
            "article_precision": self.detection.precision,
            "article_recall": self.detection.recall,
            "article_f1": self.detection.f1,
            "false_alarms": self.alarms.value,
            **{f"primary_{name.replace(' ', '_')}": share.value for name, share in self.steps.items()},
            "entry_f1": self.entries.f1,
            "place_stage_f1": self.undated.f1,
            **{f"{name}_precision": share.value for name, share in self.sorts.items()},
        }
        return {name: round(value, 4) for name, value in found.items()}

    def lines(self) -> list[str]:
        """The figures as a table, then the worst errors."""
        out = [f"{self.screened.total} changes among {self.screened.total + self.alarms.total} articles", ""]
        out.append(_row("screen keeps changes", self.screened))
        d = self.detection
        out.append(f"{'detection':22} P {d.precision:.3f}  R {d.recall:.3f}  F1 {d.f1:.3f}")
        out.append(_row("false alarms", self.alarms))
        out += [_row(f"primary {name}", share) for name, share in self.steps.items()]
        for name, c in (("entry", self.entries), ("entry without date", self.undated)):
            out.append(f"{name:22} P {c.precision:.3f}  R {c.recall:.3f}  F1 {c.f1:.3f}")
        out += [_row(f"{name}, where told", share) for name, share in self.sorts.items()]
        worst = sorted(self.errors, key=lambda error: -error[0])[:WORST]
        return [*out, "", f"worst of {len(self.errors)} articles read wrong:", *(f"  {text}" for _, text in worst)]


def _row(name: str, share: Proportion) -> str:
    low, high = share.interval()
    return f"{name:22} {share.value:.3f}  ({low:.3f} to {high:.3f}; {share.right} of {share.total})"


class Reads(Protocol):
    """Whatever reads articles."""

    def read(self, article: Article) -> Reading:
        """What the article reports."""
        ...


def evaluate(lines: Iterable[str], reader: Reads) -> Evaluation:
    """Reads every labelled article and compares. A line that is no record is a BadInput naming its number."""
    result = Evaluation()
    for number, line in enumerate(lines, 1):
        if line.strip():
            record, article = _record(line, number)
            _compare(record, article, reader.read(article), result)
    return result


def _record(line: str, number: int) -> tuple[dict[str, Any], Article]:
    try:
        record = json.loads(line)
        article = Article.model_validate(record)
        record["is_change"], record["entries"], record["topic"]
    except ValidationError as error:
        why = first_wrong(error)
    except KeyError as error:
        why = f"`{error.args[0]}` is missing"
    except (ValueError, TypeError) as error:
        why = str(error)
    else:
        return record, article
    raise BadInput(f"line {number} is no labelled article: {why}")


def _compare(record: dict[str, Any], article: Article, reading: Reading, result: Evaluation) -> None:
    wrong: list[str] = []
    if record["is_change"]:
        result.screened.count(screen(document(article).read).passed)
    else:
        result.alarms.count(reading.is_change)
    _detection(record["is_change"], reading.is_change, result.detection)
    if record["is_change"] != reading.is_change:
        wrong.append("missed" if record["is_change"] else "false alarm")
    _entries(record, article, reading, result)
    _sorts(record, reading, result)
    if record["is_change"]:
        wrong += _primary(record, article, reading, result)
    if wrong:
        certainty = abs(reading.score - 0.5) + (1.0 if record["is_change"] != reading.is_change else 0.0)
        result.errors.append(
            (certainty, f"{record['id']}: {'; '.join(wrong)} — {article.title[:70]} ({reading.reason[:60]})")
        )


def _detection(labelled: bool, read: bool, counts: Counts) -> None:
    counts.hit += labelled and read
    counts.extra += read and not labelled
    counts.missed += labelled and not read


def _primary(record: dict[str, Any], article: Article, reading: Reading, result: Evaluation) -> list[str]:
    """Counts the four fields of the article's news; a missed article is wrong in all of them."""
    want = next(entry for entry in record["entries"] if entry.get("primary"))
    got = next((f for f in reading.findings if f.primary), None)
    right = {
        "place": got is not None and _same_place(want["jurisdiction"], got.jurisdiction),
        "stage": got is not None and got.stage == want["stage"],
        "date": got is not None and told_day(got.date, article) == told_day(want["date"], article),
        "topic": got is not None and got.topic in {record["topic"], *(record.get("topic_alt") or ())},
    }
    for name, holds in right.items():
        result.steps[name].count(holds)
    result.steps["all three"].count(right["place"] and right["stage"] and right["date"])
    if got is None:
        return []
    shown = {"place": got.jurisdiction_name, "stage": got.stage, "date": str(got.date), "topic": got.topic}
    return [f"{name} {shown[name]}" for name, holds in right.items() if not holds]


def _entries(record: dict[str, Any], article: Article, reading: Reading, result: Evaluation) -> None:
    for dated, counts in ((True, result.entries), (False, result.undated)):
        want = {
            (one_of_name(place_id(e["jurisdiction"])), e["stage"], told_day(e["date"], article) if dated else "")
            for e in record["entries"]
        }
        got = {(_known(f), str(f.stage), told_day(f.date, article) if dated else "") for f in reading.findings}
        counts.hit += len(want & got)
        counts.extra += len(got - want)
        counts.missed += len(want - got)


def _sorts(record: dict[str, Any], reading: Reading, result: Evaluation) -> None:
    """Effect and direction of the findings whose place and stage a labelled entry has, where both tell them."""
    for found in reading.findings:
        for entry in record["entries"]:
            if entry["stage"] == found.stage and _same_place(entry["jurisdiction"], found.jurisdiction):
                for name, told in (("effect", found.effect), ("direction", found.direction)):
                    if told and entry.get("effect"):
                        result.sorts[name].count(told == entry.get(name))
                break


def same_day(a: object, b: object, article: Article) -> bool:
    """True where two dates are equal; no date and the month of publication are the same."""
    return told_day(a, article) == told_day(b, article)


def told_day(when: object, article: Article) -> str:
    """The date as text; no date and the month of publication are the same."""
    text = str(when) if when else ""
    return "" if text == article.published.isoformat()[:7] else text


def _known(found: Finding) -> str:
    return one_of_name(found.jurisdiction) if found.jurisdiction and load().get(found.jurisdiction) else ""


def _same_place(label: Any, ocd_id: str | None) -> bool:
    known = load().get(ocd_id) if ocd_id else None
    return known is not None and one_of_name(known.id) == one_of_name(place_id(label))


def one_of_name(ocd_id: str) -> str:
    """Of the townships of one name in a state the first: a label has the name alone and cannot tell them apart."""
    place = load().get(ocd_id)
    if place is None:
        return ocd_id
    return _named(place.name, place.kind, place.state) if place.kind is Kind.TOWNSHIP else place.id


def place_id(label: Any) -> str:
    """The OCD id of a label; one that the gazetteer lacks stays as it is and never matches."""
    if isinstance(label, str):
        known = load().get(label)
        return known.id if known else label
    return _named(label["name"], label["kind"], label["state"])


@cache
def _named(name: str, kind: str, state: str) -> str:
    if kind == "state":
        return load().state(state).id
    spellings = (
        [name]
        if kind != "county" or "county" in name.lower() or "parish" in name.lower()
        else [f"{name} County", f"{name} Parish", name]
    )
    found = [place for spelling in spellings for place in load().named(spelling) if _may_be(place, state)]
    found.sort(key=lambda place: not _is_kind(place, kind))
    return found[0].id if found else f"{fold(name)}, {state}"


def _may_be(place: Jurisdiction, state: str) -> bool:
    """Of the state, and not the state itself: "New York" is a city."""
    return place.state == state and place.kind is not Kind.STATE


def _is_kind(place: Jurisdiction, kind: str) -> bool:
    return (place.kind == "county") == (kind == "county")

"""Fits the thresholds to the part for choosing, so that a chance of 0.8 is right in 80 of 100, and draws that."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pygal

from tracker.model import Article
from tracker.read.decode import NO_STEP, Event, candidates, decode, events
from tracker.read.direction import leads
from tracker.read.evaluate import place_id, same_day, told_day
from tracker.read.mentions import Mentions, mentions
from tracker.read.scorer import DIRECTIONS, STAGES, Scorer, Scores, StepScores
from tracker.read.text.document import Document, document
from tracker.read.thresholds import Thresholds
from tracker.read.training.corpus import Record
from tracker.read.training.examples import article_of, example

PENALTY = 1.0
"""Of the squared weights: a few hundred articles are few."""
FALSE_ALARMS = 0.075
"""Share of the articles without a change that may be read as one; on articles that chose nothing it is higher."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A labelled article with its scores."""

    record: Record
    document: Document
    mentions: Mentions
    scores: Scores


def fitted(found: Sequence[Scored]) -> Thresholds:
    """The thresholds that serve these articles best."""
    by = replace(Thresholds(), step_weights=_logistic(*_steps(found)))  # type: ignore[arg-type]
    by = replace(by, considered=-3.0)
    by = replace(by, part_weights=_logistic(*_parts(found)))  # type: ignore[arg-type]
    by = replace(by, change_weights=_logistic(*_changes(found, by)))  # type: ignore[arg-type]
    by = replace(by, sure_weights=_logistic(*_right(found, by)))  # type: ignore[arg-type]
    by = replace(by, accept=_accept(found, by))
    by = replace(by, news_weights=_news(found, by))
    by = replace(by, keep=_keep(found, by))
    return replace(by, **_told(found, by))


def _logistic(rows: list[list[float]], right: list[bool]) -> tuple[float, ...]:
    """Logistic regression with a constant, by Newton's method; the constant is not penalised."""
    x = np.column_stack([np.ones(len(rows)), np.array(rows)])
    y, weights = np.array(right, float), np.zeros(x.shape[1])
    penalty = np.diag([0.0] + [PENALTY] * (x.shape[1] - 1))
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        gradient = x.T @ (p - y) + penalty @ weights
        weights = weights - np.linalg.solve(
            (x * (p * (1 - p))[:, None]).T @ x + penalty + 1e-9 * np.eye(x.shape[1]), gradient
        )
    return tuple(round(float(weight), 4) for weight in weights)


def _steps(found: Sequence[Scored]) -> tuple[list[list[float]], list[bool]]:
    rows, right = [], []
    for each in found:
        if not each.record["is_change"]:
            continue
        labelled = example(each.record).steps
        for step in _wholes(each):
            wanted = {told.stage for told in labelled.get(step.unit, ())}
            for number in range(len(STAGES)):
                rows.append([float(each.scores.stage[step.unit, number]), float(step.stage[number])])
                right.append(number in wanted)
    return rows, right


def _parts(found: Sequence[Scored]) -> tuple[list[list[float]], list[bool]]:
    """What parts of sentences say. Of all parts: those alone of which the whole tells nothing are too few."""
    rows, right = [], []
    for each in found:
        if not each.record["is_change"]:
            continue
        made = example(each.record)
        for step in each.scores.steps:
            here, open_to = made.steps_in(step.unit, step.part)
            told = {of.stage for of in here}
            for number in range(len(STAGES)):
                if step.part and (number in told or number not in open_to):
                    rows.append([float(each.scores.stage[step.unit, number]), float(step.stage[number])])
                    right.append(number in told)
    return rows, right


def _wholes(each: Scored) -> list[StepScores]:
    return [step for step in each.scores.steps if not step.part]


def _changes(found: Sequence[Scored], by: Thresholds) -> tuple[list[list[float]], list[bool]]:
    rows = []
    for each in found:
        events = list(candidates(each.scores, each.mentions, each.document.read.published, by))
        rows.append([each.scores.change, max((event.step for event in events), default=NO_STEP)])
    return rows, [bool(each.record["is_change"]) for each in found]


def _right(found: Sequence[Scored], by: Thresholds) -> tuple[list[list[float]], list[bool]]:
    rows, right = [], []
    for each in found:
        if each.record["is_change"]:
            for event in events_of(each, by):
                rows.append([event.step, event.place_odds, event.date_odds])
                right.append(is_right(event, each.record, each.document.read))
    return rows, right


def events_of(each: Scored, by: Thresholds) -> list[Event]:
    return events(each.scores, each.mentions, each.document.read.published, by)


def is_right(event: Event, record: Record, article: Article) -> bool:
    return any(
        place_id(entry["jurisdiction"]) == event.place.id
        and entry["stage"] == event.stage
        and same_day(entry["date"], event.date, article)
        for entry in record["entries"]
    )


def _accept(found: Sequence[Scored], by: Thresholds) -> float:
    """The threshold of the best article F1 among those with few enough false alarms."""
    chances = np.array([_decided(each, by).chance for each in found])
    labels = np.array([bool(each.record["is_change"]) for each in found])
    best = (0.0, 0.5)
    for threshold in np.arange(0.2, 0.95, 0.01):
        told = chances >= threshold
        f1 = 2 * (told & labels).sum() / max(1, told.sum() + labels.sum())
        if (told & ~labels).sum() <= FALSE_ALARMS * (~labels).sum():
            best = max(best, (float(f1), float(threshold)))
    return round(best[1], 3)


def _news(found: Sequence[Scored], by: Thresholds) -> tuple[float, float]:
    """How first sight and the marked sentence weigh for the news: the share that puts most of it right, alike where
    nothing is better. Neither may decide alone: on the part for choosing that looks no worse, on long articles it is."""
    shares = [(0.5, 0.5), (0.7, 0.3), (0.3, 0.7)]

    def right(weights: tuple[float, float]) -> int:
        return sum(
            _news_right(each, replace(by, news_weights=weights, accept=0.0))
            for each in found
            if each.record["is_change"]
        )

    return max(shares, key=right)


def _news_right(each: Scored, by: Thresholds) -> bool:
    events = _decided(each, by).events
    news = [entry for entry in each.record["entries"] if entry.get("primary")]
    return bool(events) and is_right(events[0], {"entries": news}, each.document.read)


def _keep(found: Sequence[Scored], by: Thresholds) -> float:
    """The threshold of the best entry F1."""
    return max(
        (round(float(t), 3) for t in np.arange(0.1, 0.8, 0.02)), key=lambda t: entry_f1(found, replace(by, keep=t))
    )


def entry_f1(found: Sequence[Scored], by: Thresholds) -> float:
    hit = told = wanted = 0
    for each in found:
        article = each.document.read
        labels = {
            (place_id(e["jurisdiction"]), e["stage"], told_day(e["date"], article))
            for e in each.record["entries"] or []
        }
        read = {(e.place.id, str(e.stage), told_day(e.date, article)) for e in _decided(each, by).events}
        hit, told, wanted = hit + len(labels & read), told + len(read), wanted + len(labels)
    return 2 * hit / max(1, told + wanted)


def _decided(each: Scored, by: Thresholds) -> Any:
    return decode(each.scores, each.mentions, each.document.read.published, by)


PRECISE, LEAST_TOLD = 0.92, 10
"""Of effects and directions that are told; on articles that chose nothing it is less: 0.85 is asked of them. A share of fewer cases
says nothing."""


def _told(found: Sequence[Scored], by: Thresholds) -> dict[str, float]:
    """The least probabilities from which effect and direction are right in PRECISE."""
    cases: dict[str, list[tuple[float, bool]]] = {"effect": [], "direction": []}
    for each in found:
        labelled = example(each.record).steps if each.record["is_change"] else {}
        for step in _wholes(each):
            for told in labelled.get(step.unit, ()):
                for name, table, wanted in (
                    ("effect", step.effect, told.effect), ("direction", step.direction, told.direction),
                ):  # fmt: skip
                    best = int(table[told.stage].argmax())
                    if wanted is not None and (name == "effect" or _agreed(each, step, told.stage, best)):
                        cases[name].append((float(table[told.stage].max()), best == wanted))
    return {name: _least(told) for name, told in cases.items()}


def _agreed(each: Scored, step: StepScores, stage: int, best: int) -> bool:
    """True where the words of the step lead the way that the encoder tells, if it tells one."""
    direction, said, seen = DIRECTIONS[best], each.mentions.units[step.unit], each.document.read
    if direction is None or said is None:
        return False
    return leads(direction, each.record["topic"], STAGES[stage], seen.title, said.text, seen.text)


def _least(cases: list[tuple[float, bool]]) -> float:
    for threshold in np.arange(0.3, 0.99, 0.01):
        told = [right for chance, right in cases if chance >= threshold]
        if len(told) >= LEAST_TOLD and np.mean(told) >= PRECISE:
            return round(float(threshold), 3)
    return 0.99


def scored(records: Sequence[Record], scorer: Scorer, places: Any) -> list[Scored]:
    found = []
    for record in records:
        seen = document(article_of(record))
        named = mentions(seen, places)
        found.append(Scored(record, seen, named, scorer.score(seen, named)))
    return found


def reliability(found: Sequence[Scored], by: Thresholds, bins: int = 10) -> list[tuple[float, float, int]]:
    """(mean chance, share right, count) of the events told, by tenths of their chance."""
    cases = [
        (event.sure, is_right(event, each.record, each.document.read))
        for each in found
        for event in _decided(each, by).events
    ]
    told = []
    for low in np.arange(0, 1, 1 / bins):
        inside = [case for case in cases if low <= case[0] < low + 1 / bins]
        if inside:
            told.append((float(np.mean([c for c, _ in inside])), float(np.mean([r for _, r in inside])), len(inside)))
    return told


def write(by: Thresholds, path: Path) -> None:
    path.write_text(json.dumps(asdict(by), indent=1) + "\n", "utf-8")


def draw(found: Sequence[Scored], by: Thresholds, path: Path) -> list[tuple[float, float, int]]:
    """The reliability plot: of the entries told with a chance, how many are right. Gives its points."""
    points = reliability(found, by)
    plot = pygal.XY(title="Of the entries told with this chance, how many are right", show_legend=True, range=(0, 1))
    plot.add("as it should be", [(0, 0), (1, 1)], dots_size=0)
    plot.add("part for choosing", [(chance, right) for chance, right, _ in points])
    path.write_bytes(plot.render())
    return points

"""Labelled entries as perfect findings: what a reader would say that makes no mistake, in the words of the article."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tracker.characters import as_seen
from tracker.model import Article, Basis, Evidence, Factuality, Finding, Stage
from tracker.partial_date import PartialDate
from tracker.read.dates.date_changes import gives_up, says_moved
from tracker.read.evaluate import place_id
from tracker.read.findings import moving_starts, subject
from tracker.read.instruments import identifier
from tracker.read.mentions import Span
from tracker.read.places.gazetteer import load
from tracker.read.qualifiers import qualifiers
from tracker.read.version import READER_VERSION

Record = dict[str, Any]
_STATED = re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\b|\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A labelled entry, with its record, as evidence."""

    record: Record
    entry: Record
    evidence: Evidence


def records(path: Path) -> list[Record]:
    """The records of a file, one a line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def labelled(found: Iterable[Record]) -> Iterator[Labelled]:
    """All entries of labelled records, those of one article in their order."""
    for record in found:
        article = Article.model_validate(record)
        told = [_evidence(record, entry, article) for entry in record["entries"]]
        whole = moving_starts(item.finding for item in told)
        for entry, item, finding in zip(record["entries"], told, whole, strict=True):
            yield Labelled(record, entry, item.model_copy(update={"finding": finding}))


def _evidence(record: Record, entry: Record, article: Article) -> Evidence:
    finding = _finding(record, entry, article)
    return Evidence(
        finding=finding, url=article.url, title=article.title, publisher=article.publisher, published=article.published,
        report=article.url, reader_version=READER_VERSION,
    )  # fmt: skip


def _finding(record: Record, entry: Record, article: Article) -> Finding:
    span, quote = _proof(article, entry["quote"])
    told, basis = _date(entry, article)
    stage, instrument = Stage(entry["stage"]), entry["instrument"] or ""
    place = load().get(place_id(entry["jurisdiction"]))
    moved = says_moved(stage, as_seen(quote), told)
    return Finding(
        jurisdiction=place.id if place else None,
        jurisdiction_name=place.name if place else entry["jurisdiction"]["name"],
        body=entry["body"] or "",
        instrument=instrument,
        identifier=identifier(quote) or identifier(instrument),
        topic=record["topic"],
        subject=subject(quote, instrument, article, place) if place else "",
        stage=stage,
        date=told,
        basis=basis,
        moved=moved,
        factuality=Factuality.POSTPONED if moved and gives_up(as_seen(quote), told) else Factuality.ASSERTED,
        qualifiers=qualifiers(as_seen(quote), article.title),
        effect=entry.get("effect"),
        direction=entry.get("direction"),
        quote=quote,
        start=0 if span.in_title else span.start,
        end=len(quote) if span.in_title else span.end,
        score=1.0,
        primary=entry["primary"],
    )


def _proof(article: Article, quote: str) -> tuple[Span, str]:
    """Where the proving words stand; those of a headline count as the beginning of the text."""
    at = article.text.find(quote)
    in_title = at < 0
    at = max(0, article.title.find(quote)) if in_title else at
    return Span(in_title, at, at + len(quote)), quote


def _date(entry: Record, article: Article) -> tuple[PartialDate, Basis]:
    """The date as the article tells it; the month of publication where it tells none."""
    words, month = entry.get("date_quote"), PartialDate.of(article.published).to_month()
    if not entry["date"] or (not words and entry["date"] == str(month)):
        return month, Basis.REPORTED
    stated = words and _STATED.search(words)
    return PartialDate.parse(entry["date"]), Basis.STATED if stated else Basis.RELATIVE

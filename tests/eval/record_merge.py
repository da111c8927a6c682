"""Whether records and news of one step come into one entry: the labelled stories of `councils/`, read and merged.

usage: uv run python tests/eval/record_merge.py [--part dev|kept] [--perfect] [--show]

--perfect   the articles as a reader would read them that makes no mistake
--show      each step that is not joined, and each report that is joined wrongly

A step is joined where the entry of its record holds a report of it. Joined wrongly is a report that no label counts to
the step: what the labels keep apart, a finding of another step, or one of none.
"""

import argparse
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from labelled_entries import readings

from tracker.gather.sources.legistar import actions, matters
from tracker.model import Article, Basis, Entry, Evidence, Finding, Reading, Stage
from tracker.partial_date import PartialDate
from tracker.read.findings import subject
from tracker.read.instruments import identifier
from tracker.read.places.gazetteer import load
from tracker.read.records.findings import Council, read_matter
from tracker.read.records.steps import read_history
from tracker.timeline.merging.merge import merge

FOLDER = Path(__file__).parent / "councils"
PARTS = ("dev", "kept")
AROUND = 300
"""Characters before and behind a labelled sentence that a perfect reader shows with it."""
Row = dict[str, Any]


def rows(name: str, part: str) -> list[Row]:
    """The rows of one part of a file."""
    lines = (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines()
    return [row for row in map(json.loads, lines) if row["part"] == part]


def records(part: str) -> Iterator[Evidence]:
    """What the records of the stories say, as recording them does."""
    topics = {(row["client"], row["matter"]): row["topic"] for row in rows("steps", part)}
    for row in rows("matters", part):
        (matter,) = matters([row["matter"]])
        place = load().get(row["home"])
        assert place
        council = Council(place, f"https://webapi.legistar.com/v1/{row['client']}")
        topic = topics.get((row["client"], matter.id), "other")
        for told in read_matter(council, matter, topic, read_history(actions(row["histories"]))):
            record = told.record
            yield from (
                Evidence(
                    finding=finding, url=record.url, title=record.title, publisher=record.publisher,
                    published=record.published, report=record.url, kind=record.kind, matter=record.matter,
                    record=record.record,
                )
                for finding in told.findings
            )  # fmt: skip


def reports(part: str, read: Mapping[str, Sequence[Finding]]) -> Iterator[Evidence]:
    """What the articles say; `read` are their findings by the address."""
    for row in rows("articles", part):
        article = Article.model_validate(row)
        for finding in read[article.url]:
            yield Evidence(
                finding=finding, url=article.url, title=article.title, publisher=article.publisher,
                published=article.published, report=article.url,
            )  # fmt: skip


def perfect(part: str) -> dict[str, list[Finding]]:
    """The labelled sentences as findings, by the address of their article."""
    articles = {row["id"]: Article.model_validate(row) for row in rows("articles", part)}
    found: dict[str, list[Finding]] = {article.url: [] for article in articles.values()}
    for step in rows("steps", part):
        for proof in step["articles"]:
            article = articles[proof["id"]]
            found[article.url].append(_perfect(step, proof, article))
    return found


def _perfect(step: Row, proof: Row, article: Article) -> Finding:
    place, quote = load().get(step["jurisdiction"]), proof["quote"]
    assert place
    start = article.text.find(quote)
    end, month = start + len(quote), PartialDate.of(article.published).to_month()
    basis = Basis.REPORTED if not proof["date"] else Basis.RELATIVE if "day" in proof["date_quote"] else Basis.STATED
    return Finding(
        jurisdiction=place.id, jurisdiction_name=place.name, identifier=identifier(quote), topic=step["topic"],
        subject=subject(quote, "", article, place), stage=Stage(step["stage"]),
        date=PartialDate.parse(proof["date"]) if proof["date"] else month, basis=basis, quote=quote, start=start,
        end=end,
        before=article.text[max(0, start - AROUND) : start], after=article.text[end : end + AROUND], score=1.0,
        primary=start < len(article.text) // 3,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Joined:
    """How many steps both tell, how many of these are joined; what is not, and what is joined wrongly, in words."""

    both: int = 0
    joined: int = 0
    lacking: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def judged(entries: Iterable[Entry], part: str) -> Joined:
    """What became of the steps of a part."""
    steps = rows("steps", part)
    urls = {row["id"]: row["url"] for row in rows("articles", part)}
    holders = {
        (item.url.partition("//")[2].partition(".")[0], item.record): entry
        for entry in entries
        for item in entry.evidence
        if item.is_record
    }
    both = [step for step in steps if step["matter"] and step["articles"]]
    told = {step["id"]: {urls[proof["id"]] for proof in step["articles"]} for step in steps}
    lacking, wrong = list[str](), list[str]()
    for step in (step for step in steps if step["matter"]):
        entry = holders.get((step["client"], str(step["history"])))
        news = [item for item in entry.evidence if not item.is_record] if entry else []
        if step in both and not any(item.url in told[step["id"]] for item in news):
            lacking.append(f"{step['id']} {step['date']}{'' if entry else ': no such record'}")
        wrong += [f"{step['id']} {step['date']} ← {_shown(item)}" for item in news if item.url not in told[step["id"]]]
    return Joined(len(both), len(both) - len(lacking), lacking, wrong)


def _shown(item: Evidence) -> str:
    told = item.finding
    return f"{item.url.rsplit('/', 1)[-1]} {told.stage.value} {told.date}: {told.said[:120]}"


def merged(evidence: Iterable[Evidence]) -> list[Entry]:
    """The entries of an empty timeline."""
    return [action.entry for action in merge([], evidence).actions]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=PARTS, default="dev")
    parser.add_argument("--perfect", action="store_true")
    parser.add_argument("--show", action="store_true")
    args = parser.parse_args()
    if args.perfect:
        found = perfect(args.part)
    else:
        read: dict[str, Reading] = readings(rows("articles", args.part))
        found = {url: list(reading.findings) for url, reading in read.items()}
    entries = merged([*records(args.part), *reports(args.part, found)])
    made = judged(entries, args.part)
    print(f"{made.joined} of {made.both} steps told by both joined, {len(made.wrong)} reports joined wrongly")
    if args.show:
        print(*(f"  apart: {line}" for line in made.lacking), sep="\n")
        print(*(f"  wrong: {line}" for line in made.wrong), sep="\n")


if __name__ == "__main__":
    main()

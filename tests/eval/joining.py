"""Do a council's record and the news of one step come into one entry, and only these? On the stories of `councils/`.

usage: uv run python tests/eval/joining.py [--part dev|kept] [--perfect] [--foreign N] [--errors]

The rows of each matter are read by the table of actions, the articles by the reader, and all of a part are merged
together, since what must stay apart is of the same place. A step is *joined* where the entry with its row has an
article that tells it. An entry is *wrong* where it has the rows of two steps, or beside a row an article that must
stay apart from it, or one of another story that does not tell its step.

--perfect  the articles' labelled sentences in place of what the reader finds: what the merge alone makes of them
--foreign N  so many changes of other councils beside each step, as if they were voted on on its day (`--seed`: which)
--errors   which steps are not joined and which entries are wrong; never of `kept`
"""

import argparse
import random
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from labelled_entries import readings
from perfect import Record, labelled, records

from tracker.gather.sources import legistar
from tracker.model import Article, Entry, Evidence, EvidenceKind, Finding
from tracker.read.places.gazetteer import load
from tracker.read.records.findings import Council, read_matter, row_of_step
from tracker.read.records.steps import read_history
from tracker.read.version import READER_VERSION
from tracker.timeline.merging.merge import merge
from tracker.timeline.merging.passages import WORTH, passages
from tracker.timeline.same_file import FileWords, words_of_file
from tracker.timeline.vocabulary import shared

FOLDER = Path(__file__).parent / "councils"
ALIKE = 0.4
"""Two files that share so much may be on one thing, in two cities: no pair of them is used."""
FOREIGN = "foreign "
HistoryKey = tuple[str, str]
"""A client and the id of a row of a history."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The labelled records of one part."""

    matters: tuple[Record, ...]
    articles: tuple[Record, ...]
    steps: tuple[Record, ...]
    apart: tuple[Record, ...]

    def both(self) -> list[Record]:
        """The steps that a record and an article tell."""
        return [step for step in self.steps if step["matter"] and step["articles"]]


@dataclass(frozen=True, slots=True)
class Joining:
    """What came of the steps that both tell; `whole`: joined with all articles that tell it. Of those not joined by id:
    `unrecorded`: the table of actions gives no such step; `unread`: no article gave a finding of its place and stage in
    the sentence that tells it; `apart`: the others. `wrong`: entries that hold what must stay apart, each with why."""

    steps: int
    joined: int
    whole: int
    unrecorded: tuple[str, ...]
    unread: tuple[str, ...]
    apart: tuple[str, ...]
    wrong: tuple[str, ...]


def labels(part: str) -> Labels:
    """Those of a part: dev or kept."""
    files = (records(FOLDER / f"{name}.jsonl") for name in ("matters", "articles", "steps", "apart"))
    return Labels(*(tuple(record for record in file if record["part"] == part) for file in files))


def rows(known: Labels) -> Iterator[tuple[HistoryKey, Evidence]]:
    """What the matters' histories say, each row as evidence. The topic is the labelled one; a matter without a labelled
    step does not count."""
    topics = {(step["client"], step["matter"]): step["topic"] for step in known.steps}
    for record in known.matters:
        (matter,) = legistar.matters([record["matter"]])
        place = load().get(record["home"])
        assert place is not None, record["home"]
        council = Council(place, f"https://{legistar.HOST}/v1/{record['client']}")
        topic = topics.get((record["client"], matter.id))
        if topic is None:
            continue
        history = read_history(legistar.actions(record["histories"]))
        action = {row_of_step(matter, step): str(step.action.id) for step in history.steps}
        for read in read_matter(council, matter, topic, history):
            (said,) = read.findings
            yield (record["client"], action[read.record.record]), Evidence(
                finding=said, url=read.record.url, title=read.record.title, publisher=read.record.publisher,
                published=read.record.published, report=read.record.url, kind=EvidenceKind.RECORD,
                matter=read.record.matter, record=read.record.record,
            )  # fmt: skip


def reports(known: Labels) -> list[Evidence]:
    """What the reader finds in the articles."""
    read = readings(known.articles)
    return [
        Evidence(
            finding=finding, url=article.url, title=article.title, publisher=article.publisher,
            published=article.published, report=article.url, reader_version=READER_VERSION,
        )
        for article in map(Article.model_validate, known.articles)
        for finding in read[article.url].findings
    ]  # fmt: skip


def perfect_reports(known: Labels) -> list[Evidence]:
    """What a reader would find that makes no mistake: the labelled sentences, one that is told twice once."""
    entries: dict[str, list[Record]] = defaultdict(list)
    for step in known.steps:
        for proof in step["articles"]:
            entries[proof["id"]].append(_entry(step, proof, primary=not entries[proof["id"]]))
    told = [
        {**article, "topic": entries[article["id"]][0]["topic"], "entries": entries[article["id"]]}
        for article in known.articles
        if entries[article["id"]]
    ]
    return [
        one.evidence.model_copy(
            update={"finding": one.evidence.finding.model_copy(update={"topic": one.entry["topic"]})}
        )
        for one in labelled(told)
    ]


def _entry(step: Record, proof: Record, *, primary: bool) -> Record:
    named = {name: step[name] for name in ("jurisdiction", "stage", "topic")}
    words = {name: proof[name] for name in ("quote", "date_quote", "date")}
    return {**named, **words, "body": "", "instrument": "", "effect": None, "direction": None, "primary": primary}


def strangers() -> list[Record]:
    """The changes of councils of which nothing is told in the stories."""
    found = records(FOLDER.parent / "matters.jsonl")
    return [matter for matter in found if matter["is_change"] and not matter["doubt"]]


def as_record(row: Record, like: Evidence) -> Evidence:
    """A labelled matter as if it were a record of the same place."""
    quote, told, name = f"Passed\n\n{row['title']}", like.finding, f"{FOREIGN}{row['id']}"
    finding = Finding(
        **told.model_dump(include={"jurisdiction", "jurisdiction_name", "stage", "date", "basis"}), identifier=name,
        topic=row["topic"], quote=quote, start=0, end=len(quote), after=row["summary"], score=1.0, witness=told.witness,
    )  # fmt: skip
    return like.model_copy(
        update={
            "finding": finding,
            "title": row["name"] or row["title"],
            "kind": EvidenceKind.RECORD,
            "matter": row["id"],
            "record": name,
            "url": f"{like.url}-{row['id']}",
            "report": f"{like.url}-{row['id']}",
        }
    )


def are_alike(one: FileWords, other: FileWords) -> bool:
    return max(shared(one.whole, 1, other.whole, 1), shared(one.name, 1, other.name, 1)) > ALIKE


def told_beside(known: Labels, news: Iterable[Evidence], beside: Collection[Evidence]) -> Iterator[Evidence]:
    """The passages of the articles, given the records that stand beside them, as recording finds them."""
    read = readings(known.articles)
    places = defaultdict(set)
    for item in news:
        places[item.url].add(item.finding.jurisdiction)
    for article in map(Article.model_validate, known.articles):
        if read[article.url].score < WORTH:
            continue
        home = load().parse_home(article.source_home) if article.source_home else None
        for place in {*places[article.url], home.id if home else None}:
            for finding in passages(article, place, beside) if place else ():
                yield Evidence(
                    finding=finding, url=article.url, title=article.title, publisher=article.publisher,
                    published=article.published, report=article.url, reader_version=READER_VERSION,
                )  # fmt: skip


def foreign(known: Labels, number: int, seed: int = 0) -> Iterator[tuple[HistoryKey, Evidence]]:
    """So many changes of other councils beside each step of both, as if they were voted on there on the same day; none
    that may be on the same thing."""
    by_row, found = dict(rows(known)), strangers()
    own = defaultdict(list)
    for item in by_row.values():
        own[item.finding.jurisdiction].append(words_of_file(item))
    for step in known.both():
        like = by_row[_key(step)]
        files = own[like.finding.jurisdiction]
        others = [as_record(row, like) for row in random.Random(f"{step['id']} {seed}").sample(found, 4 * number)]
        others = [one for one in others if not any(are_alike(words_of_file(one), file) for file in files)]
        yield from (((step["id"], one.record), one) for one in others[:number])


def measured(known: Labels, news: Iterable[Evidence], beside: Iterable[tuple[HistoryKey, Evidence]] = ()) -> Joining:
    """The entries of rows and reports against the labels; `beside`: rows of other files, which no article tells."""
    news, by_row = list(news), dict(rows(known)) | dict(beside)
    entries = [action.entry for action in merge([], [*by_row.values(), *news]).actions]
    held = {(item.url, item.record): entry for entry in entries for item in entry.evidence if item.record}
    entry_of = {key: held.get((item.url, item.record)) for key, item in by_row.items()}
    url = {article["id"]: article["url"] for article in known.articles}
    steps = known.both()
    shared = [_shared(step, entry_of, url) for step in steps]
    without = [step for step, found in zip(steps, shared, strict=True) if not found]
    why = {step["id"]: _why_apart(step, by_row, news, url) for step in without}
    return Joining(
        len(steps),
        len(steps) - len(without),
        sum(found == {proof["id"] for proof in step["articles"]} for step, found in zip(steps, shared, strict=True)),
        *(
            tuple(name for name, reason in why.items() if reason == field)
            for field in ("unrecorded", "unread", "apart")
        ),
        tuple(_wrong(known, entry_of, url)),
    )


def _why_apart(
    step: Record, by_row: Mapping[HistoryKey, Evidence], news: Iterable[Evidence], url: Mapping[str, str]
) -> str:
    said = by_row.get(_key(step))
    if said is None or said.finding.stage != step["stage"]:
        return "unrecorded"
    return "apart" if _is_read(step, news, url) else "unread"


def _key(step: Record) -> HistoryKey:
    return step["client"], str(step["history"])


def _shared(step: Record, entry_of: Mapping[HistoryKey, Entry | None], url: Mapping[str, str]) -> set[str]:
    """The articles that tell the step and are in the entry of its row."""
    entry = entry_of.get(_key(step))
    urls = {item.url for item in entry.evidence} if entry else set()
    return {proof["id"] for proof in step["articles"] if url[proof["id"]] in urls}


def _is_read(step: Record, news: Iterable[Evidence], url: Mapping[str, str]) -> bool:
    """True where an article gave a finding of the step's place and stage in the sentence that tells it."""
    quotes = {url[proof["id"]]: proof["quote"] for proof in step["articles"]}
    stages = {step["stage"], *step.get("stage_alt", ())}
    return any(
        item.url in quotes
        and item.finding.jurisdiction == step["jurisdiction"]
        and item.finding.stage in stages
        and (quotes[item.url] in item.finding.quote or item.finding.quote in quotes[item.url])
        for item in news
    )


def _wrong(known: Labels, entry_of: Mapping[HistoryKey, Entry | None], url: Mapping[str, str]) -> Iterator[str]:
    """Why each wrong entry is wrong, in one line."""
    of_row = {_key(step): step for step in known.steps if step["matter"]}
    mixed: dict[str, set[str]] = defaultdict(set)
    for key, step in of_row.items():
        entry = entry_of.get(key)
        if entry is None:
            continue
        others = [other for row, other in of_row.items() if row != key and entry_of.get(row) == entry]
        mixed[entry.id] |= {f"{step['id']} with {other['id']}" for other in others if step["id"] < other["id"]}
        urls = {item.url for item in entry.evidence}
        mixed[entry.id] |= {f"{step['id']} with {article}" for article in _foreign(known, step) if url[article] in urls}
    for reasons in mixed.values():
        if reasons:
            yield "; ".join(sorted(reasons))
    yield from _with_foreign(entry_of, set(url.values()))


def _with_foreign(entry_of: Mapping[HistoryKey, Entry | None], news: Collection[str]) -> Iterator[str]:
    """Why each entry with a row of another file is wrong: it has an article, or the row of another step."""
    for (step, name), entry in entry_of.items():
        if name.startswith(FOREIGN) and entry:
            others = sorted({item.url for item in entry.evidence if item.url in news or item.record != name})
            if others:
                yield f"{name} beside {step}: {entry.title} with {' '.join(others)}"


def _foreign(known: Labels, step: Record) -> set[str]:
    """The articles that must not stand beside a step's row: those labelled so, and those of other stories."""
    apart = {line["article"] for line in known.apart if line["step"] == step["id"] and line["article"]}
    tell = {proof["id"] for proof in step["articles"]}
    return apart | {one["id"] for one in known.articles if one["story"] != step["story"] and one["id"] not in tell}


def main() -> None:
    """Prints the counts of a part."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=("dev", "kept"), default="dev")
    parser.add_argument("--perfect", action="store_true")
    parser.add_argument("--foreign", type=int, default=0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--errors", action="store_true")
    options = parser.parse_args()
    if options.errors and options.part == "kept":
        parser.error("the part kept is never looked at; ask for --part dev")
    known = labels(options.part)
    news = perfect_reports(known) if options.perfect else reports(known)
    others = dict(foreign(known, options.foreign, options.seed))
    passages_told = told_beside(known, news, [*dict(rows(known)).values(), *others.values()])
    found = measured(known, [*news, *passages_told], others.items())
    print(f"{options.part}: of {found.steps} steps that record and news tell, {found.joined} joined,", end=" ")
    print(f"{found.whole} with every article; {len(found.wrong)} entries wrong")
    print(f"not joined: {len(found.unrecorded)} that the table of actions does not give,", end=" ")
    print(f"{len(found.unread)} that the reader did not find, {len(found.apart)} that were kept apart")
    if options.errors:
        for name in ("unrecorded", "unread", "apart", "wrong"):
            for line in getattr(found, name):
                print(f"  {name}: {line}")


if __name__ == "__main__":
    main()

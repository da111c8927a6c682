"""Builders of findings and evidence for the timeline's tests, and gold entries as evidence."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from hypothesis import strategies as st

from support.articles.labelled import EVAL
from tracker.characters import as_seen
from tracker.model import (
    Article,
    Basis,
    Entry,
    Evidence,
    EvidenceKind,
    Factuality,
    Finding,
    Jurisdiction,
    Policy,
    Stage,
)
from tracker.partial_date import PartialDate
from tracker.read.dates.date_changes import gives_up, says_moved
from tracker.read.findings import moving_starts, subject
from tracker.read.qualifiers import qualifiers
from tracker.timeline.how_sure import SureWeights
from tracker.timeline.merging.intents import Intent, Open
from tracker.timeline.merging.merge import merge
from tracker.timeline.policies import policy_from
from tracker.timeline.same_policy import profile_of
from tracker.timeline.threads import in_order, thread_members

MILWAUKEE = "ocd-division/country:us/state:wi/place:milwaukee"
COUNTY, OHIO = MILWAUKEE.replace("place:", "county:"), MILWAUKEE.replace("wi", "oh")
CARDS: dict[str, Any] = {"subject": "library cards", "topic": "records"}
"""Of a policy of its own."""
QUOTE = "The measure was approved."


def evidence(
    stage: str = "adopted",
    on: str | None = "2017-06-21",
    *,
    place: str = MILWAUKEE,
    basis: str | None = None,
    published: str = "2017-06-22",
    outlet: str = "Sentinel",
    url: str = "",
    report: str = "",
    quote: str = QUOTE,
    start: int = 0,
    model: str = "",
    **fields: Any,
) -> Evidence:
    """Evidence for an act: unless told otherwise, a council's immigration ordinance in one outlet's own report; `model`
    is the language model that was heard too."""
    address = url or f"https://{outlet.lower().replace(' ', '-')}.example/{published}"
    day_told = PartialDate.parse(on) if on else None
    moved = says_moved(Stage(stage), quote, day_told)
    put_off = moved and gives_up(quote, day_told)
    fields = {"factuality": Factuality.POSTPONED if put_off else Factuality.ASSERTED} | fields
    fields = {"qualifiers": qualifiers(as_seen(quote))} | fields
    defaults = {"topic": "immigration", "subject": "detainer", "body": "Common Council", "instrument": "ordinance"}
    finding = Finding(
        jurisdiction=place,
        jurisdiction_name=fields.pop("name", "Milwaukee"),
        stage=Stage(stage),
        date=day_told,
        basis=Basis((basis or "stated") if on else "reported"),
        moved=moved,
        quote=quote,
        start=start,
        end=start + len(quote),
        **{"score": 0.8, **defaults, **fields},
    )
    day = date.fromisoformat(published)
    read = {"reader_version": f"r1+{model}" if model else ""}
    return Evidence(finding=finding, url=address, publisher=outlet, published=day, report=report or address, **read)


def reread(item: Evidence, **fields: object) -> Evidence:
    """The same sentence as a newer reader reads it; unless told otherwise, with other borders."""
    moved = {"start": item.finding.start + 2, "end": item.finding.end - 3, "quote": item.finding.quote[2:-3]}
    return item.model_copy(update={"finding": item.finding.model_copy(update=fields or moved)})


def by_outlet(entries: Iterable[Entry], outlet: str) -> Entry:
    """The first that rests on a report of this outlet."""
    return next(entry for entry in entries if outlet in {item.publisher for item in entry.evidence})


def of_one_article(*items: Evidence) -> list[Evidence]:
    """Evidence of one article, as it is read: of a sentence that tells several steps each finding knows."""
    told = moving_starts(item.finding for item in items)
    return [item.model_copy(update={"finding": finding}) for item, finding in zip(items, told, strict=True)]


def fold(items: Iterable[Evidence]) -> tuple[Entry, ...]:
    """The entries that evidence makes in an empty timeline, by place and day."""
    entries = carried_out((), merge((), items).actions)
    return tuple(
        entry for place in sorted({e.jurisdiction for e in entries}) for entry in in_order(_at(place, entries))
    )


def _at(place: str, entries: Iterable[Entry]) -> list[Entry]:
    return [entry for entry in entries if entry.jurisdiction == place]


def carried_out(known: Sequence[Entry], actions: Iterable[Intent]) -> tuple[Entry, ...]:
    """The entries after the actions, new ones last."""
    entries = list(known)
    for action in actions:
        if isinstance(action, Open):
            entries.append(action.entry)
        else:
            entries = [action.entry if entry.id == action.entry.id else entry for entry in entries]
    return tuple(entries)


def threads(entries: Sequence[Entry]) -> tuple[Policy, ...]:
    """The policies that entries form by what they say, whatever policy they name; places in order of their ids."""
    members = thread_members([(entry, profile_of(entry.evidence)) for entry in entries])
    return tuple(policy_from([entries[number] for number in numbers]) for numbers in members)


def shown(entries: tuple[Entry, ...]) -> list[tuple[str, str, int]]:
    """Stage, date and number of pieces of evidence of each entry, in the order given."""
    return [(entry.stage.value, str(entry.date or ""), len(entry.evidence)) for entry in entries]


def records(name: str) -> list[dict[str, Any]]:
    """A file of tests/eval, one record a line."""
    return [json.loads(line) for line in (EVAL / name).read_text("utf-8").splitlines() if line.strip()]


def ocd(jurisdiction: dict[str, str]) -> str:
    """The id of a labelled jurisdiction, after the pattern of the OCD names."""
    name = re.sub(r"\.? ", "_", jurisdiction["name"].lower().removesuffix(" county"))
    return f"ocd-division/country:us/state:{jurisdiction['state'].lower()}/{jurisdiction['kind']}:{name}"


def gold_evidence(articles: list[dict[str, Any]]) -> Iterator[Evidence]:
    """The labelled entries of articles as findings of a perfect reader."""
    for article in articles:
        told = Article.model_validate(article)
        for number, entry in enumerate(article["entries"]):
            place = Jurisdiction(id=ocd(entry["jurisdiction"]), **entry["jurisdiction"])
            quote = f"Sentence {number}: {entry['summary']}"
            stated = entry["date"] and entry["date"] != article["published"][:7]
            yield evidence(
                entry["stage"],
                entry["date"],
                place=place.id,
                name=place.name,
                basis="stated" if stated else "reported",
                published=article["published"],
                outlet=article["publisher"],
                url=article["url"],
                quote=quote,
                start=1000 * number,
                body=entry["body"],
                instrument=entry["instrument"],
                topic=article["topic"],
                subject=subject(entry["quote"], entry["instrument"], told, place),
                primary=entry["primary"],
            )


def recorded(
    stage: str = "adopted",
    on: str = "2017-06-21",
    *,
    file: str = "170241",
    title: str = "",
    row: str = "",
    **fields: Any,
) -> Evidence:
    """A step of a council's file, by its record; unless told otherwise an ordinance on immigration detainers. Without a
    file number: a row of a sheet."""
    title = title or "An ordinance relating to detainer requests of federal immigration officers"
    about = {"instrument": f"Ordinance {file}".strip(), "subject": "detainer requests", "score": 0.97, **fields}
    said = f"{stage}: {on}\n\n{file}. {title}"
    url = f"https://council.example/{file or 'sheet'}#history-{row or f'{stage}-{on}'}"
    told = evidence(
        stage, on, published=on, outlet="Milwaukee Common Council", url=url, quote=said, primary=True, **about
    )
    beside = {
        "kind": EvidenceKind.RECORD,
        "matter": file,
        "record": row or f"{stage}-{on}",
        "title": f"{file}: {title}",
    }
    return told.model_copy(update=beside)


def any_record() -> st.SearchStrategy[Evidence]:
    """Records of few files and days, and rows of a sheet, that reports of `any_report` meet."""
    return st.builds(
        recorded,
        st.sampled_from(["proposed", "adopted", "effective", "rejected", "rescinded"]),
        st.sampled_from(["2017-06-20", "2017-06-21", "2017-06-28", "2017-07-06"]),
        place=st.sampled_from([MILWAUKEE, MILWAUKEE.replace("wi", "oh")]),
        file=st.sampled_from(["170241", "170241", "170399", ""]),
        title=st.sampled_from(["", "An ordinance relating to cameras"]),
    )


def any_evidence(text: str = QUOTE) -> st.SearchStrategy[Evidence]:
    """Reports, and some records."""
    return st.one_of(any_report(text), any_report(text), any_record())


def any_report(text: str = QUOTE) -> st.SearchStrategy[Evidence]:
    """Reports of few places, outlets, subjects and days, so that much of it meets."""
    days = [
        "2017",
        "2017-06",
        "2017-07",
        "2017-06-20",
        "2017-06-21",
        "2017-06-28",
        "2017-06-19/2017-06-26",
        "2017-06-24/2017-07-08",
        "2017-07-06",
        "2017-09-01",
        "2019-06-21",
    ]
    quotes = [
        text,
        "The start was pushed back to Sept. 1.",
        "It starts Sept. 1 instead of July 6, 2017.",
        "It was originally set for July 6.",
    ]
    return st.builds(
        evidence,
        st.sampled_from([stage.value for stage in Stage]) | st.just("effective"),
        st.sampled_from([*days, None]),
        place=st.sampled_from([MILWAUKEE, MILWAUKEE.replace("wi", "oh")]),
        basis=st.sampled_from(["stated", "relative", "reported"]),
        published=st.sampled_from(["2017-06-22", "2017-07-04", "2017-07-07", "2017-12-01", "2019-06-22"]),
        outlet=st.sampled_from(["Sentinel", "Journal", "Herald", "Radio"]),
        report=st.sampled_from(["", "", "wire"]),
        quote=st.sampled_from(quotes),
        start=st.integers(0, 3),
        body=st.sampled_from(["Common Council", "Police Department", ""]),
        subject=st.sampled_from(["detainer", "detainer questions", "library cards", "camera", ""]),
        topic=st.sampled_from(["immigration", "jail-and-bail", "records"]),
        identifier=st.sampled_from(["", "", "sop 130", "sop 250", "ordinance 17-4"]),
        primary=st.booleans(),
        score=st.sampled_from([0.4, 0.8]),
    )


BY_SCORE = SureWeights(intercept=0.0, weights={"score": 1.0}, sure=0.85, likely=0.7)
"""The chance is the score."""


FIELDS = ("jurisdiction", "stage", "date", "basis", "topic", "body", "instrument", "status")


def proven_fields(entries: Iterable[Mapping[str, Any]]) -> list[tuple[Any, ...]]:
    """Of every entry that some article supports: its fields, and the sentences that prove it. Sorted."""
    return sorted(
        (tuple(str(entry[field]) for field in FIELDS), tuple(sorted((item["url"], item["quote"]) for item in proof)))
        for entry in entries
        if (proof := entry["evidence"])
    )

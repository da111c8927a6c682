"""Each export is read back by a reader that is not ours."""

import csv
import io
import json
import runpy
from datetime import date
from pathlib import Path

import feedparser
import icalendar
import jsonschema
import pytest

from tracker.model import Direction, Effect, EntryStatus, Stage
from tracker.partial_date import DateInterval, PartialDate
from tracker.publish.exports import FORMATS
from tracker.publish.exports.csv import COLUMNS, cell
from tracker.publish.exports.format import in_order
from tracker.publish.exports.ics import fold
from tracker.publish.exports.json import schema as schema_text

GOLDEN = Path(__file__).parents[1] / "golden" / "publish"
samples = runpy.run_path(str(GOLDEN / "samples.py"))
ENTRIES = samples["all_entries"]()
TITLE = "Revised police procedure on immigration status takes effect"
SHOWN = [entry for entry in ENTRIES if entry.status is not EntryStatus.REJECTED]
AFTERWARDS = date(2026, 1, 5)
"""A day on which all of the sample's steps are taken."""
PUBLIC = "https://tracker.example/report"
CONTRACT = (
    *("id", "policy", "jurisdiction", "jurisdiction_name", "body", "instrument", "topic", "stage", "date", "basis"),
    *("effect", "direction", "how_sure", "title", "status", "revision", "permalink", "evidence"),
)


def export(name, entries=ENTRIES, today=AFTERWARDS, **options):
    out = io.BytesIO()
    count = FORMATS[name].write(iter(entries), out, today, **options)
    return out.getvalue().decode("utf-8"), count


def rows(text):
    return {row["id"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}


def test_json_has_the_keys_of_the_contract_first_and_in_order():
    records = json.loads(export("json")[0])
    assert [tuple(record)[: len(CONTRACT)] for record in records] == [CONTRACT] * len(ENTRIES)
    assert tuple(records[0]["evidence"][0])[:4] == ("url", "publisher", "published", "quote")


def test_json_is_what_its_schema_says():
    schema = json.loads(schema_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    records = json.loads(export("json", public_url=PUBLIC)[0])
    jsonschema.validate(records, schema, jsonschema.Draft202012Validator)
    assert {key for record in records for key in record} == set(schema["$defs"]["entry"]["properties"])
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate([records[0] | {"stage": "thought of"}], schema)


TOLD = ENTRIES[0].model_copy(
    update={
        "effect": Effect.ENDS,
        "direction": Direction.LESS_COOPERATION,
        "policy_name": "SOP 130",
        "standing": "ended",
        "standing_line": "ended on June 1, 2017 (uncertain)",
    }
)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_tells_policy_standing_effect_and_direction(name):
    dated = TOLD.model_copy(update={"date": PartialDate(2017, 6, 1), "status": EntryStatus.PENDING})
    text = export(name, [dated])[0].replace("\r\n ", "")
    assert [word for word in ("SOP 130", "ended", "ends", "less-cooperation", dated.policy) if word not in text] == []


def test_json_says_dates_in_edtf_and_no_date_as_null():
    dates = {record["id"]: record["date"] for record in json.loads(export("json")[0])}
    assert (dates["e-sop130-a"], dates["e-sop130-e"], dates["e-cameras"]) == ("2017-06", "2017-07-06", "2018")
    assert dates["e-pursuit"] is None


def test_a_day_between_two_visits_is_told_as_such_by_every_format():
    between = DateInterval(date(2026, 3, 2), date(2026, 3, 9))
    entry = TOLD.model_copy(update={"date": between, "status": EntryStatus.PENDING, "locked": frozenset()})
    texts = {name: export(name, [entry])[0].replace("\r\n ", "") for name in FORMATS}
    jsonschema.validate(json.loads(texts["json"]), json.loads(schema_text()))
    assert json.loads(texts["json"])[0]["date"] == rows(texts["csv"])[entry.id]["date"] == "2026-03-02/2026-03-09"
    told = "between March 2 and March 9, 2026"
    assert told in feedparser.parse(texts["atom"]).entries[0].title
    (event,) = json.loads(texts["timelinejs"])["events"]
    days = {"year": 2026, "month": 3, "day": 2}, {"year": 2026, "month": 3, "day": 9}
    assert (event["start_date"], event["end_date"], event["display_date"]) == (*days, told)
    (item,) = icalendar.Calendar.from_ical(texts["ics"]).walk("VEVENT")
    assert (item["DTSTART"].dt, item["DTEND"].dt) == (date(2026, 3, 2), date(2026, 3, 10))
    assert f"({told}, day not known)" in item["SUMMARY"]


def test_json_keeps_hostile_text_as_it_is():
    titles = [record["title"] for record in json.loads(export("json")[0])]
    assert samples["HOSTILE"] + samples["LONG"] in titles


READERS = {
    "json": lambda text: json.loads(text) == [],
    "csv": lambda text: rows(text) == {},
    "atom": lambda text: not feedparser.parse(text).bozo,
    "ics": lambda text: icalendar.Calendar.from_ical(text).errors == [],
    "timelinejs": lambda text: json.loads(text)["events"] == [],
}


@pytest.mark.parametrize("name", READERS)
def test_no_entry_makes_a_file_that_its_reader_accepts(name):
    text, count = export(name, [])
    assert count == 0
    assert READERS[name](text)


def test_entries_are_taken_one_at_a_time_and_written_at_once():
    out, sizes = io.BytesIO(), []

    def entries():
        for entry in ENTRIES:
            sizes.append(out.tell())
            yield entry

    FORMATS["json"].write(entries(), out, AFTERWARDS)
    assert sizes == sorted(set(sizes)), "each entry is in the file before the next is asked for"


def test_files_have_steps_of_one_day_as_they_are_taken():
    (entry,) = (entry for entry in ENTRIES if entry.id == "e-sop130-e")
    steps = [
        entry.model_copy(update={"id": f"{len(Stage) - place}", "stage": stage}) for place, stage in enumerate(Stage)
    ]
    assert [step.stage for step in in_order(reversed(steps))] == list(Stage)


def test_csv_has_one_row_an_entry_with_its_first_report():
    found = rows(export("csv")[0])
    assert set(found) == {cell(entry.id) for entry in ENTRIES}
    row = found["e-sop130-e"]
    assert (row["date"], row["reports"], row["publisher"]) == ("2017-07-06", "2", "Milwaukee Ledger")
    assert row["other_urls"].split()[0] == "https://wire.example/wi/1"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("+49", "'+49"),
        ("-2", "'-2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\n=1"),
        ("\u200b=1", "'=1"),
        ("  =1", "'  =1"),
        ("＝1", "'＝1"),
        ("Milwaukee", "Milwaukee"),
        ("2017-06", "2017-06"),
        (None, ""),
        (3, "3"),
    ],
)
def test_a_spreadsheet_runs_no_cell(value, shown):
    assert cell(value) == shown


def test_no_cell_of_a_hostile_entry_starts_a_formula():
    text, _ = export("csv")
    cells = [value for row in csv.reader(io.StringIO(text, newline="")) for value in row]
    assert len(cells) == len(COLUMNS) * (len(ENTRIES) + 1)
    assert not [value for value in cells if value.lstrip(" ")[:1] in ("=", "+", "-", "@", "\t", "\r", "＝")]


def test_atom_is_a_feed_with_permanent_ids_and_sources():
    feed = feedparser.parse(export("atom", public_url=PUBLIC + "/")[0])
    assert (feed.bozo, feed.version, len(feed.entries)) == (False, "atom10", len(SHOWN))
    found = {item.title: item for item in feed.entries}
    item = found[
        "Milwaukee, WI: Took effect, July 6, 2017: Revised police procedure on immigration status takes effect"
    ]
    assert item.link == f"{PUBLIC}/entry/e-sop130-e/"
    assert next(link.href for link in item.links if link.rel == "via") == "https://news.example/milwaukee/police-order"
    assert item.updated == "2017-07-04T00:00:00Z"
    unpublished = feedparser.parse(export("atom")[0])
    assert [item.id for item in unpublished.entries] == [item.id for item in feed.entries]
    assert {link.href.partition(":")[0] for item in feed.entries for link in item.links} == {"https"}


SAID = [
    (date(2017, 7, 5), "Takes effect"),
    (date(2017, 7, 6), "Takes effect"),
    (date(2017, 7, 7), "Took effect"),
]


@pytest.mark.parametrize(("today", "said"), SAID, ids=["the day before", "that day", "the day after"])
def test_a_start_is_said_as_of_the_day_of_the_export(today, said):
    (entry,) = (entry for entry in ENTRIES if entry.id == "e-sop130-e")
    titles = [item.title for item in feedparser.parse(export("atom", [entry], today)[0]).entries]
    calendar = icalendar.Calendar.from_ical(export("ics", [entry], today)[0])
    events = [str(event["summary"]) for event in calendar.walk("VEVENT")]
    slides = [event["text"]["headline"] for event in json.loads(export("timelinejs", [entry], today)[0])["events"]]
    assert [titles, events, slides] == [
        [f"Milwaukee, WI: {said}, July 6, 2017: {TITLE}"],
        [f"Milwaukee, WI: {said.lower()}: {TITLE}"],
        [f"{said}: {TITLE}"],
    ]


def test_atom_is_as_new_as_its_newest_entry():
    assert feedparser.parse(export("atom")[0]).feed.updated == "2017-07-05T12:00:00Z"


def test_ics_is_a_calendar_of_days_and_months():
    text, count = export("ics", public_url=PUBLIC)
    calendar = icalendar.Calendar.from_ical(text)
    events = {str(event["summary"]): event for event in calendar.walk("VEVENT")}
    assert calendar.errors == []
    assert not [event for event in events.values() if event.errors]
    assert len(events) == count == sum(e.date is not None and e.date.precision != "year" for e in SHOWN)
    day = events[f"Milwaukee, WI: took effect: {TITLE}"]
    assert (day.decoded("dtstart"), day.decoded("dtend")) == (date(2017, 7, 6), date(2017, 7, 7))
    month = events["Pasco, WA: took effect (in April 2013, day not known): Camping ban takes effect"]
    assert (month.decoded("dtstart"), month.decoded("dtend")) == (date(2013, 4, 1), date(2013, 5, 1))


def test_ics_lines_are_folded_at_75_octets_between_characters():
    text, _ = export("ics")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    line = "SUMMARY:" + "🏛é" * 100
    assert fold(line).replace("\r\n ", "").rstrip("\r\n") == line


def test_timelinejs_follows_its_schema():
    document = json.loads(export("timelinejs")[0])
    jsonschema.validate(document, json.loads((GOLDEN / "timelinejs.schema.json").read_text("utf-8")))
    events = {event["unique_id"]: event for event in document["events"]}
    assert events["e-sop130-a"]["start_date"] == {"year": 2017, "month": 6}
    assert events["e-pursuit"]["display_date"] == "By May 12, 2017"


def test_timelinejs_texts_hold_no_foreign_markup():
    text, _ = export("timelinejs")
    assert "<script" not in text
    assert "<img" not in text
    assert "javascript:" not in text


@pytest.mark.parametrize("name", FORMATS)
def test_a_rejected_entry_is_only_in_formats_that_say_so(name):
    assert ("Fair bans drones" in export(name)[0]) == FORMATS[name].start(AFTERWARDS, "", "").tells_status


@pytest.mark.parametrize("name", ["json", "csv"])
def test_json_and_csv_say_so(name):
    assert FORMATS[name].start(AFTERWARDS, "", "").tells_status


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_the_same_for_the_same_entries(name):
    assert export(name) == export(name)

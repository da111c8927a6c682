"""A quote keeps the article's own characters, line breaks and all; wherever it is shown, it is a line of reading."""

import csv
import io
import json
import runpy
from datetime import date, timedelta
from pathlib import Path

import feedparser
import icalendar
import pytest

from support.timeline.list_catalogue import write_site
from tracker.coverage import PlaceTimeline
from tracker.model import Basis, Stage
from tracker.publish.exports import FORMATS
from tracker.publish.mail.digest import Letter, compose

samples = runpy.run_path(str(Path(__file__).parents[1] / "golden" / "publish" / "samples.py"))
NOW, MILWAUKEE = samples["NOW"], samples["MILWAUKEE"]
QUOTE = (
    "The five-\nmember council adopted the ordi\u00adnance\r\non\u00a0Tuesday, and it\u200b takes\n    effect July 6."
)
SAID = "The five-member council adopted the ordinance on Tuesday, and it takes effect July 6."
SOURCE = (QUOTE, "https://a.example/1", "Gazette", date(2017, 7, 4), "", "")
ENTRY = samples["entry"]("e-1", "p-1", MILWAUKEE, Stage.EFFECTIVE, "2017-07-06", Basis.STATED, "Tents", [SOURCE])


def export(name):
    out = io.BytesIO()
    FORMATS[name].write(iter([ENTRY]), out, NOW.date())
    return out.getvalue().decode("utf-8")


def page(tmp_path):
    place = PlaceTimeline(
        jurisdiction=MILWAUKEE, policies=(samples["policy"]("p-1", "Tents", MILWAUKEE, "other", ENTRY),)
    )
    write_site(iter([place]), tmp_path, now=NOW)
    return (tmp_path / "wi/milwaukee/index.html").read_text("utf-8")


def mail():
    told = ENTRY.model_copy(update={"revisions": (samples["opened"](NOW.date()),)})
    return compose([told], Letter(NOW.date()), since=NOW - timedelta(days=7))


SHOWN = {
    "page": page,
    "mail": lambda _: mail().html,
    "mail as text": lambda _: " ".join(mail().text.split()),
    "atom": lambda _: feedparser.parse(export("atom")).entries[0].summary,
    "ics": lambda _: str(icalendar.Calendar.from_ical(export("ics")).walk("VEVENT")[0]["description"]),
    "timelinejs": lambda _: json.loads(export("timelinejs"))["events"][0]["text"]["text"],
}


@pytest.mark.parametrize("where", SHOWN)
def test_a_quote_is_shown_as_a_line_of_reading(where, tmp_path):
    assert SAID in SHOWN[where](tmp_path)


def test_programs_get_the_quote_character_by_character():
    assert json.loads(export("json"))[0]["evidence"][0]["quote"] == QUOTE
    (row,) = csv.DictReader(io.StringIO(export("csv"), newline=""))  # opened by people: without what nobody sees
    assert row["quote"] == QUOTE.replace("\u00ad", "").replace("\u200b", "").replace("\r", "")

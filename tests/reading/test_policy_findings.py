"""What the timeline is told of a policy whose rule changed: what the change does, which way it leads, its topic."""

from datetime import date

import pytest

from tracker.gather.documents.reading import read_document
from tracker.kinds import Direction, Effect, Stage
from tracker.read.documents.comparison import compare
from tracker.read.documents.findings import (
    PolicyVersion,
    PublishedPolicy,
    labelled,
    read_change,
    sentences,
)
from tracker.read.documents.order_head import order_head
from tracker.read.documents.rule_edits import MOST_ASKED, by_words
from tracker.read.places import gazetteer
from tracker.read.reader import Reader

PAGE = """<html><body><h1>General Order 9.3</h1>
<p>Subject: Holds for Federal Immigration Officers</p><p>Effective {day}</p>
<p>1. A hold of a federal immigration agency is put into the file of the person.</p>
<p>2. {rule}</p><p>3. The desk sergeant answers questions about this order by day and by night.</p></body></html>"""
MAY = "Deputies may keep a person for a federal immigration hold after the hour of release."
NOT = "Deputies shall not keep a person for a federal immigration hold after the hour of release."
READER = Reader(big_look=False)


def version(number: int, day: date, rule: str) -> PolicyVersion:
    html = PAGE.format(day=day.strftime("%B %-d, %Y"), rule=rule).encode()
    text = read_document(html, "https://orders.example/9-3", "text/html")
    return PolicyVersion(number, text, order_head(text, day), day, day)


@pytest.mark.parametrize(
    ("rules", "effect", "direction"),
    [
        ((MAY, NOT), Effect.BANS, Direction.LESS_COOPERATION),
        ((NOT, MAY), Effect.ALLOWS, Direction.MORE_COOPERATION),
        ((NOT, ""), Effect.AMENDS, Direction.MORE_COOPERATION),
    ],
)
def test_a_changed_rule_is_told_with_what_it_does(rules: tuple[str, str], effect: Effect, direction: Direction) -> None:
    old, new = version(1, date(2024, 2, 5), rules[0]), version(2, date(2024, 6, 3), rules[1])
    found = compare(old.text, new.text)
    read = READER.read_edits(new.head.title, sentences(found))
    home = gazetteer.load().get("ocd-division/country:us/state:wi/county:milwaukee")
    assert home
    policy = PublishedPolicy(7, "https://orders.example/9-3", "Holds", home)
    told = read_change(policy, old, new, labelled(found, read), read.topic)
    assert told
    assert read.topic == "immigration"
    adopted = next(finding for finding in told.findings if finding.stage is Stage.ADOPTED)
    assert (adopted.topic, adopted.effect, adopted.direction) == ("immigration", effect, direction)


def test_a_document_that_was_written_anew_is_read_by_its_words() -> None:
    edits = [(f"Gate {number} is open.", f"Gate {number} is not open.") for number in range(MOST_ASKED + 1)]
    assert READER.read_edits("", edits).edits == by_words("", edits).edits

"""Subscribers from CSV: every good line, and one clear line about each bad one."""

import pytest

from jobs.subscribers.csv_lines import BadSubscriberLine, SubscriberLine, rows
from tracker.errors import BadInput
from tracker.model import Stage
from tracker.publish.mail.subscribers import Subscription

WI = "ocd-division/country:us/state:wi"


def read(text, encoding="utf-8"):
    return list(rows(text.encode(encoding)))


def test_miles_are_counted_around_a_city_or_a_county():
    text = (
        'address,place,within\nada@example.org,"Milwaukee, WI",50\nbo@example.org,Wisconsin,50\ncy@example.org,,far\n'
    )
    good, state, word = read(text)
    assert [item.within for item in good.preferences.subscriptions()] == [50]
    assert [isinstance(line, BadSubscriberLine) for line in (good, state, word)] == [False, True, True]
    assert "name one" in state.error


def test_a_line_becomes_a_person_with_all_that_it_says():
    (row,) = read(
        "address,place,topic,stage,inside,within,frequency,weekday,hour,timezone,confirmed\n"
        'ada@example.org,"Milwaukee, WI|Wisconsin",immigration;housing,adopted,no,0,daily,fri,8,America/New_York,yes\n'
    )
    assert isinstance(row, SubscriberLine)
    assert (row.number, row.address, row.confirmed) == (2, "ada@example.org", True)
    assert row.preferences.subscriptions() == tuple(
        Subscription(place=place, inside=False, topics=("immigration", "housing"), stages=(Stage.ADOPTED,))
        for place in (f"{WI}/place:milwaukee", WI)
    )
    assert (row.preferences.frequency, row.preferences.weekday, row.preferences.hour) == ("daily", "fri", 8)


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffE-Mail;Places\nada@example.org;Wisconsin\n",
        "email\tplaces\r\nada@example.org\tWisconsin\r\n",
        'mail,place\n\n"ada@example.org","Wisconsin"\n,\n',
    ],
)
def test_files_as_spreadsheets_write_them_are_read(text):
    (row,) = read(text)
    assert (row.address, row.preferences.subscriptions()) == ("ada@example.org", (Subscription(place=WI),))


def test_nothing_said_means_everything():
    (row,) = read("address\nada@example.org\n")
    assert row.preferences.subscriptions() == (Subscription(),)
    assert row.confirmed is False


BAD = [
    ("ada", "not a mail address"),
    ('ada@example.org,"Atlantis, WI"', "Atlantis"),
    ("ada@example.org,,imigration", "did you mean immigration?"),
    ("ada@example.org,,,passed", "proposed, adopted"),
    ("ada@example.org,Milwaukee, WI,housing,adopted,yes,yes", "put quotes around"),
    ("ada@example.org,,,,perhaps", "neither yes nor no"),
]


@pytest.mark.parametrize(("line", "says"), BAD, ids=[says for _, says in BAD])
def test_a_bad_line_is_said_and_the_next_is_taken(line, says):
    bad, good = read(f"address,place,topic,stage,confirmed\n{line}\nbob@example.org\n")
    assert isinstance(bad, BadSubscriberLine)
    assert (bad.number, says in bad.error, "\n" in bad.error) == (2, True, False)
    assert isinstance(good, SubscriberLine)


def test_a_line_is_named_by_where_it_begins():
    bad, good = read('address\n"ada\n\nBcc: eve"\nbob@example.org\n')
    assert (bad.number, good.number) == (2, 5)


FILES = [
    (b"", "must name the columns"),
    (b"name\nada@example.org\n", "no column 'name'"),
    (b"ada@example.org\nbob@example.org\n", "no column 'ada@example.org'"),
    (b"address,place\nada@example.org,Ca\xf1on City\n", "line 2 is not UTF-8"),
]


@pytest.mark.parametrize(("data", "says"), FILES, ids=[says for _, says in FILES])
def test_a_file_that_cannot_be_read_as_a_whole_is_said(data, says):
    with pytest.raises(BadInput, match=says):
        list(rows(data))

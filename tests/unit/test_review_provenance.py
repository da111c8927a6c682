"""Every field points at what says it: a finding, or a person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.timeline.book import Book
from support.timeline.cases import any_evidence, evidence, fold
from tracker.model import Evidence
from tracker.partial_date import PartialDate
from tracker.timeline.decisions.acts import confirm, edit
from tracker.timeline.provenance import misquoted, provenance, read_by, unproven

DAY = evidence(outlet="Journal", body="City", published="2017-06-22")
MONTH = evidence(on="2017-06", outlet="Herald", identifier="ordinance 17-4", published="2017-06-24")


@pytest.fixture
def book() -> Book:
    book = Book()
    book.arrive(DAY, MONTH)
    return book


def test_a_field_names_the_reports_that_say_it(book: Book) -> None:
    found = provenance(book.only())
    said = {name: [item.publisher for item in source.evidence] for name, source in found.items()}
    assert (said["date"], said["identifier"], said["body"]) == (["Journal"], ["Herald"], ["Herald"])
    assert said["stage"] == said["topic"] == ["Journal", "Herald"]
    assert all(source.revision is None for source in found.values())


def test_a_field_that_a_person_set_names_the_act(book: Book) -> None:
    book.decide(edit(book.only(), {"date": PartialDate(2017, 6, 30)}, book.act("minutes")))
    source = provenance(book.only())["date"]
    assert source.revision is not None
    assert (source.evidence, source.revision.actor, source.revision.reason) == ((), "Ada", "edited date: minutes")
    assert unproven(book.only()) == ()


def test_a_confirmed_field_names_the_act_as_well_as_the_reports(book: Book) -> None:
    book.decide(confirm(book.only(), book.act()))
    source = provenance(book.only())["stage"]
    assert source.revision is not None
    assert (len(source.evidence), source.revision.reason) == (2, "confirmed")


def test_a_field_that_nobody_answers_for_is_named(book: Book) -> None:
    invented = book.only().model_copy(update={"body": "Zoning Board", "date": PartialDate(2016)})
    assert unproven(invented) == ("body", "date")


@given(st.lists(any_evidence(), max_size=12))
def test_every_field_of_every_folded_entry_is_proven(items: list[Evidence]) -> None:
    assert [unproven(entry) for entry in fold(items)] == [()] * len(fold(items))


@pytest.mark.parametrize(
    ("model", "witness", "words"),
    [
        ("", "encoder", ""),
        ("small+1", "both", "read alike by the encoder and by small+1"),
        ("small", "model", "read so by small only, not by the encoder"),
        ("small", "encoder", "read so by the encoder only, not by small"),
    ],
)
def test_who_read_a_piece_of_evidence_is_said_where_a_model_was_heard(model: str, witness: str, words: str) -> None:
    assert read_by(evidence(model=model, witness=witness)) == words


def test_a_quote_is_where_the_finding_says() -> None:
    text = f"Before it. {DAY.finding.quote} After."
    finding = DAY.finding.model_copy(update={"start": 11, "end": 11 + len(DAY.finding.quote)})
    assert not misquoted(finding, text)
    assert misquoted(finding, text.replace("measure", "Measure"))
    assert misquoted(finding, text[1:])

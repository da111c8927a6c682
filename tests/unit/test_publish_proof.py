"""A quote among the sentences around it: each proof is marked, nothing is lost or doubled."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.model import Finding, Mark
from tracker.publish.proof import QuotePart, proof_elsewhere, quote_parts

BEFORE, QUOTE, AFTER = "They met. ", "The council passed it Tuesday.", " It starts in May."


def finding(*marks: Mark, before: str = BEFORE, quote: str = QUOTE, after: str = AFTER) -> Finding:
    return Finding(
        jurisdiction=None, jurisdiction_name="", stage="adopted", basis="reported", quote=quote, start=100,
        end=100 + len(quote), before=before, after=after, marks=marks, score=0.5,
    )  # fmt: skip


def mark(field: str, words: str, *, in_title: bool = False) -> Mark:
    start = 100 - len(BEFORE) + (BEFORE + QUOTE + AFTER).index(words)
    return Mark(field=field, start=start, end=start + len(words), in_title=in_title)


def test_marks_part_the_words_and_name_their_fields() -> None:
    assert quote_parts(finding(mark("date", "Tuesday"), mark("body", "The council"))) == [
        QuotePart("They met. ", False),
        QuotePart("The council", True, ("body",)),
        QuotePart(" passed it ", True),
        QuotePart("Tuesday", True, ("date",)),
        QuotePart(".", True),
        QuotePart(" It starts in May.", False),
    ]


def test_marks_that_overlap_are_told_together() -> None:
    found = quote_parts(finding(mark("body", "The council passed"), mark("place", "council")))
    assert [(part.text, part.fields) for part in found if part.fields] == [
        ("The ", ("body",)),
        ("council", ("place", "body")),
        (" passed", ("body",)),
    ]


def test_an_older_finding_is_its_quote_alone() -> None:
    assert quote_parts(finding(before="", after="", quote="Cut in\n two\u00ad")) == [QuotePart("Cut in two", True)]


@pytest.mark.parametrize(
    ("marks", "said"),
    [
        ([], ""),
        ([mark("date", "Tuesday")], ""),
        ([Mark(field="place", start=900, end=905)], "the place elsewhere in the article"),
        ([Mark(field="date", start=0, end=5, in_title=True)], "the date in its headline"),
        (
            [Mark(field="date", start=0, end=5, in_title=True), Mark(field="body", start=0, end=5)],
            "the date in its headline and the body elsewhere in the article",
        ),
    ],
)
def test_proof_that_stands_outside_is_named(marks: list[Mark], said: str) -> None:
    assert proof_elsewhere(finding(*marks)) == said


SPANS = st.lists(
    st.tuples(st.sampled_from(["date", "place", "body", "stage"]), st.integers(0, 200), st.integers(1, 80))
)


@given(SPANS, st.text(), st.text(min_size=1), st.text())
def test_whatever_is_marked_all_words_stand_there_once_and_in_order(
    spans: list[tuple[str, int, int]], before: str, quote: str, after: str
) -> None:
    marks = [Mark(field=name, start=start, end=start + length) for name, start, length in spans]
    found = quote_parts(finding(*marks, before=before, quote=quote, after=after))
    far = Mark(field="date", start=9000, end=9001)
    plain = quote_parts(finding(far, before=before, quote=quote, after=after))

    def words(told: list[QuotePart]) -> str:
        return re.sub("[ -]", "", "".join(part.text for part in told))  # of a word cut at a line's end, one is mended

    assert words(found) == words(plain)
    assert not set(words(found)) & set("\u202e\u0000\n\r\u2028")

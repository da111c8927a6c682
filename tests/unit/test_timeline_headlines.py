"""What an entry is called: the headline of its news, with its outlet, else its label."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.timeline.cases import evidence, fold
from tracker.model import Entry, Evidence
from tracker.timeline.headlines import headline
from tracker.timeline.labels import label
from tracker.timeline.titles import headline_in, quotation, title_provenance, title_source

NEWS = "Council votes to ban plastic bags"
HEADLINES = [
    (NEWS, NEWS),
    (f"{NEWS} | KMUW", NEWS),
    (f"{NEWS} | Local News | kmuw.org", NEWS),
    (f"{NEWS} - The Daily Ledger", NEWS),
    (f"{NEWS} – Daily Ledger", NEWS),
    (f"{NEWS} - WXYZ-TV", NEWS),
    (f"{NEWS} - Fox Cities Post", NEWS),
    (f"{NEWS} - ledger.example.com", NEWS),
    (f"The Daily Ledger: {NEWS}", NEWS),
    (f"UPDATE: {NEWS}", NEWS),
    (f"Watch: UPDATED | {NEWS} (video)", NEWS),
    (f"[PHOTOS] {NEWS}", NEWS),
    (f"BREAKING - {NEWS}", NEWS),
    (f"{NEWS} - and that is that", f"{NEWS} - and that is that"),
    ("Police: no more stops for a broken light", "Police: no more stops for a broken light"),
    ("What to know about the new bag ban", ""),
    ("Will the council ban plastic bags?", ""),
    ("COUNCIL VOTES TO BAN PLASTIC BAGS", ""),
    ("Council briefs", ""),
    ("Council votes to ban plastic …", ""),
    ("", ""),
]


@pytest.mark.parametrize(("title", "news"), HEADLINES, ids=[title for title, _ in HEADLINES])
def test_a_headline_is_freed_of_what_is_not_news(title: str, news: str) -> None:
    assert headline(title, "Daily Ledger", "https://www.ledger.example.com/1") == news


@given(st.text(max_size=300), st.text(max_size=20))
def test_a_headline_invents_nothing(title: str, publisher: str) -> None:
    assert headline(title, publisher, "https://a.example/1") in " ".join(title.split()) or "\n" in title


def entry(*items: Evidence) -> Entry:
    return fold(items)[0]


def report(title: str, **fields: object) -> Evidence:
    usual = {"topic": "environment", "subject": "plastic bags", "quote": "They voted on plastic bags.", "primary": True}
    item: Evidence = evidence(**(usual | fields))  # type: ignore[arg-type]
    return item.model_copy(update={"title": title})


def test_the_news_of_an_article_is_called_by_its_headline_with_its_outlet() -> None:
    found = entry(report(f"{NEWS} | Sentinel"))
    source = title_source(found)
    assert (found.title, source and source.publisher) == (f"“{NEWS}” — Sentinel", "Sentinel")
    assert headline_in(found.title) == NEWS


def test_a_step_that_is_not_the_news_is_not_called_by_the_headline() -> None:
    found = entry(
        report(NEWS, primary=False, quote="The first ban on plastic bags passed in June 2017, officials said.")
    )
    assert (found.title, title_source(found)) == ("Milwaukee, change adopted: plastic bags", None)


ELSEWHERE = [
    ("about something else", report("Mayor opens new library downtown")),
    ("the sentence itself", report("They voted on plastic bags")),
    (
        "a step of last month, and the headline of what came after it",
        report(
            "City flips and lets stores hand out bags",
            on="2017-05-02",
            quote="The proposal failed.",
            before="On bags: ",
        ),
    ),
]


@pytest.mark.parametrize("item", [case[1] for case in ELSEWHERE], ids=[case[0] for case in ELSEWHERE])
def test_a_headline_is_no_title(item: Evidence) -> None:
    found = entry(item)
    assert (found.title, title_source(found)) == (label(found), None)


def test_a_headline_of_these_days_may_share_its_words_with_the_sentences_around() -> None:
    item = report(
        "Stores lose their bags", quote="They voted for that.", before="Stores hand out too many bags.", on="2017-06-21"
    )
    assert entry(item).title == "“Stores lose their bags” — Sentinel"


def test_it_is_known_where_a_title_comes_from() -> None:
    news = entry(report(NEWS))
    step = entry(report(NEWS, primary=False, quote="The Common Council banned plastic bags in June 2017."))
    assert title_provenance(news) == "the headline of Sentinel"
    assert title_provenance(step) == (
        "body: “Milwaukee Common Council”, a sentence of Sentinel; subject: “plastic bags”, a sentence of Sentinel"
    )
    assert title_provenance(step.model_copy(update={"title": "Bags", "locked": {"title"}})) == "set by a person"


def test_quotation_marks_within_a_headline_are_single() -> None:
    assert quotation('Mayor: “No” to a "ban" on bags') == "“Mayor: ‘No’ to a ‘ban’ on bags”"

"""What an entry is called: the headline of its news, else a sentence that stands alone, else the label."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timeline_cases import evidence, fold

from tracker.model import Entry, Evidence
from tracker.timeline.clauses import MAX_LENGTH, clause
from tracker.timeline.headlines import headline
from tracker.timeline.labels import label
from tracker.timeline.titles import title_source

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


CLAUSES = [
    ("The ban on foam takes effect May 11, a city spokesperson said.", "The ban on foam takes effect May 11"),
    ("The ban on foam takes effect May 11, according to the clerk.", "The ban on foam takes effect May 11"),
    ("The ban on foam takes effect May 11, said Mayor Ann Olsen.", "The ban on foam takes effect May 11"),
    ("The council first allowed short-term rentals in December 2016.",) * 2,
    ("They have done so since 2007 and will go on.", ""),
    ("The mayor decided in the end to veto it.", ""),
    ("But the council banned foam cups in 2016.", ""),
    ("The council banned foam cups on Thursday night.", ""),
    ("and so the ban on foam cups was passed in 2016.", ""),
    ("“We banned foam cups in 2016 and never looked back.", ""),
    (f"The council banned foam cups in 2016, which {'pleased nobody ' * 12}.", "The council banned foam cups in 2016"),
    (f"The council banned {'many ' * 40}cups in 2016.", ""),
]


@pytest.mark.parametrize(("sentence", "said"), CLAUSES, ids=[case[0][:60] for case in CLAUSES])
def test_a_sentence_stands_alone_or_is_no_title(sentence: str, said: str) -> None:
    assert clause(sentence) == said.rstrip(".")


@given(
    st.lists(
        st.sampled_from(["The ban", "on foam,", "which", "a clerk said,", "takes effect;", "May 11."]), max_size=60
    )
)
def test_no_word_is_cut(words: list[str]) -> None:
    sentence = " ".join(words)
    said = clause(sentence)
    assert len(said) <= MAX_LENGTH
    assert set(said.split()) <= {part for word in sentence.split() for part in (word, word.rstrip(".,;"))}


def entry(*items: Evidence) -> Entry:
    return fold(items)[0]


def report(title: str, **fields: object) -> Evidence:
    usual = {"topic": "environment", "subject": "plastic bags", "quote": "They voted on plastic bags.", "primary": True}
    item: Evidence = evidence(**(usual | fields))  # type: ignore[arg-type]
    return item.model_copy(update={"title": title})


def test_the_news_of_an_article_is_called_by_its_headline() -> None:
    found = entry(report(f"{NEWS} | Sentinel"))
    source = title_source(found)
    assert (found.title, source and source.publisher) == (NEWS, "Sentinel")


def test_an_older_step_is_called_by_the_sentence_that_proves_it() -> None:
    quote = "The first ban on plastic bags passed in June 2017, officials said."
    found = entry(report(NEWS, primary=False, quote=quote))
    assert found.title == "The first ban on plastic bags passed in June 2017"


def test_a_headline_about_something_else_is_not_taken() -> None:
    found = entry(report("Mayor opens new library downtown"))
    assert (found.title, title_source(found)) == (label(found), None)


def test_what_nothing_names_is_called_by_its_label_or_its_sentence() -> None:
    assert entry(report("", primary=False)).title == "Milwaukee Common Council adopts an ordinance on plastic bags"
    bare = report("", primary=False, topic="other", subject="", quote="They did it.")
    assert entry(bare).title == "Milwaukee Common Council adopts an ordinance"
    alone = report("", primary=False, topic="other", subject="", quote="Hancock vetoed the repeal Friday.")
    assert entry(alone).title == "Hancock vetoed the repeal Friday"
